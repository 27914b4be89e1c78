/** The eight ways one may look, by the degrees from north. */
const SIDES = ["n", "ne", "e", "se", "s", "sw", "w", "nw"];

export function side(degrees: number): string {
  return SIDES[Math.round((((degrees % 360) + 360) % 360) / 45) % 8]!;
}
