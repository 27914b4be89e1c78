/** To the shifted datum of some Chinese tiles and back; the library comes only where such tiles are set. */
import type { FeatureCollection } from "geojson";
import type { Spot } from "./options.ts";

export interface Datum {
  there(collection: FeatureCollection): FeatureCollection;
  spotThere(at: Spot): Spot;
  spotBack(at: Spot): Spot;
}

const SAME: Datum = { there: (collection) => collection, spotThere: (at) => at, spotBack: (at) => at };

export async function datum(gcj02: boolean): Promise<Datum> {
  if (!gcj02) return SAME;
  const { default: gcoord } = await import("gcoord");
  const { WGS84, GCJ02 } = gcoord;
  return {
    there: (collection) => gcoord.transform(JSON.parse(JSON.stringify(collection)) as never, WGS84, GCJ02) as FeatureCollection,
    spotThere: (at) => gcoord.transform([...at], WGS84, GCJ02) as Spot,
    spotBack: (at) => gcoord.transform([...at], GCJ02, WGS84) as Spot,
  };
}
