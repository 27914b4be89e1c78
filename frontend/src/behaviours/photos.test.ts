import { expect, it, vi } from "vitest";
import { scan } from "./core.ts";
import { startPhotos } from "./photos.ts";

startPhotos();

it("shows what was chosen, keeps to the limit and takes one out again", async () => {
  document.body.innerHTML = `<div data-photo-input data-limit="2" data-remove-label="Remove" data-too-many="Full">
    <input type="file" multiple><ul data-previews></ul></div>`;
  scan();
  const input = document.querySelector("input")!;
  const files = ["a", "b", "c"].map((name) => new File(["x"], `${name}.gif`, { type: "image/gif" }));
  Object.defineProperty(input, "files", { value: files, writable: true, configurable: true });
  input.dispatchEvent(new Event("change"));
  await vi.waitFor(() => expect(document.querySelectorAll("li").length).toBe(2));
  expect(document.querySelector("[role=status]")!.textContent).toBe("Full");
  document.querySelector<HTMLButtonElement>("li button")!.click();
  expect(document.querySelectorAll("li").length).toBe(1);
  expect(document.querySelector("img")!.alt).toBe("b.gif");
});
