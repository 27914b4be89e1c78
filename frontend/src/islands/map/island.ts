/** One map: draws the layers offline, follows the theme, and hands over to the mode that the page asked for. */
import "maplibre-gl/dist/maplibre-gl.css";
import "./map.scss";
import "./oldBrowsers.ts";
import { AttributionControl, GeoJSONSource, Map, NavigationControl, ScaleControl, setWorkerUrl } from "maplibre-gl";
// Built as a worker of our own: the library's file is too new for the oldest browsers that we serve.
import workerUrl from "./worker.ts?worker&url";
import type { FeatureCollection } from "geojson";
import { Browse } from "./browse.ts";
import { readColours } from "./colours.ts";
import { bounds, fetchCollection, labelPoints } from "./data.ts";
import { type Datum, datum } from "./datum.ts";
import { addImages } from "./images.ts";
import { asLngLat, type Options, readOptions } from "./options.ts";
import { addPins } from "./one/images.ts";
import { OneMap } from "./one/one.ts";
import { Pick } from "./pick.ts";
import { showPin } from "./pin.ts";
import { FONTS, layers, style } from "./style.ts";

setWorkerUrl(workerUrl);

/** A browser that starts but never draws (old drivers) gets the list instead. */
const PATIENCE = 20000;

export class MapIsland {
  readonly ready: Promise<void>;
  readonly options: Options;
  map!: Map;
  private shift!: Datum;

  constructor(readonly box: HTMLElement) {
    this.options = readOptions(box);
    this.ready = this.start();
  }

  private async start(): Promise<void> {
    this.shift = await datum(this.options.gcj02);
    const areas = this.ask(this.options.areas);
    const buildings = this.ask(this.options.buildings);
    // Where the page says what to look at, the library and its worker start before the borders are here.
    this.map = this.create((this.options.point ?? this.options.center) ? null : bounds(await areas));
    const loaded = this.loaded();
    await this.map.once("style.load");
    this.addControls();
    this.addMarks();
    const borders = await areas;
    this.put("areas", borders);
    await loaded;
    this.box.dataset.mapDrawn = "";
    // Letters are drawn one by one, from the device's fonts: the borders do not wait for them.
    this.put("area-labels", labelPoints(borders));
    const mode = this.startMode(buildings);
    document.addEventListener("mulin:theme", () => this.repaint());
    await this.drawBuildings(buildings);
    await mode;
    this.box.dataset.mapReady = "";
    this.box.dispatchEvent(new CustomEvent("mulin:map", { bubbles: true, detail: this }));
  }

  private ask(address: string): Promise<FeatureCollection> {
    const found = fetchCollection(address).then((answer) => this.shift.there(answer));
    found.catch(() => undefined); // told where it is waited for
    return found;
  }

  private create(frame: ReturnType<typeof bounds>): Map {
    const { options } = this;
    const at = options.point ?? options.center;
    return new Map({
      container: this.box,
      style: style(readColours(), options),
      attributionControl: false,
      localIdeographFontFamily: FONTS,
      // North stays up: nobody who looks for their house wants a turned map.
      dragRotate: false,
      touchPitch: false,
      pitchWithRotate: false,
      maxZoom: 20,
      // One finger must still scroll the page past a map that is only shown.
      cooperativeGestures: options.mode === "show",
      locale: this.locale(),
      ...(at ? { center: asLngLat(this.shift.spotThere(at)), zoom: options.zoom } : {}),
      ...(frame ? { bounds: frame, fitBoundsOptions: { padding: 24, maxZoom: 17 } } : {}),
    });
  }

  /** The library's own words in the page's language. */
  private locale(): Record<string, string> {
    const { words } = this.options;
    // The drawing itself becomes the landmark; two of one name would be one too many.
    const title = this.box.getAttribute("aria-label") ?? words.map;
    this.box.removeAttribute("aria-label");
    this.box.removeAttribute("role");
    const pairs: [string, string | undefined][] = [
      ["NavigationControl.ZoomIn", words.zoomIn],
      ["NavigationControl.ZoomOut", words.zoomOut],
      ["Map.Title", title],
      ["Marker.Title", words.pin],
      ["Popup.Close", words.close],
      ["CooperativeGesturesHandler.WindowsHelpText", words.ctrlToZoom],
      ["CooperativeGesturesHandler.MacHelpText", words.ctrlToZoom],
      ["CooperativeGesturesHandler.MobileHelpText", words.twoFingers],
    ];
    return Object.fromEntries(pairs.filter((pair): pair is [string, string] => !!pair[1]));
  }

  private loaded(): Promise<void> {
    const drawn = new Promise<void>((done, failed) => {
      const timer = setTimeout(() => failed(new Error("The map did not draw in time.")), PATIENCE);
      this.map.once("load", () => {
        clearTimeout(timer);
        done();
      });
    });
    drawn.catch(() => undefined);
    return drawn;
  }

  private addControls(): void {
    this.map.touchZoomRotate.disableRotation();
    this.map.addControl(new NavigationControl({ showCompass: false }), "bottom-right");
    if (this.options.mode === "browse" || this.options.mode === "one") this.map.addControl(new ScaleControl({}), "bottom-left");
    if (this.options.attribution) this.map.addControl(new AttributionControl({ compact: true }), "bottom-left");
  }

  private addMarks(): void {
    addImages(this.map, readColours());
    if (this.options.mode === "one") addPins(this.map, readColours());
  }

  private startMode(buildings: Promise<FeatureCollection>): Promise<void> | void {
    if (this.options.mode === "one") return new OneMap(this, this.shift, buildings).ready;
    if (this.options.mode === "pick") new Pick(this, this.shift);
    else if (this.options.mode === "browse") new Browse(this, this.shift);
    else if (this.options.point) showPin(this.map, this.shift.spotThere(this.options.point), this.options.words);
  }

  private async drawBuildings(loading: Promise<FeatureCollection>): Promise<void> {
    const buildings = await loading;
    this.put("buildings", buildings);
    this.put("building-labels", labelPoints(buildings));
  }

  put(name: string, data: FeatureCollection): void {
    this.map.getSource<GeoJSONSource>(name)?.setData(data);
  }

  /** Takes the colours of the new theme without losing data, place or what is switched off. */
  private repaint(): void {
    const colours = readColours();
    for (const layer of layers(colours, this.options)) {
      for (const [name, value] of Object.entries(layer.paint ?? {})) this.map.setPaintProperty(layer.id, name as never, value as never);
    }
    this.addMarks();
  }
}
