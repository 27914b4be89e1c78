// What the build must keep: small, complete, readable for old browsers. Needs `npm run build` first.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { drawing, iconNames } from "../tools/icons.ts";
import { oldValue } from "../tools/oldColours.ts";
import { DIST, readSources } from "../tools/sources.ts";

interface Entry {
  file: string;
  css?: string[];
  imports?: string[];
}
const built = existsSync(join(DIST, "manifest.json"));
const manifest: Record<string, Entry> = built ? JSON.parse(readFileSync(join(DIST, "manifest.json"), "utf8")) : {};
const size = (file: string): number => gzipSync(readFileSync(join(DIST, file)), { level: 9 }).length;

function files(entry: string, kind: "css" | "js", seen = new Set<string>()): Set<string> {
  const { file, css = [], imports = [] } = manifest[entry]!;
  for (const found of kind === "css" ? css : [file]) seen.add(found);
  for (const next of imports) files(next, kind, seen);
  return seen;
}
const weight = (entry: string, kind: "css" | "js"): number => [...files(entry, kind)].reduce((sum, file) => sum + size(file), 0);
const sheet = (): string => [...files("src/desk.ts", "css")].map((file) => readFileSync(join(DIST, file), "utf8")).join("\n");

describe.skipIf(!built)("the build", () => {
  it.each(["src/desk.ts", "src/portal.ts"])("%s keeps its style under 35 KB", (entry) => {
    expect(weight(entry, "css")).toBeLessThan(35 * 1024);
  });

  it("keeps a portal page without a map under 100 KB", () => {
    const all = weight("src/portal.ts", "css") + weight("src/portal.ts", "js") + weight("src/boot.ts", "js") + size(manifest["icons.svg"]!.file);
    expect(all).toBeLessThan(100 * 1024);
  });

  it("never loads the map with the page", () => {
    for (const entry of ["src/desk.ts", "src/portal.ts"]) {
      for (const file of files(entry, "js")) expect(readFileSync(join(DIST, file), "utf8")).not.toContain("maplibregl-canvas-container");
    }
  });

  it("leaves old browsers no colour that they cannot read", () => {
    // What is inside @supports is theirs to skip.
    const plain = sheet().replace(/@supports[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g, "");
    expect(plain.match(/color-mix\([^)]*\)|oklch\(from[^)]*\)|light-dark\([^)]*\)/g) ?? []).toEqual([]);
  });

  it("kept every class of ours that a template uses", () => {
    const css = sheet();
    const ours = [...new Set([...ownStyles().matchAll(/\.([a-z][a-z0-9-]+)/g)].map((match) => match[1]!))];
    const used = new Set(readSources([".html"]).flatMap((text) => [...text.matchAll(/class="([^"]*)"/g)].flatMap((match) => match[1]!.split(/[\s{}%"']+/))));
    const lost = ours.filter((name) => used.has(name) && !css.includes(`.${name}`));
    expect(lost).toEqual([]);
    for (const name of ["btn-primary", "form-control", "form-select", "form-check-input", "table", "card-body"]) {
      expect(css, name).toContain(`.${name}`);
    }
    for (const kind of ["open", "near", "late", "waiting", "done", "void"]) expect(css).toContain(`.state-${kind}`);
  });
});

function ownStyles(): string {
  const names = ["base", "shell", "portal", "controls", "forms", "badges", "track", "lists", "cards", "messages", "map"];
  const folder = join(import.meta.dirname, "..", "src", "styles");
  return names.map((name) => readFileSync(join(folder, `_${name}.scss`), "utf8")).join("\n");
}

it("knows a drawing for every icon that is named", () => {
  expect(iconNames().filter((name) => drawing(name) === undefined)).toEqual([]);
});

it("gives old browsers the stronger colour of a mix", () => {
  expect(oldValue("color-mix(in oklab, var(--primary) 80%, black)")).toBe("var(--primary)");
  expect(oldValue("color-mix(in oklab, var(--primary) 10%, transparent)")).toBe("transparent");
  expect(oldValue("1px solid oklch(from var(--dark) calc(l + 0.08) c h)")).toBe("1px solid var(--dark)");
});
