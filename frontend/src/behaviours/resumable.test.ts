import { beforeEach, expect, it, vi } from "vitest";
import { scan } from "./core.ts";
import { PIECE, startResumable } from "./resumable.ts";

interface Options {
  endpoint: string;
  metadata: { filename: string };
  onProgress: (sent: number, total: number) => void;
  onShouldRetry: (error: unknown) => boolean;
  onError: (error: unknown) => void;
  onSuccess: () => void;
}
const begun: Options[] = [];

vi.mock("tus-js-client", () => ({
  Upload: class {
    url = "/uploads/0190-id/";
    constructor(_file: File, options: Options) {
      begun.push(options);
    }
    findPreviousUploads = () => Promise.resolve([]);
    start = () => undefined;
  },
}));

startResumable();

function page(...sizes: number[]): HTMLFormElement {
  document.body.innerHTML = `<form data-resumable="/uploads/"><input type="hidden" name="csrfmiddlewaretoken" value="t">
    <div data-files data-sent="here" data-stopped="goes on" data-failed="failed"><input type="file" multiple><ul data-progress></ul></div>
    <button>Send</button></form>`;
  scan();
  const form = document.querySelector("form")!;
  const files = sizes.map((size, number) => Object.defineProperty(new File(["x"], `${number}.mp4`), "size", { value: size }));
  Object.defineProperty(document.querySelector("input[type=file]"), "files", { value: files, writable: true });
  form.submit = vi.fn();
  return form;
}

function press(form: HTMLFormElement): Event {
  const event = new Event("submit", { cancelable: true });
  form.dispatchEvent(event);
  return event;
}

function answered(status: number, body: string): unknown {
  return { originalResponse: { getStatus: () => status, getHeader: () => "text/plain; charset=utf-8", getBody: () => body } };
}

beforeEach(() => void begun.splice(0));

it("leaves small files to the form", () => {
  expect(press(page(PIECE, 10)).defaultPrevented).toBe(false);
});

it("sends a large one first and the form with its id, once", async () => {
  const form = page(PIECE + 1);
  expect(press(form).defaultPrevented).toBe(true);
  expect(press(form).defaultPrevented).toBe(true);
  await vi.waitFor(() => expect(begun.length).toBe(1));
  expect(begun[0]!.metadata.filename).toBe("0.mp4");
  begun[0]!.onProgress(50, 200);
  expect(document.querySelector("small")!.textContent).toBe("25 %");
  begun[0]!.onSuccess();
  await vi.waitFor(() => expect(form.submit).toHaveBeenCalledOnce());
  expect(form.querySelector<HTMLInputElement>("input[name=upload]")!.value).toBe("0190-id");
});

it("goes on by itself after a lost connection, and not after a refusal, which it shows", async () => {
  const form = page(PIECE + 1);
  press(form);
  await vi.waitFor(() => expect(begun.length).toBe(1));
  expect(begun[0]!.onShouldRetry({})).toBe(true);
  expect(document.querySelector("small")!.textContent).toBe("goes on");
  expect([409, 500, 429].map((status) => begun[0]!.onShouldRetry(answered(status, "")))).toEqual([true, true, true]);
  expect([413, 422, 507].map((status) => begun[0]!.onShouldRetry(answered(status, "")))).toEqual([false, false, false]);
  begun[0]!.onError(answered(413, "film.mp4 is too large"));
  await vi.waitFor(() => expect(document.querySelector("li")!.className).toBe("is-wrong"));
  expect(document.querySelector("small")!.textContent).toBe("film.mp4 is too large");
  expect(form.submit).not.toHaveBeenCalled();
});
