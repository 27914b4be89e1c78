/** Legend and switches in one: what a colour means, how many there are, and whether they are drawn. */
import { KINDS, type Kind } from "./colours.ts";
import type { MapIsland } from "./island.ts";
import type { Group } from "./style.ts";

interface Switches {
  group: (group: Group, on: boolean) => void;
  kind: (kind: Kind, on: boolean) => void;
}

function row(label: string, mark: string, changed: (on: boolean) => void): HTMLElement {
  const box = document.createElement("input");
  box.type = "checkbox";
  box.checked = true;
  box.className = "form-check-input";
  box.addEventListener("change", () => changed(box.checked));
  const words = document.createElement("span");
  words.className = mark;
  words.textContent = label;
  const line = document.createElement("label");
  line.className = "map-switch";
  line.append(box, words);
  return line;
}

function group(title: string, rows: HTMLElement[]): HTMLElement {
  const set = document.createElement("fieldset");
  const legend = document.createElement("legend");
  legend.textContent = title;
  set.append(legend, ...rows);
  return set;
}

/** A button to the list, for whoever reads better than they see. */
export function listButton(island: MapIsland): HTMLElement[] {
  const list = document.getElementById(island.box.dataset.mapFallback ?? "");
  const { asList } = island.options.words;
  if (!list || !asList) return [];
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-sm";
  button.textContent = asList;
  button.addEventListener("click", () => {
    list.classList.add("is-shown");
    list.tabIndex = -1;
    list.focus();
    list.scrollIntoView({ block: "nearest" });
  });
  return [button];
}

export function buildPanel(island: MapIsland, counts: Map<Kind, number>, switches: Switches): void {
  const { words } = island.options;
  island.box.querySelector(".map-panel")?.remove();
  const panel = document.createElement("details");
  panel.className = "map-panel";
  panel.open = island.box.clientWidth > 640;
  const summary = document.createElement("summary");
  summary.textContent = words.legend ?? "";
  const kinds = KINDS.filter((kind) => counts.has(kind)).map((kind) =>
    row(`${words[kind] ?? kind} ${counts.get(kind)}`, `state state-${kind}`, (on) => switches.kind(kind, on)),
  );
  const groups = (["areas", "buildings"] as const)
    .filter((name) => island.options[name])
    .map((name) => row(words[name] ?? name, "", (on) => switches.group(name, on)));
  panel.append(summary);
  if (kinds.length) panel.append(group(words.matters ?? "", kinds));
  if (groups.length) panel.append(group(words.layers ?? "", groups));
  panel.append(...listButton(island));
  island.box.append(panel);
}
