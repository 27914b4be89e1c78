/**
 * Photos of a form: seen before they are sent, made small, taken out again; choosing more adds to them.
 *
 *     <div data-photo-input data-limit="6" data-max-side="1600" data-remove-label="Remove" data-too-many="…">
 *       <input type="file" name="photos" accept="image/*" multiple> <ul data-previews></ul></div>
 */
import { bind } from "./core.ts";
import { MAX_SIDE, shrink } from "./shrink.ts";

class PhotoInput {
  private files: File[] = [];
  private readonly input: HTMLInputElement;
  private readonly list: HTMLElement | null;

  constructor(private readonly box: HTMLElement) {
    this.input = box.querySelector<HTMLInputElement>("input[type=file]")!;
    this.list = box.querySelector("[data-previews]");
    this.input.addEventListener("change", () => void this.add());
  }

  private async add(): Promise<void> {
    const chosen = [...(this.input.files ?? [])];
    const limit = Number(this.box.dataset.limit ?? 6);
    const side = Number(this.box.dataset.maxSide ?? MAX_SIDE);
    this.box.setAttribute("aria-busy", "true");
    const before = this.input.multiple ? this.files : [];
    const small = await Promise.all(chosen.slice(0, limit).map((file) => shrink(file, side)));
    const all = [...before, ...small];
    this.files = all.slice(0, limit);
    this.box.removeAttribute("aria-busy");
    this.show();
    this.say(all.length > limit || chosen.length > limit ? (this.box.dataset.tooMany ?? "") : "");
  }

  /** Hands the files back to the input, so that the plain form sends them. */
  private show(): void {
    try {
      const transfer = new DataTransfer();
      for (const file of this.files) transfer.items.add(file);
      this.input.files = transfer.files;
    } catch {
      return; // Old Safari: the files chosen last are sent as they are.
    }
    this.list?.querySelectorAll("img").forEach((image) => URL.revokeObjectURL(image.src));
    this.list?.replaceChildren(...this.files.map((file, index) => this.preview(file, index)));
  }

  private preview(file: File, index: number): HTMLElement {
    const image = document.createElement("img");
    image.src = URL.createObjectURL(file);
    image.alt = file.name;
    const remove = document.createElement("button");
    remove.type = "button";
    remove.className = "photo-remove";
    remove.textContent = "×";
    remove.setAttribute("aria-label", `${this.box.dataset.removeLabel ?? ""} ${file.name}`.trim());
    remove.addEventListener("click", () => {
      this.files = this.files.filter((_, at) => at !== index);
      this.show();
      this.input.focus();
    });
    const item = document.createElement("li");
    item.append(image, remove);
    return item;
  }

  private say(words: string): void {
    let note = this.box.querySelector<HTMLElement>("[data-photo-note]");
    if (!note && !words) return;
    if (!note) {
      note = document.createElement("p");
      note.dataset.photoNote = "";
      note.className = "muted";
      note.setAttribute("role", "status");
      this.box.append(note);
    }
    note.textContent = words;
  }
}

export function startPhotos(): void {
  bind("[data-photo-input]", (box) => void new PhotoInput(box));
}
