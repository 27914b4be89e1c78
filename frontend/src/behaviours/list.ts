/**
 * Moving over a list: `j` next, `k` previous, `Enter` opens (the row's link has the focus), `Esc` leaves.
 *
 *     <table data-list> <tr data-row><td><a href="/m/1" data-open>…</a></td></tr> … </table>
 *
 * `data-open` may also stand on a button that sends a form.
 */
import { isTyping } from "./core.ts";
import { keysAreOff } from "./keys.ts";

const CURRENT = "is-current";

const linkOf = (row: HTMLElement): HTMLElement | null => row.querySelector<HTMLElement>("[data-open], a[href]");

function rows(): HTMLElement[] {
  const list = document.querySelector("[data-list]");
  return list ? [...list.querySelectorAll<HTMLElement>("[data-row]")] : [];
}

function leave(): void {
  for (const row of document.querySelectorAll(`.${CURRENT}`)) row.classList.remove(CURRENT);
}

function go(row: HTMLElement): void {
  leave();
  row.classList.add(CURRENT);
  linkOf(row)?.focus({ preventScroll: true });
  row.scrollIntoView?.({ block: "nearest" });
}

function step(by: number): void {
  const all = rows();
  const at = all.findIndex((row) => row.contains(document.activeElement) || row.classList.contains(CURRENT));
  const next = all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + by))];
  if (next) go(next);
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
  if (document.querySelector("dialog[open]")) return;
  if (event.key === "Escape") {
    if (document.querySelector(`.${CURRENT}`)) (document.activeElement as HTMLElement | null)?.blur();
    leave();
  } else if ((event.key === "j" || event.key === "k") && !keysAreOff()) {
    event.preventDefault();
    step(event.key === "j" ? 1 : -1);
  }
}

export function startList(): void {
  document.addEventListener("keydown", onKey);
}
