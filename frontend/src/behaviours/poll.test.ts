import { beforeEach, expect, it, vi } from "vitest";
import { ask, pause } from "./poll.ts";

type Poll = Parameters<typeof ask>[0];

function poll(html: string): Poll {
  document.body.innerHTML = html;
  return { element: document.querySelector<HTMLElement>("[data-poll]")!, stamp: '"a"', waiting: null, failures: 0 };
}
const answer = (body: string | null, status: number, headers: Record<string, string> = {}) =>
  vi.spyOn(globalThis, "fetch").mockResolvedValue(new Response(body, { status, headers }));
beforeEach(() => vi.restoreAllMocks());

it("asks with the stamp of what it shows and leaves all as it is on 304", async () => {
  const one = poll(`<div data-poll="/rows">old</div>`);
  const fetched = answer(null, 304);
  await ask(one);
  expect((fetched.mock.calls[0]![1]!.headers as Record<string, string>)["If-None-Match"]).toBe('"a"');
  expect(one.element.textContent).toBe("old");
});

it("says that it is no act of a person", async () => {
  const fetched = answer(null, 304);
  await ask(poll(`<div data-poll="/rows"></div>`));
  expect((fetched.mock.calls[0]![1]!.headers as Record<string, string>)["X-Poll"]).toBe("1");
});

it("swaps what is new and remembers its stamp", async () => {
  const one = poll(`<div data-poll="/rows">old</div>`);
  answer("<p>new</p>", 200, { ETag: '"b"' });
  await ask(one);
  expect(one.element.innerHTML).toBe("<p>new</p>");
  expect(one.stamp).toBe('"b"');
});

it("moves nothing under the hand", async () => {
  const one = poll(`<div data-poll="/rows"><input></div>`);
  one.element.querySelector("input")!.focus();
  answer("<p>new</p>", 200);
  await ask(one);
  expect(one.element.querySelector("input")).not.toBeNull();
  expect(one.waiting).toBe("<p>new</p>");
});

it("only counts in count mode", async () => {
  const one = poll(`<div data-poll="/new" data-poll-mode="count"><a data-poll-banner hidden><b data-poll-count></b></a></div>`);
  answer("", 200, { "X-Count": "3" });
  await ask(one);
  expect(one.element.querySelector("b")!.textContent).toBe("3");
  expect(one.element.querySelector("a")!.hidden).toBe(false);
});

it("asks less often when the server is in trouble", async () => {
  const one = poll(`<div data-poll="/rows">old</div>`);
  answer("", 503);
  await ask(one);
  expect(one.failures).toBe(1);
  expect(pause(15, 0, 0.5)).toBe(15);
  expect(pause(15, 1, 0.5)).toBe(30);
  expect(pause(15, 9, 0.5)).toBe(300);
});
