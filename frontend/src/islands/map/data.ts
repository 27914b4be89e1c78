/** GeoJSON: fetched from our own server, shifted to the tiles' datum where needed, measured. */
import type { Feature, FeatureCollection, Geometry, Point, Position } from "geojson";
import { answerTo } from "./early.ts";
import type { Spot } from "./options.ts";

export const EMPTY: FeatureCollection = { type: "FeatureCollection", features: [] };

export async function fetchCollection(address: string): Promise<FeatureCollection> {
  return address ? answerTo(address) : EMPTY;
}

/** Every position of a geometry. */
export function positions(geometry: Geometry | null): Position[] {
  if (!geometry) return [];
  if (geometry.type === "GeometryCollection") return geometry.geometries.flatMap(positions);
  const flat = (value: unknown): Position[] =>
    Array.isArray(value) && typeof value[0] === "number" ? [value as Position] : (value as unknown[]).flatMap(flat);
  return flat(geometry.coordinates);
}

/** West, south, east, north of all features; nothing for an empty collection. */
export function bounds(collection: FeatureCollection): [number, number, number, number] | null {
  let box: [number, number, number, number] | null = null;
  for (const feature of collection.features) {
    for (const [x, y] of positions(feature.geometry) as [number, number][]) {
      box = box ? [Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y)] : [x, y, x, y];
    }
  }
  return box;
}

/** Twice the signed area of a ring, and its centroid by the same sums. */
function ringCentre(ring: Position[]): { area: number; centre: Spot } {
  const [originX, originY] = ring[0] as Spot;
  let area = 0;
  let x = 0;
  let y = 0;
  for (let at = 0; at < ring.length - 1; at++) {
    const [x1, y1] = [ring[at]![0]! - originX, ring[at]![1]! - originY];
    const [x2, y2] = [ring[at + 1]![0]! - originX, ring[at + 1]![1]! - originY];
    const cross = x1 * y2 - x2 * y1;
    area += cross;
    x += (x1 + x2) * cross;
    y += (y1 + y2) * cross;
  }
  if (!area) return { area: 0, centre: [originX, originY] };
  return { area: Math.abs(area), centre: [originX + x / (3 * area), originY + y / (3 * area)] };
}

function centre(geometry: Geometry): Spot | null {
  if (geometry.type === "Point") return geometry.coordinates as Spot;
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.type === "MultiPolygon" ? geometry.coordinates : [];
  const rings = polygons.map((rings) => ringCentre(rings[0] ?? [[0, 0]]));
  return rings.sort((one, other) => other.area - one.area)[0]?.centre ?? null;
}

/** One point for each named shape: a label on the polygon itself would be repeated in every tile. */
export function labelPoints(collection: FeatureCollection): FeatureCollection<Point> {
  const features: Feature<Point>[] = [];
  for (const feature of collection.features) {
    const at = feature.geometry ? centre(feature.geometry) : null;
    if (at) features.push({ type: "Feature", geometry: { type: "Point", coordinates: at }, properties: feature.properties });
  }
  return { type: "FeatureCollection", features };
}
