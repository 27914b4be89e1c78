/** What the one map draws above borders and buildings. */
import type { LayerSpecification, SourceSpecification } from "maplibre-gl";
import type { Colours } from "../colours.ts";
import { EMPTY } from "../data.ts";
import type { One } from "./options.ts";
import { ramp } from "./scale.ts";

const FONT = ["PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", "sans-serif"];
const DASHES = [[4, 2], [1.5, 1.5], [6, 2, 1.5, 2]];
const BUILDING = 22;

export const POINTS = ["merchants", "people", "landmarks", "panoramas", "matters"] as const;
export type PointLayer = (typeof POINTS)[number];

/** The layers of the map by what the panel calls them. */
export const ONE_GROUPS: Record<PointLayer, string[]> = {
  matters: ["clusters", "clusters-count", "matters"],
  merchants: ["merchant-clusters", "merchant-clusters-count", "merchants"],
  people: ["people", "people-buildings"],
  landmarks: ["landmarks"],
  panoramas: ["panoramas"],
};

export const familyLayers = (code: string): string[] => [`family-${code}-line`, `family-${code}-label`];

export function oneSources(one: One): Record<string, SourceSpecification> {
  const names = [...POINTS, ...one.families.map(({ code }) => `family-${code}`), ...one.families.map(({ code }) => `family-${code}-labels`)];
  return Object.fromEntries(names.map((name) => [name, { type: "geojson", data: EMPTY } as SourceSpecification]));
}

/** The paint of a building by its class; without one it is plain. */
export function buildingPaint(colours: Colours): Record<string, unknown> {
  const known = ["coalesce", ["feature-state", "class"], -1];
  return {
    "fill-color": ["match", known, ...ramp(colours).flatMap((colour, index) => [index, colour]), colours.line],
    "fill-opacity": ["case", [">=", known, 0], 0.92, 0.35],
  };
}

function families(colours: Colours, one: One): LayerSpecification[] {
  return one.families.flatMap(({ code }, index): LayerSpecification[] => [
    {
      id: `family-${code}-line`,
      type: "line",
      source: `family-${code}`,
      layout: { visibility: "none" },
      paint: { "line-color": colours.ink, "line-width": 2, "line-dasharray": DASHES[index % DASHES.length]! },
    },
    {
      id: `family-${code}-label`,
      type: "symbol",
      source: `family-${code}-labels`,
      layout: { visibility: "none", "text-field": ["get", "name"], "text-font": FONT, "text-size": 13 },
      paint: { "text-color": colours.ink, "text-halo-color": colours.surface, "text-halo-width": 1.5 },
    },
  ]);
}

function clusters(id: string, source: string, colours: Colours, stroke: unknown, hidden: boolean): LayerSpecification[] {
  const visibility = hidden ? "none" : "visible";
  return [
    {
      id,
      type: "circle",
      source,
      filter: ["has", "count"],
      layout: { visibility },
      paint: {
        "circle-radius": ["step", ["get", "count"], 15, 10, 18, 100, 22, 1000, 27],
        "circle-color": colours.surface,
        "circle-stroke-width": 4,
        "circle-stroke-color": stroke as string,
      },
    },
    {
      id: `${id}-count`,
      type: "symbol",
      source,
      filter: ["has", "count"],
      layout: { visibility, "text-field": ["to-string", ["get", "count"]], "text-font": FONT, "text-size": 13, "text-allow-overlap": true },
      paint: { "text-color": colours.ink },
    },
  ] as LayerSpecification[];
}

interface Marks {
  id: string;
  source: string;
  image: unknown;
  named: number;
  filter?: unknown;
  minzoom?: number;
}

function marks(colours: Colours, { id, source, image, named, filter, minzoom }: Marks, hidden: boolean): LayerSpecification {
  return {
    id,
    type: "symbol",
    source,
    minzoom: minzoom ?? 0,
    ...(filter ? { filter } : {}),
    layout: {
      visibility: hidden ? "none" : "visible",
      "icon-image": image,
      "icon-allow-overlap": true,
      "text-field": ["step", ["zoom"], "", named, ["get", "name"]],
      "text-font": FONT,
      "text-size": 12,
      "text-anchor": "top",
      "text-offset": [0, 1.1],
      "text-optional": true,
      "text-max-width": 9,
    },
    paint: { "text-color": colours.ink, "text-halo-color": colours.surface, "text-halo-width": 1.5 },
  } as unknown as LayerSpecification;
}

const single = ["!", ["has", "count"]];

export function oneLayers(colours: Colours, one: One): LayerSpecification[] {
  const worst = ["case", [">", ["coalesce", ["get", "late"], 0], 0], colours.kinds.late, colours.kinds.open];
  return [
    ...families(colours, one),
    marks(colours, { id: "panoramas", source: "panoramas", image: "pin-panorama", named: 17, minzoom: 13 }, true),
    marks(colours, { id: "landmarks", source: "landmarks", image: ["concat", "pin-", ["get", "kind"]], named: 16, minzoom: 13 }, true),
    ...clusters("merchant-clusters", "merchants", colours, colours.line, true),
    marks(colours, { id: "merchants", source: "merchants", image: "pin-merchant", named: 17, filter: single }, true),
    marks(colours, { id: "people", source: "people", image: "pin-person", named: 15, filter: ["<", ["get", "level"], BUILDING] }, true),
    marks(colours, { id: "people-buildings", source: "people", image: "pin-person", named: 17, minzoom: 16,
      filter: [">=", ["get", "level"], BUILDING] }, true),
    ...clusters("clusters", "matters", colours, worst, false),
    {
      id: "matters",
      type: "symbol",
      source: "matters",
      filter: single,
      layout: { "icon-image": ["concat", "kind-", ["get", "kind"]], "icon-allow-overlap": true },
    } as unknown as LayerSpecification,
  ];
}
