/**
 * Dialogs. The browser's own does the focus and Esc; Safari before 15.4 has none and gets a plain box.
 *
 *     <button type="button" data-open-dialog="why">Why?</button>
 *     <dialog id="why" class="dialog" data-dialog>… <button type="button" data-close-dialog>Close</button></dialog>
 */
type MaybeDialog = HTMLElement & { showModal?: () => void; close?: () => void };

let cameFrom: HTMLElement | null = null;

export function openDialog(dialog: MaybeDialog): void {
  if (dialog.hasAttribute("open")) return;
  cameFrom = document.activeElement as HTMLElement | null;
  if (typeof dialog.showModal === "function") return dialog.showModal();
  dialog.setAttribute("open", "");
  dialog.setAttribute("role", "dialog");
  dialog.setAttribute("aria-modal", "true");
  dialog.classList.add("dialog-plain");
  dialog.querySelector<HTMLElement>("button, input, a[href]")?.focus();
}

export function closeDialog(dialog: MaybeDialog): void {
  if (typeof dialog.close === "function") dialog.close();
  else dialog.removeAttribute("open");
  cameFrom?.focus?.();
  cameFrom = null;
}

function onClick(event: MouseEvent): void {
  const target = event.target as HTMLElement;
  const opener = target.closest<HTMLElement>("[data-open-dialog]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.openDialog ?? "");
    if (dialog) openDialog(dialog);
    return;
  }
  const dialog = target.closest<HTMLElement>("[data-dialog]");
  // A click on the dialog element itself is a click on the dark ground beside its content.
  if (dialog && (target.closest("[data-close-dialog]") || target === dialog)) closeDialog(dialog);
}

export function startDialogs(): void {
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", (event) => {
    const plain = document.querySelector<HTMLElement>(".dialog-plain[open]");
    if (event.key === "Escape" && plain) closeDialog(plain);
  });
}
