/** The town's own ground under everything, where it has one: pictures, or shapes in the schema of OpenMapTiles. */
import type { LayerSpecification, SourceSpecification } from "maplibre-gl";
import type { Colours } from "./colours.ts";
import { mixed } from "./one/scale.ts";
import type { Options } from "./options.ts";

const FONT = ["PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", "sans-serif"];

export function baseSource(options: Options): SourceSpecification {
  const common = { tiles: [options.tiles], attribution: options.attribution };
  return options.tilesAreShapes ? { type: "vector", maxzoom: 14, ...common } : { type: "raster", tileSize: 256, ...common };
}

export function baseLayers(colours: Colours, options: Options): LayerSpecification[] {
  return options.tilesAreShapes ? shapes(colours) : [{ id: "tiles", type: "raster", source: "tiles" }];
}

/** Quiet, so that our own layers stand out; no glyphs and no sprite are fetched from anywhere. */
function shapes(colours: Colours): LayerSpecification[] {
  const shape = (id: string, layer: string, colour: string): LayerSpecification => ({
    id: `base-${id}`, type: "fill", source: "tiles", "source-layer": layer, paint: { "fill-color": colour },
  });
  const line = (id: string, layer: string, colour: string, wide: number): LayerSpecification => ({
    id: `base-${id}`, type: "line", source: "tiles", "source-layer": layer, layout: { "line-join": "round", "line-cap": "round" },
    paint: { "line-color": colour, "line-width": ["interpolate", ["exponential", 1.6], ["zoom"], 8, 0.3 * wide, 18, 8 * wide] },
  });
  const label = (id: string, layer: string, line: boolean): LayerSpecification => ({
    id: `base-${id}`, type: "symbol", source: "tiles", "source-layer": layer,
    layout: { "text-field": ["coalesce", ["get", "name"], ""], "text-font": FONT, "text-size": 12, "symbol-placement": line ? "line" : "point" },
    paint: { "text-color": colours.line, "text-halo-color": colours.surface, "text-halo-width": 1.2 },
  });
  return [
    shape("cover", "landcover", mixed(colours.soft, colours.kinds.done, 0.12)),
    shape("park", "park", mixed(colours.soft, colours.kinds.done, 0.16)),
    shape("water", "water", mixed(colours.soft, colours.kinds.open, 0.25)),
    line("stream", "waterway", mixed(colours.soft, colours.kinds.open, 0.3), 0.4),
    line("road", "transportation", colours.surface, 1),
    label("road-name", "transportation_name", true),
    label("place-name", "place", false),
  ];
}
