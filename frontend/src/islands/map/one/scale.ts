/** Which class a number belongs to, and the colours of the classes: one hue from the ground to the brand. */
import type { Colours } from "../colours.ts";

export interface Step {
  from: number;
  words: string;
}

export interface Numbers {
  by: string;
  label: string;
  unit: string;
  classes: Step[];
  values: Record<string, number>;
}

export const STEPS = 5;

export function classOf(value: number, classes: Step[]): number {
  let found = 0;
  classes.forEach((step, index) => {
    if (value >= step.from) found = index;
  });
  return found;
}

export function channels(colour: string): [number, number, number] {
  const text = colour.trim();
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text)?.[1];
  if (hex) {
    const whole = hex.length === 3 ? [...hex].map((each) => each + each).join("") : hex;
    return [0, 2, 4].map((at) => parseInt(whole.slice(at, at + 2), 16)) as [number, number, number];
  }
  const numbers = text.match(/[\d.]+/g)?.slice(0, 3).map(Number) ?? [];
  return numbers.length === 3 ? (numbers as [number, number, number]) : [102, 113, 122];
}

export function mixed(one: string, other: string, share: number): string {
  const [from, to] = [channels(one), channels(other)];
  return `rgb(${from.map((value, at) => Math.round(value + (to[at]! - value) * share)).join(", ")})`;
}

/** From nearly nothing to the brand: told apart by lightness alone, so by everybody, in both themes. */
export function ramp(colours: Colours): string[] {
  return [0.04, 0.22, 0.45, 0.7, 1].map((share) => mixed(colours.surface, colours.brand, share));
}

/** How many of all buildings fall into each class; a building without a number counts as zero. */
export function counted(paths: string[], numbers: Numbers): number[] {
  const counts = numbers.classes.map(() => 0);
  for (const path of paths) counts[classOf(numbers.values[path] ?? 0, numbers.classes)]!++;
  return counts;
}
