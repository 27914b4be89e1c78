/** Points by tile: asks for the tiles in view, keeps what it has, and hands the map all of them at once. */
import type { Feature, FeatureCollection } from "geojson";
import { fetchCollection } from "../data.ts";
import type { Datum } from "../datum.ts";
import type { Spot } from "../options.ts";

export const DEEPEST = 19;
const KEPT = 200;
const FRESH = 60_000;

export interface TileKey {
  z: number;
  x: number;
  y: number;
}

/** The tile of a zoom that a place lies in. */
export function tileAt([lon, lat]: Spot, z: number): TileKey {
  const side = 2 ** z;
  const sine = Math.sin((Math.max(-85.05, Math.min(85.05, lat)) * Math.PI) / 180);
  const within = (value: number): number => Math.max(0, Math.min(side - 1, Math.floor(value)));
  const x = (lon / 360 + 0.5) * side;
  const y = (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * side;
  return { z, x: within(x), y: within(y) };
}

/** All tiles over a box. */
export function tilesOver(southWest: Spot, northEast: Spot, zoom: number): TileKey[] {
  const z = Math.max(0, Math.min(DEEPEST, Math.floor(zoom)));
  const from = tileAt([southWest[0], northEast[1]], z);
  const to = tileAt([northEast[0], southWest[1]], z);
  const found: TileKey[] = [];
  for (let x = from.x; x <= to.x; x++) for (let y = from.y; y <= to.y; y++) found.push({ z, x, y });
  return found;
}

export class TileLayer {
  private readonly kept = new Map<string, { at: number; features: Promise<Feature[]> }>();
  private asked = 0;

  constructor(
    private address: string,
    private readonly shift: Datum,
    private readonly put: (data: FeatureCollection) => void,
    private readonly failed: () => void,
  ) {}

  /** Another filter: other tiles. */
  set(address: string): void {
    this.address = address;
  }

  /** Draws what lies in a box (in WGS 84); only the last question counts. */
  async draw(southWest: Spot, northEast: Spot, zoom: number): Promise<void> {
    const mine = ++this.asked;
    try {
      const parts = await Promise.all(tilesOver(southWest, northEast, zoom).map((tile) => this.tile(tile)));
      if (mine === this.asked) this.put({ type: "FeatureCollection", features: parts.flat() });
    } catch {
      if (mine === this.asked) this.failed();
    }
  }

  clear(): void {
    this.asked++;
    this.put({ type: "FeatureCollection", features: [] });
  }

  private tile({ z, x, y }: TileKey): Promise<Feature[]> {
    const url = this.address.replace("{z}", String(z)).replace("{x}", String(x)).replace("{y}", String(y));
    const known = this.kept.get(url);
    if (known && Date.now() - known.at < FRESH) return known.features;
    const features = fetchCollection(url).then((found) => this.shift.there(found).features);
    // What failed is asked for again.
    features.catch(() => this.kept.delete(url));
    this.kept.set(url, { at: Date.now(), features });
    if (this.kept.size > KEPT) this.kept.delete(this.kept.keys().next().value!);
    return features;
  }
}
