// Drops the rules of Tabler that no template uses. Its variables stay: themes switch them.
import purgeCSSPlugin from "@fullhuman/postcss-purgecss";
import { join } from "node:path";
import { FRONTEND, ROOMS } from "./sources.ts";

export const purge = () =>
  purgeCSSPlugin({
    content: [join(ROOMS, "**/templates/**/*.html"), join(ROOMS, "**/*.py"), join(FRONTEND, "src/**/*.ts")],
    // Tailwind-like names too: "col-md-6", "w-100".
    defaultExtractor: (text: string) => text.match(/[A-Za-z0-9_-]+/g) ?? [],
    // Inputs are rendered by Django: no template spells their types.
    dynamicAttributes: ["type", "open", "hidden", "disabled", "readonly", "aria-pressed", "aria-disabled", "aria-current"],
    variables: false,
    keyframes: true,
    safelist: {
      // Put together at run time: kinds, what Django and htmx add by themselves.
      standard: [/^(state|due|kind|notice|track)-/, /^htmx-/, "is-invalid", "active", "show", "js", "errorlist"],
      // The map and the panorama library bring their own sheets and write their own names.
      greedy: [/maplibregl/, /psv-/, /data-bs-theme/],
    },
  });
