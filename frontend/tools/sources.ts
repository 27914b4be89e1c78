// Where the build looks for class names and icons: the templates and code of every room.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const FRONTEND = dirname(dirname(fileURLToPath(import.meta.url)));
export const ROOMS = join(FRONTEND, "..", "src", "mulin");
export const LOOK = join(ROOMS, "look");
export const DIST = join(LOOK, "static", "look", "dist");
export const ICON_DIR = join(FRONTEND, "node_modules", "@tabler", "icons", "icons", "outline");

const SKIP = new Set(["node_modules", "dist", "migrations", "__pycache__", "locale", "data", "styles"]);

function walk(folder: string, endings: string[], found: string[]): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!SKIP.has(entry.name)) walk(path, endings, found);
    } else if (endings.some((ending) => entry.name.endsWith(ending)) && !entry.name.endsWith(".test.ts")) {
      found.push(path);
    }
  }
}

/** Every source file with one of these endings. */
export function sourceFiles(endings: string[]): string[] {
  const found: string[] = [];
  walk(ROOMS, endings, found);
  walk(join(FRONTEND, "src"), endings, found);
  return found;
}

export const readSources = (endings: string[]): string[] => sourceFiles(endings).map((path) => readFileSync(path, "utf8"));
