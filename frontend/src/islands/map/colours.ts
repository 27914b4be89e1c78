/** The map's colours are the page's: read from the style sheet, so that the theme rules them too. */
export const KINDS = ["late", "near", "open", "waiting", "done", "void"] as const;
export type Kind = (typeof KINDS)[number];

export interface Colours {
  ground: string;
  surface: string;
  ink: string;
  soft: string;
  line: string;
  brand: string;
  brandSoft: string;
  kinds: Record<Kind, string>;
}

export function readColours(): Colours {
  const style = getComputedStyle(document.documentElement);
  // A lowered light-dark() leaves spaces around the value.
  const read = (name: string, instead: string): string => style.getPropertyValue(`--${name}`).trim() || instead;
  return {
    ground: read("ground", "#f5f6f7"),
    surface: read("surface", "#ffffff"),
    ink: read("ink", "#1b2227"),
    soft: read("surface-2", "#f0f2f4"),
    line: read("line-strong", "#79848d"),
    brand: read("brand", "#095855"),
    brandSoft: read("brand-soft", "#e3f1f0"),
    kinds: Object.fromEntries(KINDS.map((kind) => [kind, read(kind, "#66717a")])) as Record<Kind, string>,
  };
}
