/** What opens on a click: built from nodes, never from text as HTML, since titles are residents' words. */
import type { Feature } from "geojson";
import type { Words } from "./options.ts";

function node(tag: string, className: string, text = ""): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}

function link(feature: Feature, text: string): HTMLElement {
  const address = String(feature.properties?.url ?? "");
  // Only our own pages: an address like javascript: never becomes a link.
  if (!/^(\/(?!\/)|#|\?)/.test(address)) return node("b", "", text);
  const anchor = node("a", "map-card-link", text) as HTMLAnchorElement;
  anchor.href = address;
  return anchor;
}

function head(feature: Feature): HTMLElement {
  const { kind = "open", state = "", number = "" } = feature.properties ?? {};
  const line = node("p", "map-card-head");
  line.append(node("span", `state state-${String(kind)}`, String(state || kind)), node("span", "muted", String(number)));
  return line;
}

export function matterCard(feature: Feature, words: Words): HTMLElement {
  const card = node("div", "map-card");
  card.append(head(feature), link(feature, String(feature.properties?.title ?? words.open ?? "")));
  if (feature.properties?.due) card.append(node("p", "muted", String(feature.properties.due)));
  return card;
}

export function matterList(features: Feature[], words: Words): HTMLElement {
  const card = node("div", "map-card map-card-list");
  for (const feature of features) card.append(matterCard(feature, words));
  return card;
}

export function areaCard(feature: Feature): HTMLElement {
  const card = node("div", "map-card");
  card.append(link(feature, String(feature.properties?.name ?? "")));
  return card;
}
