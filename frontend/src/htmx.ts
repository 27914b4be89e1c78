/** htmx 4 under a strict CSP: nothing is evaluated, failures become words. Allowed attributes: docs/htmx.md. */
import htmx from "htmx.org";
import { scan } from "./behaviours/core.ts";
import { showToast } from "./behaviours/toast.ts";

type ExtensionApi = { initSecurity(policy: undefined, sync: unknown, asynchronous: unknown): void };

/** Stands where htmx would build a function out of text: says so plainly, before the CSP would refuse it. */
class NoEval {
  constructor() {
    throw new Error("Mulin allows no script in attributes (hx-on, js:, trigger filters). See docs/htmx.md.");
  }
}

export function startHtmx(): void {
  htmx.config.defaultSwap = "outerHTML";
  htmx.config.history = "reload";
  // 422 (a form with errors) and 409 (somebody was faster: here is how it stands) are swapped in; other failures are told.
  // The typings say numbers only; the code matches patterns too.
  htmx.config.noSwap = [204, 304, 400, 401, 403, 404, 405, 413, 429, "5xx"] as unknown as number[];
  htmx.registerExtension("mulin-no-eval", {
    init: (api: ExtensionApi) => api.initSecurity(undefined, NoEval, NoEval),
  } as Parameters<typeof htmx.registerExtension>[1]);
  document.addEventListener("htmx:after:swap", () => scan());
  document.addEventListener("mulin:content", (event) => htmx.process(event.target as Element));
  document.addEventListener("htmx:response:error", () => showToast("failed"));
  document.addEventListener("htmx:error", () => showToast(navigator.onLine ? "failed" : "offline"));
}
