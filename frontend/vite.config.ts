import { join } from "node:path";
import { defineConfig } from "vitest/config";
import type { Plugin } from "vite";
import { iconSprite } from "./tools/icons.ts";
import { oldColours } from "./tools/oldColours.ts";
import { purge } from "./tools/purge.ts";
import { DIST, FRONTEND } from "./tools/sources.ts";

const input = ["boot", "desk", "portal"].map((name) => join(FRONTEND, "src", `${name}.ts`));
// What the phones of grid workers and residents still run.
const oldest = ["chrome87", "safari14"];

const keepWorker: Plugin = {
  name: "mulin-keep-worker",
  transform: (code, id) => (id.includes("maplibre-gl-worker") ? { code, map: null, moduleSideEffects: true } : undefined),
};

export default defineConfig({
  // Addresses relative to the files, so that STATIC_URL is Django's affair alone.
  base: "./",
  publicDir: false,
  css: {
    postcss: { plugins: [purge(), oldColours()] },
    preprocessorOptions: { scss: { loadPaths: [join(FRONTEND, "node_modules")], quietDeps: true } },
  },
  plugins: [iconSprite()],
  build: {
    outDir: DIST,
    emptyOutDir: true,
    manifest: "manifest.json",
    target: oldest,
    cssTarget: oldest,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
    rollupOptions: { input },
  },
  // The map library calls its worker file free of side effects; alone, it is nothing but side effects.
  worker: { plugins: () => [keepWorker] },
  test: { environment: "happy-dom", include: ["src/**/*.test.ts", "tests/**/*.test.ts"] },
});
