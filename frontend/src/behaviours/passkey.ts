/**
 * Makes or proves a passkey before its form is sent. Hidden where the device or the connection knows none.
 *
 *     <form method="post" data-passkey="get" data-passkey-url="/challenge/" data-passkey-failed="…" hidden>
 *       <input type="hidden" name="credential"> <button type="submit">Use a passkey</button>
 *     </form>
 *     <form method="post" data-passkey="create" data-passkey-options="{…}" hidden>…</form>
 *     <p data-passkey-missing>No passkeys here</p>    hidden where there are passkeys
 */
import { bind } from "./core.ts";

type Json = Record<string, unknown>;

export function toBytes(text: string): ArrayBuffer {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0)).buffer;
}

export function toText(bytes: ArrayBuffer): string {
  const plain = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join("");
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

/** What the server sends is text where the browser wants bytes. */
export function opened(options: Json): Json {
  const wanted: Json = { ...options, challenge: toBytes(options.challenge as string) };
  const user = options.user as Json | undefined;
  if (user) wanted.user = { ...user, id: toBytes(user.id as string) };
  for (const name of ["excludeCredentials", "allowCredentials"]) {
    const list = options[name] as Json[] | undefined;
    if (list) wanted[name] = list.map((each) => ({ ...each, id: toBytes(each.id as string) }));
  }
  return wanted;
}

/** And the other way round, as the server reads it. */
export function closed(credential: PublicKeyCredential): Json {
  const response: Json = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    const value = (credential.response as unknown as Json)[name];
    if (value instanceof ArrayBuffer) response[name] = toText(value);
  }
  return {
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function options(form: HTMLFormElement): Promise<Json> {
  const { passkeyUrl, passkeyOptions } = form.dataset;
  const said = passkeyUrl ? await (await fetch(passkeyUrl, { headers: { Accept: "application/json" } })).json() : JSON.parse(passkeyOptions ?? "");
  return opened(said.publicKey as Json);
}

async function asked(form: HTMLFormElement): Promise<Credential | null> {
  const publicKey = await options(form);
  if (form.dataset.passkey === "create")
    return navigator.credentials.create({ publicKey: publicKey as unknown as PublicKeyCredentialCreationOptions });
  return navigator.credentials.get({ publicKey: publicKey as unknown as PublicKeyCredentialRequestOptions });
}

function say(form: HTMLFormElement): void {
  const words = form.querySelector("[data-passkey-said]") ?? form.appendChild(document.createElement("p"));
  words.setAttribute("data-passkey-said", "");
  words.setAttribute("role", "alert");
  words.textContent = form.dataset.passkeyFailed ?? "";
}

export function startPasskeys(): void {
  if (!window.isSecureContext || !window.PublicKeyCredential) return;
  bind("[data-passkey-missing]", (element) => element.setAttribute("hidden", ""));
  bind("form[data-passkey]", (element) => {
    const form = element as HTMLFormElement;
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      try {
        const credential = await asked(form);
        const input = form.elements.namedItem("credential") as HTMLInputElement;
        input.value = JSON.stringify(closed(credential as PublicKeyCredential));
        form.submit();
      } catch {
        say(form);
      }
    });
  });
}
