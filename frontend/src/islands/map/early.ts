/** What a map will surely draw is asked for while its library is still on the way. */
import type { FeatureCollection } from "geojson";

const asked = new Map<string, Promise<FeatureCollection>>();

/** Only our own addresses are asked for data: a page that is tricked into naming another gets nothing. */
export function ownAddress(address: string | undefined): string {
  if (!address) return "";
  const url = new URL(address, location.href);
  return url.origin === location.origin ? url.href : "";
}

async function ask(address: string): Promise<FeatureCollection> {
  const answer = await fetch(address, { credentials: "same-origin", headers: { Accept: "application/geo+json, application/json" } });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return (await answer.json()) as FeatureCollection;
}

export function askEarly(address: string): void {
  if (!address || asked.has(address)) return;
  const answer = ask(address);
  answer.catch(() => undefined); // told to whoever takes it
  asked.set(address, answer);
}

/** The answer that is on its way already, once; later ones are asked for anew. */
export function answerTo(address: string): Promise<FeatureCollection> {
  const early = asked.get(address);
  asked.delete(address);
  return early ?? ask(address);
}
