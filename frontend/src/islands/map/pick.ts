/**
 * Mode pick: put the pin where it is. Click, tap, drag, or move it with the arrow keys (Shift: further);
 * the inputs named by data-lon and data-lat follow, and the pin follows them ("use my place" writes there).
 */
import type { Marker } from "maplibre-gl";
import { named } from "../../behaviours/core.ts";
import type { Datum } from "./datum.ts";
import type { MapIsland } from "./island.ts";
import { type Spot, spot } from "./options.ts";
import { showPin } from "./pin.ts";

const ARROWS: Record<string, Spot> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const STEP = 8;
const LEAP = 48;
const QUIET = 350;

export class Pick {
  private marker: Marker | null = null;
  private readonly lon: HTMLInputElement | null;
  private readonly lat: HTMLInputElement | null;
  private readonly note: HTMLElement;
  private timer = 0;
  private asked = 0;

  constructor(
    private readonly island: MapIsland,
    private readonly shift: Datum,
  ) {
    this.lon = named<HTMLInputElement>(island.box, "data-lon");
    this.lat = named<HTMLInputElement>(island.box, "data-lat");
    this.note = this.makeNote();
    island.map.on("click", (event) => this.place(event.lngLat.toArray() as Spot));
    for (const input of [this.lon, this.lat]) input?.addEventListener("change", () => this.follow());
    const before = this.written() ?? island.options.point;
    if (before) this.move(shift.spotThere(before), false);
  }

  private makeNote(): HTMLElement {
    const note = document.createElement("p");
    note.className = "map-note";
    note.setAttribute("role", "status");
    note.textContent = this.island.options.words.tapToPlace ?? "";
    this.island.box.append(note);
    return note;
  }

  private written(): Spot | null {
    return spot(this.lon?.value && this.lat?.value ? `${this.lon.value},${this.lat.value}` : "");
  }

  /** The inputs were changed by somebody else. */
  private follow(): void {
    const at = this.written();
    if (!at) return;
    const there = this.shift.spotThere(at);
    const now = this.marker?.getLngLat();
    if (now && Math.abs(now.lng - there[0]) < 1e-6 && Math.abs(now.lat - there[1]) < 1e-6) return;
    this.move(there, false);
    this.island.map.easeTo({ center: there, zoom: Math.max(16, this.island.map.getZoom()), duration: 150 });
  }

  private move(there: Spot, write: boolean): void {
    if (this.marker) this.marker.setLngLat(there);
    else this.makeMarker(there);
    if (write) this.write(this.shift.spotBack(there));
    this.askSoon(this.shift.spotBack(there));
  }

  private place(there: Spot): void {
    this.move(there, true);
  }

  private makeMarker(there: Spot): void {
    this.marker = showPin(this.island.map, there, this.island.options.words, true);
    this.marker.on("dragend", () => this.move(this.marker!.getLngLat().toArray() as Spot, true));
    this.marker.getElement().addEventListener("keydown", (event) => this.onKey(event));
    this.marker.getElement().addEventListener("click", (event) => event.stopPropagation());
  }

  private onKey(event: KeyboardEvent): void {
    const way = ARROWS[event.key];
    if (!way || !this.marker) return;
    event.preventDefault();
    event.stopPropagation();
    const { map } = this.island;
    const far = event.shiftKey ? LEAP : STEP;
    const from = map.project(this.marker.getLngLat());
    const to = map.unproject([from.x + way[0] * far, from.y + way[1] * far]);
    this.place(to.toArray() as Spot);
    if (!map.getBounds().contains(to)) map.panTo(to, { duration: 0 });
  }

  private write(at: Spot): void {
    for (const [input, value] of [[this.lon, at[0]], [this.lat, at[1]]] as const) {
      if (input) input.value = value.toFixed(6);
    }
    // Both stand before anybody is told, so that nobody sees half a place.
    for (const input of [this.lon, this.lat]) input?.dispatchEvent(new Event("change", { bubbles: true }));
    this.island.box.dispatchEvent(new CustomEvent("mulin:picked", { bubbles: true, detail: { lon: at[0], lat: at[1] } }));
  }

  private askSoon(at: Spot): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.askNearest(at), QUIET);
  }

  private async askNearest(at: Spot): Promise<void> {
    const { nearest, words } = this.island.options;
    if (!nearest) return void (this.note.textContent = words.pinIsSet ?? "");
    const mine = ++this.asked;
    const url = new URL(nearest);
    url.searchParams.set("lon", at[0].toFixed(6));
    url.searchParams.set("lat", at[1].toFixed(6));
    try {
      const answer = await fetch(url, { credentials: "same-origin", headers: { Accept: "application/json" } });
      const { name } = (await answer.json()) as { name?: string };
      // Only the last question counts: answers may overtake each other.
      if (mine === this.asked) this.note.textContent = name || words.pinIsSet || "";
    } catch {
      if (mine === this.asked) this.note.textContent = words.pinIsSet ?? "";
    }
  }
}
