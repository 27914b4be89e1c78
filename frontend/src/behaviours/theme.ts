/**
 * The theme menu without a reload. The server keeps the choice in a cookie; here the page follows at once.
 *
 *     <form action="/look/theme/" method="post" data-theme-switch><button name="theme" value="dark">Dark</button></form>
 */
import { bind } from "./core.ts";

const SCHEMES: Record<string, string> = { light: "light", dark: "dark", auto: "light dark" };

/** Whether the page is dark now, whatever the reason. */
export function isDark(): boolean {
  const theme = document.documentElement.dataset.bsTheme;
  return theme === "dark" || (theme !== "light" && !!window.matchMedia?.("(prefers-color-scheme: dark)").matches);
}

function apply(form: HTMLElement, theme: string): void {
  document.documentElement.dataset.bsTheme = theme;
  document.querySelector('meta[name="color-scheme"]')?.setAttribute("content", SCHEMES[theme] ?? "light dark");
  for (const button of form.querySelectorAll<HTMLButtonElement>("button[name=theme]")) {
    button.setAttribute("aria-pressed", String(button.value === theme));
  }
  document.dispatchEvent(new CustomEvent("mulin:theme"));
}

function setUp(form: HTMLElement): void {
  form.addEventListener("click", (event) => {
    const button = (event.target as HTMLElement).closest<HTMLButtonElement>("button[name=theme]");
    if (!button) return;
    event.preventDefault();
    apply(form, button.value);
    const body = new FormData(form as HTMLFormElement);
    body.set("theme", button.value);
    // A lost request only means that the next page comes in the former theme.
    fetch((form as HTMLFormElement).action, { method: "POST", body, headers: { "X-Requested-With": "fetch" } }).catch(
      () => undefined,
    );
    const menu = form.closest("details");
    if (menu) menu.open = false;
  });
}

export function startTheme(): void {
  bind("form[data-theme-switch]", setUp);
  window
    .matchMedia?.("(prefers-color-scheme: dark)")
    .addEventListener?.("change", () => document.dispatchEvent(new CustomEvent("mulin:theme")));
}
