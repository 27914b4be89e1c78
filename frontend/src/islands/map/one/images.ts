/** The marks of places, shops and people: a light disc with an icon. */
import basket from "@tabler/icons/outline/basket.svg?raw";
import centre from "@tabler/icons/outline/building-community.svg?raw";
import shop from "@tabler/icons/outline/building-store.svg?raw";
import bus from "@tabler/icons/outline/bus.svg?raw";
import charging from "@tabler/icons/outline/charging-pile.svg?raw";
import flame from "@tabler/icons/outline/flame.svg?raw";
import heart from "@tabler/icons/outline/heartbeat.svg?raw";
import pin from "@tabler/icons/outline/map-pin.svg?raw";
import elders from "@tabler/icons/outline/old.svg?raw";
import school from "@tabler/icons/outline/school.svg?raw";
import shield from "@tabler/icons/outline/shield.svg?raw";
import clinic from "@tabler/icons/outline/stethoscope.svg?raw";
import tent from "@tabler/icons/outline/tent.svg?raw";
import toilet from "@tabler/icons/outline/toilet-paper.svg?raw";
import trash from "@tabler/icons/outline/trash.svg?raw";
import trees from "@tabler/icons/outline/trees.svg?raw";
import person from "@tabler/icons/outline/user.svg?raw";
import around from "@tabler/icons/outline/view-360.svg?raw";
import type { Map } from "maplibre-gl";
import type { Colours } from "../colours.ts";
import { addImage, type Look } from "../images.ts";

/** By the codes of public places, and of what else is pinned. */
export const PINS: Record<string, string> = {
  police: shield, fire: flame, clinic, aed: heart, shelter: tent, service: centre, school, elders, park: trees, market: basket,
  toilet, transport: bus, charging, waste: trash, other: pin, merchant: shop, person, panorama: around,
};
const FILLED = new Set(["person", "panorama"]);

function look(name: string, { brand, surface, ink }: Colours): Look {
  if (FILLED.has(name)) return { ground: brand, ring: surface, ink: surface };
  const own = name === "merchant" ? ink : brand;
  return { ground: surface, ring: own, ink: own };
}

export function addPins(map: Map, colours: Colours): void {
  for (const [name, drawing] of Object.entries(PINS)) addImage(map, `pin-${name}`, drawing, look(name, colours));
}
