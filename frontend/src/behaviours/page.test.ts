import { beforeEach, describe, expect, it, vi } from "vitest";
import { scan } from "./core.ts";
import { startCopy } from "./copy.ts";
import { startFocus } from "./focus.ts";
import { startPlace } from "./place.ts";
import { refresh, relativeWords } from "./relative.ts";
import { fit } from "./shrink.ts";
import { isDark, startTheme } from "./theme.ts";
import { showToast, startToasts } from "./toast.ts";

for (const start of [startTheme, startCopy, startFocus, startPlace, startToasts]) start();
const put = (html: string): void => {
  document.body.innerHTML = html;
  scan();
};
beforeEach(() => vi.restoreAllMocks());

it("changes the theme at once and tells the server", () => {
  const fetched = vi.spyOn(globalThis, "fetch").mockResolvedValue(new Response(null, { status: 204 }));
  put(`<form action="/look/theme/" method="post" data-theme-switch><button name="theme" value="dark" aria-pressed="false">D</button></form>`);
  document.querySelector("button")!.click();
  expect(document.documentElement.dataset.bsTheme).toBe("dark");
  expect(isDark()).toBe(true);
  expect(document.querySelector("button")!.getAttribute("aria-pressed")).toBe("true");
  expect((fetched.mock.calls[0]![1]!.body as FormData).get("theme")).toBe("dark");
});

it("copies and says so, then takes its word back", async () => {
  vi.useFakeTimers();
  const wrote = vi.fn().mockResolvedValue(undefined);
  Object.defineProperty(navigator, "clipboard", { value: { writeText: wrote }, configurable: true });
  put(`<code id="c"> 7K4P </code><button data-copy-from="#c" data-copied="Copied"><svg></svg>Copy</button>`);
  document.querySelector("button")!.click();
  await vi.advanceTimersByTimeAsync(10);
  expect(wrote).toHaveBeenCalledWith("7K4P");
  expect(document.querySelector("button")!.textContent).toBe("Copied");
  await vi.advanceTimersByTimeAsync(2100);
  expect(document.querySelector("button")!.textContent).toBe("Copy");
  vi.useRealTimers();
});

it("gives the focus to the error summary", () => {
  put(`<div tabindex="-1" data-focus-on-load id="sum">…</div>`);
  expect(document.activeElement?.id).toBe("sum");
});

describe("use my place", () => {
  const html = `<p><button data-use-place data-lon="#lon" data-lat="#lat" data-failed="No place">Here</button></p><input id="lon"><input id="lat">`;
  const set = (secure: boolean, geolocation?: unknown): void => {
    Object.defineProperty(window, "isSecureContext", { value: secure, configurable: true });
    if (geolocation) Object.defineProperty(navigator, "geolocation", { value: geolocation, configurable: true });
  };

  it("is not offered on an unsafe connection", () => {
    set(false, {});
    put(html);
    expect(document.querySelector("button")!.hidden).toBe(true);
  });

  it("fills both inputs", () => {
    set(true, { getCurrentPosition: (done: (at: unknown) => void) => done({ coords: { longitude: 117.25, latitude: 34.81, accuracy: 9 } }) });
    put(html);
    document.querySelector("button")!.click();
    expect(document.querySelector<HTMLInputElement>("#lon")!.value).toBe("117.250000");
  });

  it("says in words when it fails", () => {
    set(true, { getCurrentPosition: (_: unknown, failed: () => void) => failed() });
    put(html);
    document.querySelector("button")!.click();
    expect(document.querySelector("[role=status]")!.textContent).toBe("No place");
  });
});

describe("relative times", () => {
  const now = new Date("2026-05-04T10:00:00Z");
  const after = (seconds: number): Date => new Date(now.getTime() + seconds * 1000);

  it("speak both languages in the server's steps", () => {
    expect(relativeWords(after(3 * 3600), now, "en")).toBe("in 3 hours");
    expect(relativeWords(after(-2 * 86400), now, "en")).toBe("2 days ago");
    expect(relativeWords(after(3 * 3600), now, "zh-Hans")).toBe("3小时后");
    expect(relativeWords(after(3595), now, "en")).toBe("in 1 hour");
    expect(relativeWords(after(20), now, "en")).toBeNull();
  });

  it("turn a clock late when its time has come", () => {
    put(`<span class="due due-near"><time datetime="2026-05-04T09:00:00Z" data-relative>in 1 minute</time></span>`);
    refresh(now);
    expect(document.querySelector(".due")!.className).toBe("due due-late");
  });
});

it("makes photos fit without making small ones larger", () => {
  expect(fit(4000, 3000, 1600)).toEqual([1600, 1200]);
  expect(fit(300, 900, 1600)).toEqual([300, 900]);
});

it("shows a message of the page once, and lets it be closed", () => {
  put(`<div id="toasts"></div><template data-toast-template="failed"><div class="notice-error" data-toast>No<button data-dismiss></button></div></template>`);
  showToast("failed");
  showToast("failed");
  expect(document.querySelectorAll("#toasts [data-toast]").length).toBe(1);
  document.querySelector<HTMLButtonElement>("#toasts button")!.click();
  expect(document.querySelector("#toasts [data-toast]")).toBeNull();
});
