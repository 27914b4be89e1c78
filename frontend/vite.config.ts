import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { iconSprite } from "./tools/icons.ts";
import { oldColours } from "./tools/oldColours.ts";
import { purge } from "./tools/purge.ts";
import { DIST, FRONTEND } from "./tools/sources.ts";

const input = ["boot", "desk", "portal"].map((name) => join(FRONTEND, "src", `${name}.ts`));
// What the phones of grid workers and residents still run.
const oldest = ["chrome87", "safari14"];

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
  test: { environment: "happy-dom", include: ["src/**/*.test.ts", "tests/**/*.test.ts"] },
});
