/** The marks of the matters: a disc in the colour of the kind with its icon, drawn on a canvas (no request, no CSP trouble). */
import late from "@tabler/icons/outline/alert-triangle.svg?raw";
import done from "@tabler/icons/outline/check.svg?raw";
import open from "@tabler/icons/outline/circle-dot.svg?raw";
import near from "@tabler/icons/outline/hourglass-high.svg?raw";
import waiting from "@tabler/icons/outline/player-pause.svg?raw";
import none from "@tabler/icons/outline/circle-off.svg?raw";
import type { Map } from "maplibre-gl";
import { type Colours, KINDS, type Kind } from "./colours.ts";

const DRAWINGS: Record<Kind, string> = { late, done, open, near, waiting, void: none };
const SIZE = 28;
const RATIO = 2;

/** The strokes of an icon file; its first path is the invisible frame. */
export function strokes(svg: string): string[] {
  return [...svg.matchAll(/<path(?![^>]*stroke="none")[^>]*\sd="([^"]+)"/g)].map((match) => match[1]!);
}

/** What a disc looks like: its ground, its ring, and the ink of its icon. */
export interface Look {
  ground: string;
  ring: string;
  ink: string;
}

function disc(svg: string, { ground, ring, ink }: Look): ImageData | null {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIZE * RATIO;
  const pen = canvas.getContext("2d");
  if (!pen) return null;
  const middle = (SIZE * RATIO) / 2;
  pen.beginPath();
  pen.arc(middle, middle, middle - 3, 0, Math.PI * 2);
  pen.fillStyle = ground;
  pen.fill();
  pen.lineWidth = 3;
  pen.strokeStyle = ring;
  pen.stroke();
  const scale = (SIZE * RATIO * 0.57) / 24;
  pen.translate(middle - 12 * scale, middle - 12 * scale);
  pen.scale(scale, scale);
  pen.strokeStyle = ink;
  pen.lineWidth = 2.2;
  pen.lineCap = pen.lineJoin = "round";
  for (const path of strokes(svg)) pen.stroke(new Path2D(path));
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}

/** Gives the map a mark under a name; drawn anew when the theme changes. */
export function addImage(map: Map, name: string, svg: string, look: Look): void {
  const image = disc(svg, look);
  if (!image) return;
  if (map.hasImage(name)) map.updateImage(name, image);
  else map.addImage(name, image, { pixelRatio: RATIO });
}

export function addImages(map: Map, colours: Colours): void {
  for (const kind of KINDS) addImage(map, `kind-${kind}`, DRAWINGS[kind], { ground: colours.kinds[kind], ring: colours.surface, ink: colours.surface });
}
