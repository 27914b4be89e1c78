/** Layers, legend and colours in one: what is drawn, what a colour means, how many there are. */
import { KINDS, type Colours, type Kind } from "../colours.ts";
import { group, line, listButton } from "../panel.ts";
import type { MapIsland } from "../island.ts";
import type { One } from "./options.ts";
import type { PointLayer } from "./layers.ts";
import { ramp, type Numbers } from "./scale.ts";

export interface Switches {
  kind: (kind: Kind, on: boolean) => void;
  points: (layer: PointLayer, on: boolean) => void;
  ground: (layer: "areas" | "buildings", on: boolean) => void;
  family: (code: string, on: boolean) => void;
  colour: (by: string) => void;
}

export class Panel {
  private readonly box = document.createElement("details");
  private readonly legend = document.createElement("ul");

  constructor(
    private readonly island: MapIsland,
    private readonly one: One,
    switches: Switches,
    shown: ReadonlySet<string>,
  ) {
    const { words } = one;
    this.box.className = "map-panel";
    this.box.open = island.box.clientWidth > 767;
    this.legend.className = "map-scale";
    this.legend.hidden = true;
    const summary = document.createElement("summary");
    summary.textContent = words.layers ?? "";
    this.box.append(
      summary,
      ...group(words.matters ?? "", this.kinds(switches)),
      ...group(words.colour ?? "", this.colours(switches)),
      this.legend,
      ...group(words.layers ?? "", this.layers(switches, shown)),
      ...listButton(island),
    );
    island.box.append(this.box);
  }

  private kinds(switches: Switches): HTMLElement[] {
    const words = this.island.options.words;
    return KINDS.filter((kind) => this.one.kinds[kind]).map((kind) =>
      line(`${words[kind] ?? kind} ${this.one.kinds[kind]}`, `state state-${kind}`, true, (on) => switches.kind(kind, on)),
    );
  }

  private colours(switches: Switches): HTMLElement[] {
    const { colours, words } = this.one;
    if (!colours.length) return [];
    const all = [...colours, { by: "", label: words.plain ?? "" }];
    return all.map(({ by, label }, index) => line(label, "", index === 0, () => switches.colour(by), "map-colour"));
  }

  private layers(switches: Switches, shown: ReadonlySet<string>): HTMLElement[] {
    const { one } = this;
    const points = (["merchants", "people", "landmarks", "panoramas"] as const)
      .filter((name) => one[name])
      .map((name) => line(one.words[name] ?? name, "", shown.has(name), (on) => switches.points(name, on)));
    const ground = (["areas", "buildings"] as const).map((name) =>
      line(one.words[name] ?? name, "", true, (on) => switches.ground(name, on)),
    );
    const families = one.families.map(({ code, label }) => line(label, "", false, (on) => switches.family(code, on)));
    return [...points, ...ground, ...families];
  }

  /** What the colours of the buildings mean now, with how many there are of each. */
  showScale(numbers: Numbers | null, counts: number[], colours: Colours): void {
    this.legend.hidden = !numbers;
    this.legend.setAttribute("aria-label", numbers?.label ?? "");
    const steps = ramp(colours);
    const rows = (numbers?.classes ?? []).map((step, index) => {
      const swatch = document.createElement("span");
      swatch.className = "map-swatch";
      swatch.style.backgroundColor = steps[index] ?? "";
      const count = document.createElement("b");
      count.textContent = String(counts[index] ?? 0);
      const row = document.createElement("li");
      row.append(swatch, `${step.words} `, count);
      return row;
    });
    this.legend.replaceChildren(...rows);
  }
}
