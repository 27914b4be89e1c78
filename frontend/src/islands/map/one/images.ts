/** The marks of places, shops and people: a light disc with an icon, drawn on a canvas. */
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
import { strokes } from "../images.ts";

/** By the codes of public places, and of what else is pinned. */
export const PINS: Record<string, string> = {
  police: shield, fire: flame, clinic, aed: heart, shelter: tent, service: centre, school, elders, park: trees, market: basket,
  toilet, transport: bus, charging, waste: trash, other: pin, merchant: shop, person, panorama: around,
};
const FILLED = new Set(["person", "panorama"]);
const SIZE = 28;
const RATIO = 2;

function draw(name: string, colours: Colours): ImageData | null {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIZE * RATIO;
  const pen = canvas.getContext("2d");
  if (!pen) return null;
  const middle = (SIZE * RATIO) / 2;
  const [ground, ink] = FILLED.has(name) ? [colours.brand, colours.surface] : [colours.surface, name === "merchant" ? colours.ink : colours.brand];
  pen.beginPath();
  pen.arc(middle, middle, middle - 3, 0, Math.PI * 2);
  pen.fillStyle = ground;
  pen.fill();
  pen.lineWidth = 3;
  pen.strokeStyle = FILLED.has(name) ? colours.surface : ink;
  pen.stroke();
  const scale = (SIZE * RATIO * 0.56) / 24;
  pen.translate(middle - 12 * scale, middle - 12 * scale);
  pen.scale(scale, scale);
  pen.strokeStyle = ink;
  pen.lineWidth = 2;
  pen.lineCap = pen.lineJoin = "round";
  for (const path of strokes(PINS[name]!)) pen.stroke(new Path2D(path));
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}

export function addPins(map: Map, colours: Colours): void {
  for (const name of Object.keys(PINS)) {
    const image = draw(name, colours);
    if (!image) continue;
    if (map.hasImage(`pin-${name}`)) map.updateImage(`pin-${name}`, image);
    else map.addImage(`pin-${name}`, image, { pixelRatio: RATIO });
  }
}
