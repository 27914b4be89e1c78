/**
 * Keys: `/` and the like put the cursor somewhere, `?` opens the help, any other key presses the thing that carries it.
 * One may switch the keys off in the help (WCAG 2.1.4); the browser remembers it.
 *
 *     <input data-key-focus="/">
 *     <button data-key="f" data-key-label="File">File</button>
 *     <dialog id="keys" data-dialog>… <input type="checkbox" data-keys-switch> <dl data-keys-of-page></dl></dialog>
 */
import { isTyping } from "./core.ts";
import { openDialog } from "./dialog.ts";

const OFF = "mulin.keys.off";

const off = (): boolean => localStorage.getItem(OFF) === "1";

/** Where keys count: in the open dialog if there is one. */
const scope = (): ParentNode => document.querySelector("dialog[open]") ?? document;

function find(attribute: string, key: string): HTMLElement | undefined {
  return [...scope().querySelectorAll<HTMLElement>(`[${attribute}]`)].find(
    (element) => element.getAttribute(attribute) === key && !element.closest("[hidden]"),
  );
}

/** Presses a thing, opening the folds it lies in; where it opens a form, the cursor goes into it. */
function press(element: HTMLElement): void {
  for (let fold = element.closest("details"); fold; fold = fold.parentElement?.closest("details") ?? null) {
    if (element.parentElement !== fold) fold.open = true;
  }
  element.click();
  const own = element.matches("summary") ? element.closest("details") : null;
  if (own?.open) own.querySelector<HTMLElement>("input:not([type=hidden]), textarea, select, button")?.focus();
}

function listKeys(dialog: HTMLElement): void {
  const list = dialog.querySelector("[data-keys-of-page]");
  if (!list) return;
  list.replaceChildren(
    ...[...document.querySelectorAll<HTMLElement>("[data-key][data-key-label]")].map((element) => {
      const row = document.createElement("div");
      const key = document.createElement("kbd");
      key.textContent = element.dataset.key ?? "";
      const term = document.createElement("dt");
      term.append(key);
      const words = document.createElement("dd");
      words.textContent = element.dataset.keyLabel ?? "";
      row.append(term, words);
      return row;
    }),
  );
}

function showHelp(): void {
  const dialog = document.getElementById("keys");
  if (!dialog) return;
  listKeys(dialog);
  openDialog(dialog);
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
  if (event.key === "?") {
    event.preventDefault();
    return showHelp();
  }
  if (off()) return;
  const field = find("data-key-focus", event.key);
  const target = field ?? find("data-key", event.key);
  if (!target) return;
  event.preventDefault();
  if (!field) return press(target);
  target.focus();
  if (target instanceof HTMLInputElement) target.select();
}

export function startKeys(): void {
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", (event) => {
    if ((event.target as Element).closest?.('[data-open-dialog="keys"]')) {
      const dialog = document.getElementById("keys");
      if (dialog) listKeys(dialog);
    }
  });
  const box = document.querySelector<HTMLInputElement>("[data-keys-switch]");
  if (!box) return;
  box.checked = !off();
  box.addEventListener("change", () => localStorage.setItem(OFF, box.checked ? "0" : "1"));
}

export const keysAreOff = off;
