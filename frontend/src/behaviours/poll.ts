/**
 * A live part of a page. It asks again with the stamp of what it shows; 304 costs the server one statement.
 * While a hand or the cursor is on it nothing moves: the news wait until it leaves. Hidden tabs do not ask.
 *
 *     <div data-poll="/desk/queue/rows" data-every="15" data-stamp='"a1b2"'>…rows…</div>
 *     <div data-poll="/desk/queue/new" data-every="15" data-poll-mode="count">
 *       <a class="btn" href="" data-poll-banner hidden><b data-poll-count></b> new</a></div>
 *
 * With `data-poll-mode="bar"` news come in under the cursor too; an answer with `X-Poll-Over` is the last.
 *
 * The answer carries an ETag; in count mode also `X-Count`. `X-Poll` says that nobody did anything: a page that asks by
 * itself keeps nobody signed in.
 */
import { bind, scan } from "./core.ts";

const SLOWEST = 5 * 60;

interface Poll {
  element: HTMLElement;
  stamp: string;
  waiting: string | null;
  failures: number;
  over?: boolean;
}

const busy = (element: HTMLElement): boolean =>
  element.dataset.pollMode !== "bar" && (element.contains(document.activeElement) || element.matches(":hover"));

function swap(poll: Poll): void {
  if (poll.waiting === null || busy(poll.element)) return;
  const template = document.createElement("template");
  template.innerHTML = poll.waiting;
  poll.waiting = null;
  poll.element.replaceChildren(template.content);
  scan(poll.element);
  poll.element.dispatchEvent(new CustomEvent("mulin:content", { bubbles: true }));
}

function count(poll: Poll, answer: Response): void {
  const number = Number(answer.headers.get("X-Count") ?? "0");
  const banner = poll.element.querySelector<HTMLElement>("[data-poll-banner]");
  const figure = poll.element.querySelector("[data-poll-count]");
  if (figure) figure.textContent = String(number);
  if (banner) banner.hidden = number === 0;
}

/** Asks once. */
export async function ask(poll: Poll): Promise<void> {
  const { element } = poll;
  const headers: Record<string, string> = { "HX-Request": "true", "X-Poll": "1", Accept: "text/html" };
  if (poll.stamp) headers["If-None-Match"] = poll.stamp;
  try {
    const answer = await fetch(element.dataset.poll ?? "", { headers, credentials: "same-origin", redirect: "error" });
    if (!answer.ok && answer.status !== 304) throw new Error(String(answer.status));
    poll.failures = 0;
    if (answer.status === 304 || answer.status === 204) return;
    poll.stamp = answer.headers.get("ETag") ?? "";
    poll.over = answer.headers.has("X-Poll-Over");
    if (element.dataset.pollMode === "count") return count(poll, answer);
    poll.waiting = await answer.text();
    swap(poll);
  } catch {
    poll.failures++;
  }
}

/** Slower after failures, and never all browsers in the same second. */
export function pause(every: number, failures: number, chance = Math.random()): number {
  return Math.min(SLOWEST, every * 2 ** Math.min(failures, 6)) * (0.9 + chance * 0.2);
}

function setUp(element: HTMLElement): void {
  const poll: Poll = { element, stamp: element.dataset.stamp ?? "", waiting: null, failures: 0 };
  const every = Math.max(3, Number(element.dataset.every ?? 15));
  const next = (): void => {
    setTimeout(async () => {
      if (!element.isConnected) return;
      if (!document.hidden) await ask(poll);
      if (!poll.over) next();
    }, pause(every, poll.failures) * 1000);
  };
  for (const event of ["pointerleave", "focusout"]) element.addEventListener(event, () => setTimeout(() => swap(poll)));
  next();
}

export function startPolls(): void {
  bind("[data-poll]", setUp);
}
