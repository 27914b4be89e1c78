/** Mode one: the one map of one's area. Tiles of points, coloured buildings, a card for whatever is clicked, a search that flies. */
import { type MapGeoJSONFeature, type MapMouseEvent, type Point as Pixel, Popup } from "maplibre-gl";
import type { Feature, FeatureCollection, Point } from "geojson";
import { showToast } from "../../../behaviours/toast.ts";
import { matterCard, matterList } from "../card.ts";
import { KINDS, readColours, type Kind } from "../colours.ts";
import { fetchCollection, labelPoints } from "../data.ts";
import type { Datum } from "../datum.ts";
import type { MapIsland } from "../island.ts";
import type { Spot } from "../options.ts";
import { GROUPS } from "../style.ts";
import { Card } from "./card.ts";
import { Find, type Found } from "./find.ts";
import { familyLayers, ONE_GROUPS, POINTS, type PointLayer } from "./layers.ts";
import type { One } from "./options.ts";
import { Panel } from "./panel.ts";
import { classOf, counted, type Numbers } from "./scale.ts";
import { TileLayer } from "./tiles.ts";

const CLOSER = 2;
const REACH = 6;
/** What a click asks for, the uppermost first. */
const CLICKED = ["matters", "clusters", "people-buildings", "people", "panoramas", "landmarks", "merchants", "merchant-clusters", "buildings-fill", "areas-fill"];
/** By the layer of the map, which card it opens. */
const CARDS: Record<string, string> = { people: "area", "people-buildings": "area", panoramas: "panorama", landmarks: "landmark", merchants: "merchant" };

export class OneMap {
  readonly ready: Promise<void>;
  private readonly one: One;
  private readonly shown = new Set<string>(["matters"]);
  private readonly kinds = new Set<Kind>(KINDS);
  private readonly loaded = new Set<string>();
  private readonly tiles: Partial<Record<PointLayer, TileLayer>> = {};
  private readonly card: Card;
  private readonly panel: Panel;
  private numbers: Numbers | null = null;
  private buildings: FeatureCollection | null = null;
  private popup: Popup | null = null;
  private asked = 0;

  constructor(
    private readonly island: MapIsland,
    private readonly shift: Datum,
    buildings: Promise<FeatureCollection>,
  ) {
    this.one = island.options.one;
    const { map, box } = island;
    const frame = box.parentElement ?? box;
    this.card = new Card(frame, this.one.card, this.one.words, () => this.popup?.remove());
    for (const name of ["matters", "merchants"] as const) {
      if (this.one[name]) this.tiles[name] = new TileLayer(this.one[name], shift, (data) => island.put(name, data), () => this.say());
    }
    this.panel = new Panel(island, this.one, {
      kind: (kind, on) => this.toggleKind(kind, on),
      points: (layer, on) => void this.togglePoints(layer, on),
      ground: (layer, on) => this.show(GROUPS[layer], on),
      family: (code, on) => void this.toggleFamily(code, on),
      colour: (by) => void this.colour(by),
    }, this.shown);
    if (this.one.find) new Find(frame, this.one.find, this.one.words, (found) => this.fly(found));
    map.on("click", (event) => this.onClick(event));
    map.on("mousemove", (event) => map.getCanvas().classList.toggle("is-pointing", this.hits(event.point).length > 0));
    map.on("moveend", () => void this.draw());
    map.getCanvas().addEventListener("keydown", (event) => this.onKey(event));
    document.addEventListener("mulin:theme", () => this.legend());
    this.ready = this.start(buildings);
  }

  private async start(buildings: Promise<FeatureCollection>): Promise<void> {
    const by = this.one.colours[0]?.by ?? "";
    const [first, numbers] = [this.draw(), this.numbersOf(by)];
    this.buildings = await buildings;
    await Promise.all([first, this.colour(by, numbers)]);
  }

  /** The tiles in view of every layer that is shown. */
  private async draw(): Promise<void> {
    const { map } = this.island;
    const bounds = map.getBounds();
    const southWest = this.shift.spotBack(bounds.getSouthWest().toArray() as Spot);
    const northEast = this.shift.spotBack(bounds.getNorthEast().toArray() as Spot);
    const layers = (["matters", "merchants"] as const).filter((name) => this.shown.has(name));
    await Promise.all(layers.map((name) => this.tiles[name]?.draw(southWest, northEast, map.getZoom())));
  }

  private show(layers: readonly string[], on: boolean): void {
    for (const id of layers) this.island.map.setLayoutProperty(id, "visibility", on ? "visible" : "none");
  }

  private toggleKind(kind: Kind, on: boolean): void {
    if (on) this.kinds.add(kind);
    else this.kinds.delete(kind);
    this.popup?.remove();
    const layer = this.tiles.matters;
    if (!layer) return;
    if (this.kinds.size) this.shown.add("matters");
    else this.shown.delete("matters");
    layer.set(`${this.one.matters}&kinds=${[...this.kinds].join(",")}`);
    if (this.kinds.size) void this.draw();
    else layer.clear();
  }

  private async togglePoints(layer: PointLayer, on: boolean): Promise<void> {
    if (on) this.shown.add(layer);
    else this.shown.delete(layer);
    this.show(ONE_GROUPS[layer], on);
    if (!on) return;
    if (this.tiles[layer]) return this.draw();
    await this.once(layer, () => this.load(layer, this.one[layer]));
  }

  private async toggleFamily(code: string, on: boolean): Promise<void> {
    this.show(familyLayers(code), on);
    const family = this.one.families.find((each) => each.code === code);
    if (on && family) await this.once(`family-${code}`, () => this.load(`family-${code}`, family.url, `family-${code}-labels`));
  }

  private async once(name: string, load: () => Promise<void>): Promise<void> {
    if (this.loaded.has(name)) return;
    this.loaded.add(name);
    try {
      await load();
    } catch {
      this.loaded.delete(name);
      this.say();
    }
  }

  private async load(source: string, url: string, labels = ""): Promise<void> {
    const data = this.shift.there(await fetchCollection(url));
    this.island.put(source, data);
    if (labels) this.island.put(labels, labelPoints(data));
  }

  /** Colours the buildings by a number, or by none. */
  private async colour(by: string, asked = this.numbersOf(by)): Promise<void> {
    const mine = ++this.asked;
    const { map } = this.island;
    try {
      const numbers = await asked;
      if (mine !== this.asked) return; // another was chosen meanwhile
      this.numbers = numbers;
    } catch {
      return this.say();
    }
    map.removeFeatureState({ source: "buildings" });
    for (const { properties } of this.numbers ? (this.buildings?.features ?? []) : []) {
      const { id, path } = properties as { id: string; path: string };
      // By the id: a path is all digits, and longer than the library's numbers.
      map.setFeatureState({ source: "buildings", id }, { class: classOf(this.numbers!.values[path] ?? 0, this.numbers!.classes) });
    }
    this.label();
    this.legend();
    this.island.box.dataset.mapColour = by;
  }

  private numbersOf(by: string): Promise<Numbers | null> {
    const found = this.one.colours.find((each) => each.by === by);
    const numbers = found ? this.ask(found.url) : Promise.resolve(null);
    numbers.catch(() => undefined); // told where it is waited for
    return numbers;
  }

  private async ask(url: string): Promise<Numbers> {
    const answer = await fetch(url, { credentials: "same-origin", headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return (await answer.json()) as Numbers;
  }

  private paths(): string[] {
    return (this.buildings?.features ?? []).map((feature) => String(feature.properties?.path ?? ""));
  }

  /** The number stands under the name of its building. */
  private label(): void {
    if (!this.buildings) return;
    const labels = labelPoints(this.buildings);
    for (const feature of labels.features) {
      const { path = "", name = "" } = feature.properties ?? {};
      const value = this.numbers?.values[path as string];
      if (this.numbers && value) feature.properties = { ...feature.properties, name: `${name as string}\n${value}${this.numbers.unit === "%" ? " %" : ""}` };
    }
    this.island.put("building-labels", labels);
  }

  private legend(): void {
    this.panel.showScale(this.numbers, this.numbers ? counted(this.paths(), this.numbers) : [], readColours());
  }

  private hits(at: Pixel): MapGeoJSONFeature[] {
    const { map } = this.island;
    const around: [[number, number], [number, number]] = [[at.x - REACH, at.y - REACH], [at.x + REACH, at.y + REACH]];
    const marks = map.queryRenderedFeatures(around, { layers: CLICKED.slice(0, -2) });
    return marks.length ? marks : map.queryRenderedFeatures(at, { layers: CLICKED.slice(-2) });
  }

  private onClick(event: MapMouseEvent): void {
    this.choose(event.point);
  }

  /** Enter on the map asks for what lies in its middle; the arrow keys move it. */
  private onKey(event: KeyboardEvent): void {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const { map } = this.island;
    this.choose(map.project(map.getCenter()));
  }

  private choose(at: Pixel): void {
    this.popup?.remove();
    const found = this.hits(at);
    const layer = CLICKED.find((id) => found.some((each) => each.layer.id === id));
    const hit = found.filter((each) => each.layer.id === layer);
    if (!layer || !hit[0]) return this.card.close();
    if (layer === "matters") this.openMatters(hit);
    else if (layer.endsWith("clusters")) this.closer(hit[0]);
    else if (layer in CARDS) void this.card.open(CARDS[layer]!, String(hit[0].properties.id));
    else void this.card.open("area", String(smallest(hit).properties.path));
  }

  private closer(cluster: MapGeoJSONFeature): void {
    const { map } = this.island;
    map.easeTo({ center: (cluster.geometry as Point).coordinates as Spot, zoom: Math.min(18, map.getZoom() + CLOSER), duration: 150 });
  }

  private openMatters(found: MapGeoJSONFeature[]): void {
    const matters = [...new Map(found.map((each) => [each.properties.id as string, each as Feature])).values()];
    const { words } = this.island.options;
    const content = matters.length === 1 ? matterCard(matters[0]!, words) : matterList(matters, words);
    this.popUp((matters[0]!.geometry as Point).coordinates as Spot, content);
  }

  private popUp(at: Spot, content: HTMLElement): void {
    this.popup = new Popup({ maxWidth: "min(20rem, 80vw)", focusAfterOpen: true }).setLngLat(at).setDOMContent(content).addTo(this.island.map);
  }

  private fly(found: Found): void {
    const { map } = this.island;
    this.popup?.remove();
    map.flyTo({ center: this.shift.spotThere(found.at), zoom: found.zoom, duration: 800 });
    const layer = POINTS.find((name) => name.replace(/s$/, "") === found.kind);
    if (layer && layer !== "matters" && !this.shown.has(layer)) this.panelShows(layer);
    if (found.kind !== "matter") return void this.card.open(found.kind, found.id);
    const properties = { title: found.name, number: found.words, url: found.url, kind: "open", state: "" };
    this.popUp(this.shift.spotThere(found.at), matterCard({ type: "Feature", geometry: { type: "Point", coordinates: found.at }, properties }, this.island.options.words));
  }

  /** What one flies to must be seen: its layer is switched on, in the panel, too. */
  private panelShows(layer: PointLayer): void {
    const words = this.one.words[layer];
    const rows = [...this.island.box.querySelectorAll<HTMLLabelElement>(".map-panel .map-switch")];
    rows.find((row) => row.textContent === words)?.querySelector("input")?.click();
  }

  private say(): void {
    showToast("failed");
  }
}

/** Of the areas under a click the innermost: the longest path. */
function smallest(found: MapGeoJSONFeature[]): MapGeoJSONFeature {
  return found.reduce((best, each) => (String(each.properties.path).length > String(best.properties.path).length ? each : best));
}

