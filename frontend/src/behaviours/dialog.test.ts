import { beforeEach, expect, it } from "vitest";
import { closeDialog, openDialog, startDialogs } from "./dialog.ts";
import { startMenus } from "./menu.ts";

startDialogs();
startMenus();
beforeEach(() => {
  document.body.innerHTML = `<button id="open" data-open-dialog="d">Open</button>
    <dialog id="d" data-dialog><p>Words</p><button id="close" data-close-dialog>Close</button></dialog>
    <details id="m" data-menu open><summary>Menu</summary>…</details>`;
});

it("opens and closes by its buttons, and the focus comes back", () => {
  const opener = document.getElementById("open")!;
  opener.focus();
  opener.click();
  const dialog = document.getElementById("d")!;
  expect(dialog.hasAttribute("open")).toBe(true);
  document.getElementById("close")!.click();
  expect(dialog.hasAttribute("open")).toBe(false);
  expect(document.activeElement).toBe(opener);
});

it("works where the browser knows no dialog", () => {
  const plain = document.createElement("div");
  plain.innerHTML = "<button>Close</button>";
  document.body.append(plain);
  openDialog(plain);
  expect(plain.getAttribute("aria-modal")).toBe("true");
  expect(plain.classList.contains("dialog-plain")).toBe(true);
  closeDialog(plain);
  expect(plain.hasAttribute("open")).toBe(false);
});

it("closes a menu on a click elsewhere and on Esc", () => {
  const menu = document.querySelector<HTMLDetailsElement>("#m")!;
  document.body.click();
  expect(menu.open).toBe(false);
  menu.open = true;
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
  expect(menu.open).toBe(false);
});
