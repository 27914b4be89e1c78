/**
 * Brings the map in when it comes near the screen; where it cannot be drawn, shows what stands in for it.
 *
 *     <div class="map" data-map="show" data-map-fallback="address" data-point="117.25,34.81"></div>
 *     <div id="address" class="map-fallback">…</div>
 */
import { bind } from "../../behaviours/core.ts";
import { askEarly, ownAddress } from "./early.ts";

/** WebGL 2 is what the map library draws with; old phones and remote desktops may lack it. */
export function canDraw(): boolean {
  try {
    return !!document.createElement("canvas").getContext("webgl2");
  } catch {
    return false;
  }
}

/** Hides the map and shows the list or the address field instead. */
export function showFallback(box: HTMLElement): void {
  box.hidden = true;
  document.getElementById(box.dataset.mapFallback ?? "")?.classList.add("is-shown");
}

async function load(box: HTMLElement): Promise<void> {
  for (const address of [box.dataset.areas, box.dataset.buildings]) askEarly(ownAddress(address));
  try {
    const { MapIsland } = await import("./island.ts");
    await new MapIsland(box).ready;
  } catch (error) {
    console.warn("The map cannot be drawn.", error);
    showFallback(box);
  }
}

export function startMaps(): void {
  bind("[data-map]", (box) => {
    if (!canDraw()) return showFallback(box);
    if (!("IntersectionObserver" in window)) return void load(box);
    const watch = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        watch.disconnect();
        void load(box);
      },
      { rootMargin: "300px" },
    );
    watch.observe(box);
  });
}
