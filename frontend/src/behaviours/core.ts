/**
 * How a behaviour finds its elements: once at the start, and again in whatever htmx or a poll puts into the page.
 *
 *     bind("[data-copy]", (button) => button.addEventListener("click", …));
 */
type Setup = (element: HTMLElement) => void;

const known: { selector: string; setup: Setup; done: WeakSet<Element> }[] = [];

/** Registers a behaviour and applies it to what is there already. Each element is set up once. */
export function bind(selector: string, setup: Setup): void {
  known.push({ selector, setup, done: new WeakSet() });
  scan(document, known.length - 1);
}

/** Sets up all that is new below `root`. */
export function scan(root: ParentNode = document, from = 0): void {
  for (const { selector, setup, done } of known.slice(from)) {
    const found = [...root.querySelectorAll<HTMLElement>(selector)];
    if (root instanceof HTMLElement && root.matches(selector)) found.unshift(root);
    for (const element of found) {
      if (done.has(element)) continue;
      done.add(element);
      setup(element);
    }
  }
}

/** The element that a `data-` attribute names by a selector, if it is there. */
export function named<T extends HTMLElement = HTMLElement>(owner: HTMLElement, attribute: string): T | null {
  const selector = owner.getAttribute(attribute);
  return selector ? document.querySelector<T>(selector) : null;
}

/** True while the person is writing, also with an input method for Chinese. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement | null;
  return event.isComposing || !!target?.closest?.("input, textarea, select, [contenteditable]");
}
