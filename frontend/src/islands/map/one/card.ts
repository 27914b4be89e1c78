/** The card beside the map: our server's page about what was clicked, read out and reached by the keyboard. */
import { scan } from "../../../behaviours/core.ts";
import type { Words } from "../options.ts";

export class Card {
  private readonly drawer: HTMLElement;
  private readonly inside: HTMLElement;
  private back: HTMLElement | null = null;
  private asked = 0;

  constructor(
    frame: HTMLElement,
    private readonly base: string,
    private readonly words: Words,
    private readonly closed: () => void,
  ) {
    this.drawer = document.createElement("aside");
    this.drawer.className = "map-drawer";
    this.drawer.hidden = true;
    this.drawer.setAttribute("aria-label", words.card ?? "");
    this.inside = document.createElement("div");
    this.drawer.append(this.closer(), this.inside);
    this.drawer.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.close();
    });
    frame.append(this.drawer);
  }

  private closer(): HTMLElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "map-drawer-close";
    button.setAttribute("aria-label", this.words.close ?? "");
    button.textContent = "×";
    button.addEventListener("click", () => this.close());
    return button;
  }

  /** Opens the card of an area, a public place, a panorama or a merchant. */
  async open(kind: string, id: string): Promise<void> {
    const mine = ++this.asked;
    if (this.drawer.hidden) this.back = document.activeElement as HTMLElement | null;
    try {
      const answer = await fetch(`${this.base}${kind}/${id}/`, { credentials: "same-origin", headers: { Accept: "text/html" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const html = await answer.text();
      if (mine === this.asked) this.show(html);
    } catch {
      if (mine === this.asked) this.say(this.words.failed ?? "");
    }
  }

  private show(html: string): void {
    // Our own server's template, its words escaped there.
    this.inside.innerHTML = html;
    this.reveal();
    scan(this.inside);
    this.inside.dispatchEvent(new CustomEvent("mulin:content", { bubbles: true }));
    this.inside.querySelector<HTMLElement>("[data-card-heading]")?.focus({ preventScroll: true });
  }

  private say(words: string): void {
    const line = document.createElement("p");
    line.setAttribute("role", "alert");
    line.textContent = words;
    this.inside.replaceChildren(line);
    this.reveal();
  }

  private reveal(): void {
    this.drawer.hidden = false;
    this.drawer.scrollTop = 0;
  }

  close(): void {
    if (this.drawer.hidden) return;
    this.asked++;
    this.drawer.hidden = true;
    this.closed();
    this.back?.focus({ preventScroll: true });
  }
}
