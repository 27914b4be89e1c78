/** Searching on the map: what is found is a list of buttons; choosing one flies there and opens its card. */
import type { Spot, Words } from "../options.ts";

export interface Found {
  kind: string;
  id: string;
  name: string;
  words: string;
  at: Spot;
  zoom: number;
  url?: string;
}

const QUIET = 250;

export class Find {
  private readonly input: HTMLInputElement;
  private readonly list: HTMLUListElement;
  private readonly status: HTMLElement;
  private timer = 0;
  private asked = 0;

  constructor(
    frame: HTMLElement,
    private readonly address: string,
    private readonly words: Words,
    private readonly chosen: (found: Found) => void,
  ) {
    const box = document.createElement("div");
    box.className = "map-find";
    box.setAttribute("role", "search");
    this.input = document.createElement("input");
    this.input.type = "search";
    this.input.className = "form-control";
    this.input.placeholder = words.find ?? "";
    this.input.setAttribute("aria-label", words.find ?? "");
    this.input.autocomplete = "off";
    this.list = document.createElement("ul");
    this.list.className = "map-find-list";
    this.list.hidden = true;
    this.list.setAttribute("aria-label", words.found ?? "");
    this.status = document.createElement("p");
    this.status.className = "map-find-status";
    this.status.setAttribute("role", "status");
    box.append(this.input, this.status, this.list);
    box.addEventListener("keydown", (event) => this.onKey(event));
    this.input.addEventListener("input", () => this.soon());
    frame.append(box);
  }

  private soon(): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.ask(), QUIET);
  }

  private async ask(): Promise<Found[]> {
    const words = this.input.value.trim();
    const mine = ++this.asked;
    if (!words) {
      this.show([], "");
      return [];
    }
    const url = new URL(this.address);
    url.searchParams.set("q", words);
    try {
      const answer = await fetch(url, { credentials: "same-origin", headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const { found } = (await answer.json()) as { found: Found[] };
      if (mine === this.asked) this.show(found, found.length ? "" : (this.words.nothing ?? ""));
      return found;
    } catch {
      if (mine === this.asked) this.show([], this.words.failed ?? "");
      return [];
    }
  }

  private show(found: Found[], status: string): void {
    this.status.textContent = status;
    this.list.replaceChildren(...found.map((each) => this.row(each)));
    this.list.hidden = !found.length;
  }

  private row(found: Found): HTMLElement {
    const button = document.createElement("button");
    button.type = "button";
    const name = document.createElement("b");
    name.textContent = found.name;
    const words = document.createElement("span");
    words.textContent = found.words;
    button.append(name, words);
    button.addEventListener("click", () => this.choose(found));
    const item = document.createElement("li");
    item.append(button);
    return item;
  }

  private choose(found: Found): void {
    this.show([], "");
    this.chosen(found);
  }

  private onKey(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const buttons = [...this.list.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    if (event.key === "Escape") this.show([], "");
    else if (event.key === "ArrowDown" && buttons.length) buttons[Math.min(at + 1, buttons.length - 1)]!.focus();
    else if (event.key === "ArrowUp" && at >= 0) (at ? buttons[at - 1]! : this.input).focus();
    else if (event.key === "Enter" && document.activeElement === this.input) void this.enter();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Enter takes the first, also when one typed faster than the answer came. */
  private async enter(): Promise<void> {
    clearTimeout(this.timer);
    const [first] = await this.ask();
    if (first) this.choose(first);
  }
}
