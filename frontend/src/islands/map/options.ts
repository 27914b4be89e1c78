/** What a page says about its map, read from the `data-` attributes once. */
import type { LngLatLike } from "maplibre-gl";
import { ownAddress } from "./early.ts";
import { type One, readOne } from "./one/options.ts";

export type Mode = "pick" | "show" | "browse" | "one";
export type Words = Record<string, string>;
export type Spot = [number, number];

export interface Options {
  mode: Mode;
  center: Spot | null;
  point: Spot | null;
  zoom: number;
  areas: string;
  buildings: string;
  matters: string;
  nearest: string;
  /** What the one map draws besides. */
  one: One;
  tiles: string;
  /** Pictures, or shapes in the schema of OpenMapTiles. */
  tilesAreShapes: boolean;
  attribution: string;
  /** The datum of the tiles: Chinese providers shift theirs (GCJ-02). Ours is always WGS 84. */
  gcj02: boolean;
  words: Words;
}

export function spot(text: string | undefined): Spot | null {
  const [lon, lat] = (text ?? "").split(",").map(Number);
  return Number.isFinite(lon) && Number.isFinite(lat) && text ? [lon!, lat!] : null;
}

function words(text: string | undefined): Words {
  try {
    return JSON.parse(text || "{}") as Words;
  } catch {
    return {};
  }
}

export function readOptions(box: HTMLElement): Options {
  const data = box.dataset;
  const mode = data.map as Mode;
  return {
    mode: mode === "pick" || mode === "browse" || mode === "one" ? mode : "show",
    center: spot(data.center),
    point: spot(data.point),
    zoom: Number(data.zoom || 15),
    areas: ownAddress(data.areas),
    buildings: ownAddress(data.buildings),
    matters: ownAddress(data.matters),
    nearest: ownAddress(data.nearest),
    one: readOne(data.one),
    tiles: data.tiles ?? "",
    tilesAreShapes: data.tilesKind === "vector",
    attribution: data.tilesAttribution ?? "",
    gcj02: data.tilesDatum === "gcj02" && !!data.tiles,
    words: words(data.words),
  };
}

export const asLngLat = (at: Spot): LngLatLike => [at[0], at[1]];
