/**
 * Copies a text and says so in the button's own words for two seconds.
 *
 *     <button type="button" data-copy="2611-4027-2" data-copied="Copied">Copy</button>
 *     <button type="button" data-copy-from="#code" data-copied="Copied">Copy</button>
 */
import { bind, named } from "./core.ts";

/** The modern way needs HTTPS; a town's spare PC may not have it, and the old way works there. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const box = document.createElement("textarea");
    box.value = text;
    box.className = "visually-hidden";
    document.body.append(box);
    box.select();
    const done = document.execCommand?.("copy") ?? false;
    box.remove();
    return done;
  }
}

function textOf(button: HTMLElement): string {
  if (button.dataset.copy) return button.dataset.copy;
  const source = named(button, "data-copy-from");
  return source instanceof HTMLInputElement ? source.value : (source?.textContent?.trim() ?? "");
}

/** The last text node is the label; the icon before it stays. */
function say(button: HTMLElement, words: string): void {
  const label = [...button.childNodes].reverse().find((node) => node.nodeType === 3 && node.textContent?.trim());
  if (!label || button.dataset.saying) return;
  const before = label.textContent;
  button.dataset.saying = "1";
  button.setAttribute("aria-live", "polite");
  label.textContent = words;
  setTimeout(() => {
    label.textContent = before;
    delete button.dataset.saying;
  }, 2000);
}

export function startCopy(): void {
  bind("[data-copy], [data-copy-from]", (button) => {
    button.addEventListener("click", async () => {
      if (await copyText(textOf(button))) say(button, button.dataset.copied ?? "✓");
    });
  });
}
