/**
 * Passing messages. Good news leave after six seconds unless somebody points at them; warnings and errors stay.
 * Texts that a script may need wait in the page in the page's language.
 *
 *     <div class="toast-item notice notice-success" data-toast>Saved. <button data-dismiss>×</button></div>
 *     <template data-toast-template="offline">…</template>
 */
import { bind, scan } from "./core.ts";

const STAYS = 6000;

function setUp(toast: HTMLElement): void {
  toast.querySelector("[data-dismiss]")?.addEventListener("click", () => toast.remove());
  if (toast.matches(".notice-error, .notice-warning")) return;
  const leave = (): void => {
    if (toast.matches(":hover") || toast.contains(document.activeElement)) setTimeout(leave, STAYS);
    else toast.remove();
  };
  setTimeout(leave, STAYS);
}

/** Shows one of the messages that the page carries; the same one is shown only once at a time. */
export function showToast(name: string): void {
  const template = document.querySelector<HTMLTemplateElement>(`template[data-toast-template="${name}"]`);
  const place = document.getElementById("toasts");
  if (!template || !place || place.querySelector(`[data-toast="${name}"]`)) return;
  const copy = template.content.cloneNode(true) as DocumentFragment;
  copy.querySelector("[data-toast]")?.setAttribute("data-toast", name);
  place.append(copy);
  scan(place);
}

export function startToasts(): void {
  bind("[data-toast]", setUp);
  window.addEventListener("offline", () => showToast("offline"));
}
