/** What the page says about the one map: where each layer comes from. A layer that one may not read is empty. */
import { ownAddress } from "../early.ts";
import type { Words } from "../options.ts";

export interface Colouring {
  by: string;
  label: string;
  url: string;
}

export interface Family {
  code: string;
  label: string;
  url: string;
}

export interface One {
  /** Addresses of tiles, with {z}, {x} and {y}. */
  matters: string;
  merchants: string;
  landmarks: string;
  panoramas: string;
  people: string;
  families: Family[];
  colours: Colouring[];
  kinds: Record<string, number>;
  card: string;
  find: string;
  words: Words;
}

const EMPTY: One = {
  matters: "", merchants: "", landmarks: "", panoramas: "", people: "", families: [], colours: [], kinds: {}, card: "", find: "", words: {},
};

/** Only our own addresses are asked; braces stay as they are. */
function own(address: string): string {
  return ownAddress(address).replace(/%7B/g, "{").replace(/%7D/g, "}");
}

export function readOne(text: string | undefined): One {
  let given: Partial<One>;
  try {
    given = JSON.parse(text || "{}") as Partial<One>;
  } catch {
    return EMPTY;
  }
  const one = { ...EMPTY, ...given };
  for (const name of ["matters", "merchants", "landmarks", "panoramas", "people", "card", "find"] as const) one[name] = own(one[name]);
  one.families = one.families.map((each) => ({ ...each, url: own(each.url) }));
  one.colours = one.colours.map((each) => ({ ...each, url: own(each.url) }));
  return one;
}
