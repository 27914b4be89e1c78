// One sprite of the icons in use, from Tabler's outline set. An icon is found by how its name is written:
// icon "x", icon="x", icon='x', "icon": "x"; names that are put together at run time stand in look/icons.txt.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";
import { ICON_DIR, LOOK, readSources } from "./sources.ts";

const WRITTEN = /\bicon(?:_name)?["']?\s*(?:[:=]\s*)?["']([a-z0-9]+(?:-[a-z0-9]+)*)["']/g;
// The tables of kinds in templatetags/look.py and the symbols of the map.
const TABLE = /_ICONS(?::[^=\n]*)?\s*=\s*\{([^}]*)\}/g;
const VALUE = /:\s*"([a-z0-9-]+)"/g;

export function iconNames(): string[] {
  const names = new Set<string>();
  for (const text of readSources([".html", ".py", ".ts"])) {
    for (const [, name] of text.matchAll(WRITTEN)) names.add(name!);
    for (const [, table] of text.matchAll(TABLE)) for (const [, name] of table!.matchAll(VALUE)) names.add(name!);
  }
  for (const line of readFileSync(join(LOOK, "icons.txt"), "utf8").split("\n")) {
    const name = line.replace(/#.*/, "").trim();
    if (name) names.add(name);
  }
  return [...names].sort();
}

/** The drawing inside Tabler's file, or undefined where there is no such icon. */
export function drawing(name: string): string | undefined {
  try {
    const svg = readFileSync(join(ICON_DIR, `${name}.svg`), "utf8");
    return svg
      .replace(/^[\s\S]*?<svg[^>]*>/, "")
      .replace(/<\/svg>\s*$/, "")
      .replace(/<path stroke="none"[^>]*>/, "")
      .replace(/\s*\n\s*/g, "");
  } catch {
    return undefined;
  }
}

export function sprite(names: string[], warn: (text: string) => void): string {
  const symbols = names.map((name) => {
    const inner = drawing(name);
    if (inner === undefined) warn(`There is no Tabler icon "${name}".`);
    return inner === undefined ? "" : `<symbol id="${name}" viewBox="0 0 24 24">${inner}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`;
}

export function iconSprite(): Plugin {
  return {
    name: "mulin-icons",
    apply: "build",
    buildStart() {
      this.emitFile({
        type: "asset",
        name: "icons.svg",
        originalFileName: "icons.svg",
        source: sprite(iconNames(), (text) => this.warn(text)),
      });
    },
  };
}
