import { expect, test } from "vitest";
import { opened, toBytes, toText } from "./passkey.ts";

test("bytes become text and bytes again", () => {
  const text = toText(Uint8Array.from([0, 255, 62, 63, 1]).buffer);
  expect(text).not.toMatch(/[+/=]/);
  expect([...new Uint8Array(toBytes(text))]).toEqual([0, 255, 62, 63, 1]);
});

test("what the server sends is opened wherever the browser wants bytes", () => {
  const wanted = opened({ challenge: "AAE", user: { id: "AQ", name: "li" }, excludeCredentials: [{ id: "Ag", type: "public-key" }] });
  expect(new Uint8Array(wanted.challenge as ArrayBuffer).length).toBe(2);
  expect(wanted.user).toMatchObject({ name: "li" });
  expect((wanted.excludeCredentials as { id: ArrayBuffer }[])[0]!.id.byteLength).toBe(1);
});
