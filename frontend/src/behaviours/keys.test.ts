import { beforeEach, describe, expect, it, vi } from "vitest";
import { startKeys } from "./keys.ts";
import { startList } from "./list.ts";

startKeys();
startList();
const press = (key: string, target: EventTarget = document.body): void =>
  void target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));

beforeEach(() => {
  localStorage.clear();
  document.body.innerHTML = `
    <input id="q" data-key-focus="/" value="old">
    <button id="f" data-key="f" data-key-label="File">File</button>
    <details id="more"><summary>More</summary><details id="inner"><summary data-key="h">Hold</summary><textarea id="why"></textarea></details></details>
    <table data-list><tr data-row><td><a href="#1">One</a></td></tr><tr data-row><td><a href="#2">Two</a></td></tr><tr data-row><td><form><button id="three" data-open>Three</button></form></td></tr></table>
    <dialog id="keys" data-dialog><dl data-keys-of-page></dl></dialog>`;
});

describe("keys", () => {
  it("puts the cursor into the search", () => {
    press("/");
    expect(document.activeElement?.id).toBe("q");
  });

  it("presses what carries the key, but not while somebody writes", () => {
    const clicked = vi.fn();
    document.getElementById("f")!.addEventListener("click", clicked);
    press("f", document.getElementById("q")!);
    expect(clicked).not.toHaveBeenCalled();
    press("f");
    expect(clicked).toHaveBeenCalledOnce();
  });

  it("opens the folds an action lies in and puts the cursor into its form", () => {
    press("h");
    expect(document.querySelector<HTMLDetailsElement>("#more")!.open).toBe(true);
    expect(document.querySelector<HTMLDetailsElement>("#inner")!.open).toBe(true);
    expect(document.activeElement?.id).toBe("why");
  });

  it("lists the keys of the page in the help, and can be switched off", () => {
    press("?");
    expect(document.querySelector("[data-keys-of-page]")!.textContent).toContain("File");
    document.getElementById("keys")!.removeAttribute("open");
    localStorage.setItem("mulin.keys.off", "1");
    press("/");
    expect(document.activeElement?.id).not.toBe("q");
  });

  it("moves over a list and leaves it", () => {
    press("j");
    expect(document.activeElement?.textContent).toBe("One");
    press("j");
    expect(document.activeElement?.textContent).toBe("Two");
    press("j");
    press("j");
    expect(document.activeElement?.id).toBe("three"); // a button that sends a form; and there the list ends
    press("k");
    expect(document.querySelectorAll(".is-current").length).toBe(1);
    press("Escape");
    expect(document.querySelector(".is-current")).toBeNull();
  });
});
