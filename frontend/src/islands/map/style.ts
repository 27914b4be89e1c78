/** The layers of the map, from the ground up. No glyphs address: the library then draws every letter from the device's fonts. */
import type { LayerSpecification, SourceSpecification, StyleSpecification } from "maplibre-gl";
import type { Colours } from "./colours.ts";
import { EMPTY } from "./data.ts";
import { buildingPaint, oneLayers, oneSources } from "./one/layers.ts";
import type { Options } from "./options.ts";
import { baseLayers, baseSource } from "./base.ts";

export const FONTS = '"PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", sans-serif';
const FONT = ["PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", "sans-serif"];
const BOLD = ["PingFang SC Bold", ...FONT.slice(1, -1), "sans-serif"];

export const GROUPS = {
  areas: ["areas-fill", "areas-line", "areas-label"],
  buildings: ["buildings-fill", "buildings-line", "buildings-label"],
  matters: ["clusters", "clusters-count", "matters"],
} as const;
export type Group = keyof typeof GROUPS;

function geojson(extra: object = {}): SourceSpecification {
  return { type: "geojson", data: EMPTY, ...extra };
}

function sources(options: Options): Record<string, SourceSpecification> {
  const found: Record<string, SourceSpecification> = {
    areas: geojson({ promoteId: "id" }),
    "area-labels": geojson(),
    buildings: geojson(),
    "building-labels": geojson(),
    matters: geojson({
      cluster: true,
      clusterRadius: 44,
      clusterMaxZoom: 17,
      // A cluster is as bad as the worst in it.
      clusterProperties: {
        late: ["+", ["case", ["==", ["get", "kind"], "late"], 1, 0]],
        near: ["+", ["case", ["==", ["get", "kind"], "near"], 1, 0]],
      },
    }),
  };
  if (options.tiles) found.tiles = baseSource(options);
  return options.mode === "one" ? { ...found, ...oneSources(options.one), buildings: geojson({ promoteId: "id" }) } : found;
}

function groundLayers(colours: Colours, options: Options): LayerSpecification[] {
  const ground: LayerSpecification = { id: "ground", type: "background", paint: { "background-color": colours.soft } };
  return options.tiles ? [ground, ...baseLayers(colours, options)] : [ground];
}

function areaLayers(colours: Colours, options: Options): LayerSpecification[] {
  return [
    {
      id: "areas-fill",
      type: "fill",
      source: "areas",
      paint: { "fill-color": options.tiles ? colours.brand : colours.surface, "fill-opacity": options.tiles ? 0.06 : 1 },
    },
    {
      id: "areas-line",
      type: "line",
      source: "areas",
      layout: { "line-join": "round" },
      paint: { "line-color": colours.brand, "line-width": ["interpolate", ["linear"], ["zoom"], 11, 0.75, 16, 2], "line-opacity": 0.75 },
    },
    {
      id: "buildings-fill",
      type: "fill",
      source: "buildings",
      minzoom: 14,
      paint: { "fill-color": colours.line, "fill-opacity": 0.35 },
    },
    {
      id: "buildings-line",
      type: "line",
      source: "buildings",
      minzoom: 15,
      paint: { "line-color": colours.line, "line-width": 1 },
    },
  ];
}

function labelLayers(colours: Colours): LayerSpecification[] {
  const halo = { "text-color": colours.ink, "text-halo-color": colours.surface, "text-halo-width": 1.5 };
  return [
    {
      id: "buildings-label",
      type: "symbol",
      source: "building-labels",
      minzoom: 16,
      layout: { "text-field": ["get", "name"], "text-font": FONT, "text-size": 12, "text-max-width": 7 },
      paint: halo,
    },
    {
      id: "areas-label",
      type: "symbol",
      source: "area-labels",
      layout: {
        "text-field": ["get", "name"],
        "text-font": BOLD,
        "text-size": ["interpolate", ["linear"], ["zoom"], 11, 12, 16, 16],
        "text-max-width": 8,
        "text-padding": 6,
      },
      paint: { ...halo, "text-color": colours.brand },
    },
  ];
}

function matterLayers(colours: Colours): LayerSpecification[] {
  return [
    {
      id: "clusters",
      type: "circle",
      source: "matters",
      filter: ["has", "point_count"],
      paint: {
        "circle-radius": ["step", ["get", "point_count"], 17, 10, 20, 100, 25, 1000, 31],
        "circle-color": colours.surface,
        "circle-stroke-width": 4,
        "circle-stroke-color": [
          "case",
          [">", ["get", "late"], 0],
          colours.kinds.late,
          [">", ["get", "near"], 0],
          colours.kinds.near,
          colours.kinds.open,
        ],
      },
    },
    {
      id: "clusters-count",
      type: "symbol",
      source: "matters",
      filter: ["has", "point_count"],
      layout: { "text-field": ["get", "point_count_abbreviated"], "text-font": FONT, "text-size": 14, "text-allow-overlap": true },
      paint: { "text-color": colours.ink },
    },
    {
      id: "matters",
      type: "symbol",
      source: "matters",
      filter: ["!", ["has", "point_count"]],
      layout: { "icon-image": ["concat", "kind-", ["get", "kind"]], "icon-allow-overlap": true, "icon-size": 1 },
    },
  ];
}

/** Of the one map: coloured from further away, since that is what one looks for. */
function coloured(colours: Colours, each: LayerSpecification): LayerSpecification {
  if (each.id === "buildings-fill") return { ...each, minzoom: 12, paint: buildingPaint(colours) } as LayerSpecification;
  return each;
}

export function layers(colours: Colours, options: Options): LayerSpecification[] {
  const ground = [...groundLayers(colours, options), ...areaLayers(colours, options)];
  if (options.mode === "one") {
    return [...ground.map((each) => coloured(colours, each)), ...labelLayers(colours), ...oneLayers(colours, options.one)];
  }
  return [...ground, ...labelLayers(colours), ...matterLayers(colours)];
}

export function style(colours: Colours, options: Options): StyleSpecification {
  return { version: 8, sources: sources(options), layers: layers(colours, options) };
}
