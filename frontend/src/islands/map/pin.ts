/** The pin: a button that the keyboard can reach. */
import { Marker, type Map } from "maplibre-gl";
import type { Spot, Words } from "./options.ts";

export function pinElement(words: Words, movable: boolean): HTMLElement {
  const pin = document.createElement(movable ? "button" : "span");
  if (pin instanceof HTMLButtonElement) pin.type = "button";
  else pin.setAttribute("role", "img");
  pin.className = "map-pin";
  pin.setAttribute("aria-label", (movable ? words.movePin : words.pin) ?? "");
  const head = document.createElement("span");
  head.className = "map-pin-head";
  pin.append(head);
  return pin;
}

export function showPin(map: Map, at: Spot, words: Words, movable = false): Marker {
  const element = pinElement(words, movable);
  // The library gives every marker a role and a name of its own unless it has one.
  return new Marker({ element, anchor: "bottom", draggable: movable }).setLngLat(at).addTo(map);
}
