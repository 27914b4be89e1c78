/** Legend and switches in one: what a colour means, how many there are, and whether they are drawn. */
import { KINDS, type Kind } from "./colours.ts";
import type { MapIsland } from "./island.ts";
import type { Group } from "./style.ts";

interface Switches {
  group: (group: Group, on: boolean) => void;
  kind: (kind: Kind, on: boolean) => void;
}

/** One thing to switch: a box (or one of several, by the name of them all) before its words. */
export function line(label: string, mark: string, on: boolean, changed: (on: boolean) => void, oneOf = ""): HTMLElement {
  const box = document.createElement("input");
  box.type = oneOf ? "radio" : "checkbox";
  if (oneOf) box.name = oneOf;
  box.checked = on;
  box.className = "form-check-input";
  box.addEventListener("change", () => changed(box.checked));
  const words = document.createElement("span");
  words.className = mark;
  words.textContent = label;
  const found = document.createElement("label");
  found.className = "map-switch";
  found.append(box, words);
  return found;
}

/** Lines under a title; nothing where there are none. */
export function group(title: string, rows: HTMLElement[]): HTMLElement[] {
  if (!rows.length) return [];
  const set = document.createElement("fieldset");
  const legend = document.createElement("legend");
  legend.textContent = title;
  set.append(legend, ...rows);
  return [set];
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
    line(`${words[kind] ?? kind} ${counts.get(kind)}`, `state state-${kind}`, true, (on) => switches.kind(kind, on)),
  );
  const groups = (["areas", "buildings"] as const)
    .filter((name) => island.options[name])
    .map((name) => line(words[name] ?? name, "", true, (on) => switches.group(name, on)));
  panel.append(summary, ...group(words.matters ?? "", kinds), ...group(words.layers ?? "", groups), ...listButton(island));
  island.box.append(panel);
}
