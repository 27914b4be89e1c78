/**
 * Takes the focus when the page opens, so that a reader hears first what went wrong.
 *
 *     <div class="error-summary" role="alert" tabindex="-1" data-focus-on-load>…</div>
 */
import { bind } from "./core.ts";

export function startFocus(): void {
  bind("[data-focus-on-load]", (element) => element.focus());
}
