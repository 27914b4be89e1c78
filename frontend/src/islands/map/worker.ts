/** The map library's worker, built by us so that old browsers can read it. */
import "./oldBrowsers.ts";
import "maplibre-gl/dist/maplibre-gl-worker.mjs";
