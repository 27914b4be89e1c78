/**
 * A form is sent once, however often the button is pressed. Coming back by the back button, it works again.
 * The button is not really disabled: then its name and value would be missing from what is sent.
 *
 *     <form method="post" data-submit-once>…</form>
 */
import { bind } from "./core.ts";

function buttons(form: HTMLElement): HTMLElement[] {
  return [...form.querySelectorAll<HTMLElement>("button:not([type=button]), input[type=submit]")];
}

function release(form: HTMLElement): void {
  delete form.dataset.sending;
  for (const button of buttons(form)) button.removeAttribute("aria-disabled");
}

function onSubmit(form: HTMLElement, event: Event): void {
  if (form.dataset.sending) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  if (event.defaultPrevented) return;
  form.dataset.sending = "1";
  for (const button of buttons(form)) button.setAttribute("aria-disabled", "true");
}

export function startSubmitOnce(): void {
  bind("form[data-submit-once]", (form) => {
    form.addEventListener("submit", (event) => onSubmit(form, event));
    form.addEventListener("htmx:finally:request", () => release(form));
  });
  const releaseAll = (): void => document.querySelectorAll<HTMLElement>("form[data-sending]").forEach(release);
  // The page may come back from the browser's memory just as it was left.
  window.addEventListener("pageshow", releaseAll);
  // A download or a refused connection leaves the page standing: it must not stay locked.
  document.addEventListener("submit", () => setTimeout(releaseAll, 15000));
}
