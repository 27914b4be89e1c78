import { beforeEach, describe, expect, it, vi } from "vitest";
import { scan } from "./core.ts";
import { startDrafts } from "./draft.ts";
import { startFromHash } from "./fromHash.ts";
import { startReveal } from "./reveal.ts";
import { startSubmitOnce } from "./submitOnce.ts";

startSubmitOnce();
startReveal();
startFromHash();

const put = (html: string): void => {
  document.body.innerHTML = html;
  scan();
};
const submit = (form: Element): boolean => form.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
beforeEach(() => sessionStorage.clear());

describe("submit once", () => {
  it("lets the first through and stops the second, until the page is shown again", () => {
    put(`<form data-submit-once><button name="go" value="1">Send</button></form>`);
    const form = document.querySelector("form")!;
    expect(submit(form)).toBe(true);
    expect(submit(form)).toBe(false);
    expect(document.querySelector("button")!.getAttribute("aria-disabled")).toBe("true");
    expect(document.querySelector("button")!.disabled).toBe(false);
    window.dispatchEvent(new Event("pageshow"));
    expect(submit(form)).toBe(true);
  });
});

describe("drafts", () => {
  const form = `<form data-draft="report" data-draft-note="#note"><input name="title"><input type="password" name="secret">
    <input type="checkbox" name="tell" value="yes"></form><p id="note" hidden>Back</p>`;
  const input = (name: string): HTMLInputElement => document.querySelector<HTMLInputElement>(`[name=${name}]`)!;

  it("come back after a reload, without passwords, and say so", () => {
    document.body.innerHTML = form;
    startDrafts();
    input("title").value = "路灯不亮";
    input("secret").value = "x";
    input("tell").checked = true;
    input("title").dispatchEvent(new Event("input", { bubbles: true }));
    put(form);
    expect(input("title").value).toBe("路灯不亮");
    expect(input("secret").value).toBe("");
    expect(input("tell").checked).toBe(true);
    expect(document.getElementById("note")!.hidden).toBe(false);
  });

  it("leave what the server has filled in", () => {
    put(form);
    input("title").value = "mine";
    input("title").dispatchEvent(new Event("input", { bubbles: true }));
    put(form.replace(`name="title"`, `name="title" value="server"`));
    expect(input("title").value).toBe("server");
  });

  it("are forgotten when another page came after sending, and kept when the form came back", () => {
    put(form);
    input("title").value = "mine";
    submit(document.querySelector("form")!);
    put(form);
    startDrafts();
    expect(sessionStorage.getItem("mulin.draft.report")).toContain("mine");
    submit(document.querySelector("form")!);
    put("<p>Thank you</p>");
    startDrafts();
    expect(sessionStorage.getItem("mulin.draft.report")).toBeNull();
  });
});

it("reveals a part only when it is chosen, and sends no hidden field", () => {
  put(`<form><select id="s" data-reveal="#part" data-reveal-when="other more"><option>lamp</option><option>other</option></select>
    <fieldset id="part"><input name="x"></fieldset></form>`);
  const part = document.querySelector<HTMLFieldSetElement>("#part")!;
  expect([part.hidden, part.disabled]).toEqual([true, true]);
  const select = document.querySelector<HTMLSelectElement>("#s")!;
  select.value = "other";
  select.dispatchEvent(new Event("change", { bubbles: true }));
  expect([part.hidden, part.disabled]).toEqual([false, false]);
});

it("fills an input from the address and cleans the address", () => {
  const replaced = vi.spyOn(history, "replaceState");
  location.hash = "#code=7K4PQ2";
  put(`<input name="code" data-from-hash="code">`);
  expect(document.querySelector("input")!.value).toBe("7K4PQ2");
  expect(String(replaced.mock.calls[0]?.[2])).not.toContain("7K4PQ2");
});
