/**
 * Large files of a form go piece by piece before the form does, and go on where a lost connection stopped them: also
 * after a reload, when the same file is chosen again. The form then carries the ids of what has arrived.
 *
 *     <form data-resumable="/address/of/uploads/" …>
 *       <div data-files data-sent="…" data-stopped="…" data-failed="…"><input type="file" multiple> <ul data-progress></ul></div></form>
 */
import type { DetailedError, HttpRequest, Upload } from "tus-js-client";
import { bind } from "./core.ts";

export const PIECE = 5 * 1024 ** 2; // bytes; smaller files go with the form
const AGAIN_AFTER = [500, 1500, 3000, 6000, 12000, 24000, 48000, 60000]; // milliseconds

class Sending {
  private busy = false;
  private readonly box: HTMLElement;
  private readonly input: HTMLInputElement;
  private readonly list: HTMLElement;

  constructor(private readonly form: HTMLFormElement) {
    this.box = form.querySelector<HTMLElement>("[data-files]")!;
    this.input = this.box.querySelector<HTMLInputElement>("input[type=file]")!;
    this.list = this.box.querySelector<HTMLElement>("[data-progress]")!;
    form.addEventListener("submit", (event) => this.onSubmit(event));
  }

  private onSubmit(event: Event): void {
    const large = [...(this.input.files ?? [])].filter((file) => file.size > PIECE);
    if (!large.length && !this.busy) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!this.busy) void this.send(large);
  }

  private async send(files: File[]): Promise<void> {
    this.setBusy(true);
    try {
      for (const file of files) await this.sendOne(file);
      this.keepOnly([...(this.input.files ?? [])].filter((file) => !files.includes(file)));
      this.form.submit();
    } catch {
      // Said beside the file. What has arrived stays in the form, the others can be sent again.
    } finally {
      this.setBusy(false);
    }
  }

  private async sendOne(file: File): Promise<void> {
    const row = this.row(file);
    const tus = await import("tus-js-client").catch(() => null);
    if (!tus) {
      row.say(this.box.dataset.failed ?? "", true);
      throw new Error("the part of the page that sends large files did not load");
    }
    const url = await new Promise<string>((resolve, reject) => {
      const upload: Upload = new tus.Upload(file, {
        endpoint: this.form.dataset.resumable ?? null,
        chunkSize: PIECE,
        retryDelays: AGAIN_AFTER,
        removeFingerprintOnSuccess: true,
        metadata: { filename: file.name },
        onBeforeRequest: (request: HttpRequest) => request.setHeader("X-CSRFToken", this.token()),
        onProgress: (sent, total) => row.progress(sent, total ?? file.size),
        onShouldRetry: (error) => this.waits(error, row),
        onError: (error) => {
          row.say(words(error as DetailedError) || (this.box.dataset.failed ?? ""), true);
          reject(error);
        },
        onSuccess: () => resolve(upload.url ?? ""),
      });
      void upload.findPreviousUploads().then((before) => {
        if (before[0]) upload.resumeFromPreviousUpload(before[0]);
        upload.start();
      });
    });
    row.arrived(url);
  }

  /** Whether it goes on by itself: after a lost connection, a busy server, an upload that stands elsewhere. */
  private waits(error: Error | DetailedError, row: Row): boolean {
    const status = (error as DetailedError).originalResponse?.getStatus() ?? 0;
    const again = status === 0 || status >= 500 && status !== 507 || [409, 423, 429].includes(status);
    if (again) row.say(this.box.dataset.stopped ?? "", false);
    return again;
  }

  private row(file: File): Row {
    return new Row(this.list, file.name, this.box.dataset.sent ?? "");
  }

  private token(): string {
    return this.form.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value ?? "";
  }

  private keepOnly(files: File[]): void {
    const transfer = new DataTransfer();
    for (const file of files) transfer.items.add(file);
    this.input.files = transfer.files;
  }

  private setBusy(busy: boolean): void {
    this.busy = busy;
    this.box.toggleAttribute("aria-busy", busy);
    for (const button of this.form.querySelectorAll<HTMLElement>("button:not([type=button])")) {
      if (busy) button.setAttribute("aria-disabled", "true");
      else button.removeAttribute("aria-disabled");
    }
  }
}

/** One file of the list, with its bar. */
class Row {
  private readonly item = document.createElement("li");
  private readonly bar = document.createElement("progress");
  private readonly note = document.createElement("small");

  constructor(list: HTMLElement, name: string, private readonly sent: string) {
    const title = document.createElement("span");
    title.textContent = name;
    this.bar.max = 100;
    this.bar.setAttribute("aria-label", name);
    this.item.append(title, this.bar, this.note);
    list.append(this.item);
  }

  progress(sent: number, total: number): void {
    const percent = Math.floor((100 * sent) / Math.max(total, 1));
    this.bar.value = percent;
    this.note.textContent = `${percent} %`;
  }

  say(words: string, failed: boolean): void {
    this.note.textContent = words;
    this.item.classList.toggle("is-wrong", failed);
  }

  /** The form sends its id: the last part of its address. */
  arrived(url: string): void {
    const id = url.replace(/\/+$/, "").split("/").pop() ?? "";
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "upload", value: id });
    this.item.append(field);
    this.say(this.sent, false);
  }
}

/** What the server said, in the language of the page. */
function words(error: DetailedError): string {
  const answer = error.originalResponse;
  if (!answer || !(answer.getHeader("Content-Type") ?? "").startsWith("text/plain")) return "";
  return answer.getBody();
}

export function startResumable(): void {
  bind("form[data-resumable]", (form) => void new Sending(form as HTMLFormElement));
}
