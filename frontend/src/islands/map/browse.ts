/** Mode browse: what happens where. Clusters open, a matter shows its card, the panel switches layers and kinds. */
import { Popup, type GeoJSONSource, type MapLayerMouseEvent } from "maplibre-gl";
import type { Feature, FeatureCollection, Point } from "geojson";
import { areaCard, matterCard, matterList } from "./card.ts";
import { KINDS, type Kind } from "./colours.ts";
import { EMPTY, fetchCollection } from "./data.ts";
import type { Datum } from "./datum.ts";
import type { MapIsland } from "./island.ts";
import type { Spot } from "./options.ts";
import { buildPanel } from "./panel.ts";
import { GROUPS, type Group } from "./style.ts";

const MANY = 30;

export class Browse {
  private all: FeatureCollection = EMPTY;
  private readonly shown = new Set<Kind>(KINDS);
  private popup: Popup | null = null;

  constructor(
    private readonly island: MapIsland,
    private readonly shift: Datum,
  ) {
    const { map } = island;
    map.on("click", "clusters", (event) => void this.openCluster(event));
    map.on("click", "matters", (event) => this.openMatters(event));
    map.on("click", "areas-fill", (event) => this.openArea(event));
    for (const layer of ["clusters", "matters"]) {
      map.on("mouseenter", layer, () => map.getCanvas().classList.add("is-pointing"));
      map.on("mouseleave", layer, () => map.getCanvas().classList.remove("is-pointing"));
    }
    // A filter of the page replaces the address and says so: what is drawn is what the filter says.
    island.box.addEventListener("mulin:reload", () => void this.load());
    void this.load();
  }

  private async load(): Promise<void> {
    const address = this.island.box.dataset.matters ? new URL(this.island.box.dataset.matters, location.href).href : "";
    if (address && new URL(address).origin !== location.origin) return;
    this.all = this.shift.there(await fetchCollection(address));
    this.draw();
    buildPanel(this.island, this.counts(), {
      group: (group, on) => this.toggleGroup(group, on),
      kind: (kind, on) => this.toggleKind(kind, on),
    });
  }

  private counts(): Map<Kind, number> {
    const counts = new Map<Kind, number>();
    for (const feature of this.all.features) {
      const kind = feature.properties?.kind as Kind;
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
    return counts;
  }

  private draw(): void {
    const features = this.all.features.filter((feature) => this.shown.has(feature.properties?.kind as Kind));
    this.island.put("matters", { type: "FeatureCollection", features });
  }

  private toggleKind(kind: Kind, on: boolean): void {
    if (on) this.shown.add(kind);
    else this.shown.delete(kind);
    this.popup?.remove();
    this.draw();
  }

  private toggleGroup(group: Group, on: boolean): void {
    for (const layer of GROUPS[group]) this.island.map.setLayoutProperty(layer, "visibility", on ? "visible" : "none");
  }

  private async openCluster(event: MapLayerMouseEvent): Promise<void> {
    const cluster = event.features?.[0];
    if (!cluster) return;
    const { map } = this.island;
    const at = (cluster.geometry as Point).coordinates as Spot;
    const source = map.getSource<GeoJSONSource>("matters")!;
    const id = cluster.properties.cluster_id as number;
    const zoom = await source.getClusterExpansionZoom(id);
    // Several matters of one door never come apart: then they are listed.
    if (zoom > 17.5) this.show(at, matterList(await source.getClusterLeaves(id, MANY, 0), this.island.options.words));
    else map.easeTo({ center: at, zoom, duration: 150 });
  }

  private openMatters(event: MapLayerMouseEvent): void {
    const found = (event.features ?? []) as Feature[];
    if (!found.length) return;
    const { words } = this.island.options;
    const at = (found[0]!.geometry as Point).coordinates as Spot;
    this.show(at, found.length === 1 ? matterCard(found[0]!, words) : matterList(found, words));
  }

  private openArea(event: MapLayerMouseEvent): void {
    const { map } = this.island;
    const layers = ["clusters", "matters"].filter((layer) => map.getLayer(layer));
    if (map.queryRenderedFeatures(event.point, { layers }).length) return;
    const area = event.features?.[0] as Feature | undefined;
    if (area?.properties?.url) this.show(event.lngLat.toArray() as Spot, areaCard(area));
  }

  private show(at: Spot, content: HTMLElement): void {
    this.popup?.remove();
    this.popup = new Popup({ maxWidth: "min(20rem, 80vw)", focusAfterOpen: true })
      .setLngLat(at)
      .setDOMContent(content)
      .addTo(this.island.map);
  }
}
