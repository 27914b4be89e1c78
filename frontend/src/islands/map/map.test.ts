import { validateStyleMin } from "@maplibre/maplibre-gl-style-spec";
import { describe, expect, it, vi } from "vitest";
import { areaCard, matterCard } from "./card.ts";
import { KINDS, readColours } from "./colours.ts";
import { bounds, labelPoints } from "./data.ts";
import { answerTo, askEarly, ownAddress } from "./early.ts";
import { strokes } from "./images.ts";
import { canDraw, showFallback, startMaps } from "./load.ts";
import { PINS } from "./one/images.ts";
import { familyLayers, ONE_GROUPS } from "./one/layers.ts";
import { readOne } from "./one/options.ts";
import { classOf, counted, mixed, ramp } from "./one/scale.ts";
import { tileAt, tilesOver } from "./one/tiles.ts";
import { side } from "../panorama/sides.ts";
import { readOptions, spot } from "./options.ts";
import { GROUPS, layers, style } from "./style.ts";

const box = (html: string): HTMLElement => {
  document.body.innerHTML = html;
  return document.querySelector<HTMLElement>("[data-map]")!;
};
const square = (x: number, y: number, size: number) => ({
  type: "Polygon" as const,
  coordinates: [[[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]]],
});

describe("without WebGL", () => {
  it("hides the map and shows the list", () => {
    document.body.innerHTML = `<div data-map="show" data-map-fallback="list"></div><ul id="list" class="map-fallback"></ul>`;
    expect(canDraw()).toBe(false);
    startMaps();
    expect(document.querySelector<HTMLElement>("[data-map]")!.hidden).toBe(true);
    expect(document.getElementById("list")!.classList.contains("is-shown")).toBe(true);
    showFallback(document.createElement("div")); // one without a stand-in breaks nothing
  });
});

describe("options", () => {
  it("reads places and refuses addresses of others", () => {
    expect(spot("117.25,34.81")).toEqual([117.25, 34.81]);
    expect(spot("")).toBeNull();
    expect(spot("here")).toBeNull();
    expect(ownAddress("/map/areas.json")).toContain("/map/areas.json");
    expect(ownAddress("https://elsewhere.example/areas.json")).toBe("");
  });

  it("shifts only where tiles of that datum are set", () => {
    expect(readOptions(box(`<div data-map="pick" data-tiles-datum="gcj02"></div>`)).gcj02).toBe(false);
    expect(readOptions(box(`<div data-map="nonsense" data-words="no json"></div>`))).toMatchObject({ mode: "show", words: {} });
  });
});

it("asks once for what it will surely draw, and tells of a failure where it is waited for", async () => {
  const asked: string[] = [];
  const answers = [new Response("{}", { status: 500 }), new Response('{"type": "FeatureCollection", "features": []}')];
  vi.stubGlobal("fetch", (address: string) => Promise.resolve((asked.push(address), answers.shift())));
  askEarly("/a");
  askEarly("/a");
  await expect(answerTo("/a")).rejects.toThrow("500");
  await expect(answerTo("/a")).resolves.toMatchObject({ features: [] });
  expect(asked).toEqual(["/a", "/a"]);
  vi.unstubAllGlobals();
});

describe("style", () => {
  const options = readOptions(box(`<div data-map="browse" data-tiles="/tiles/{z}/{x}/{y}.png"></div>`));

  it("is valid, needs no glyphs and no sprite", () => {
    const made = style(readColours(), options);
    expect(validateStyleMin(made).map((error) => error.message)).toEqual([]);
    expect(made).not.toHaveProperty("glyphs");
    expect(made).not.toHaveProperty("sprite");
  });

  it("has every layer that a switch names", () => {
    const ids = layers(readColours(), options).map((layer) => layer.id);
    for (const id of Object.values(GROUPS).flat()) expect(ids).toContain(id);
  });

  it("draws an icon for every kind", () => {
    expect(KINDS).toHaveLength(6);
    expect(strokes(`<svg><path stroke="none" d="M0 0h24v24H0z"/><path d="M1 1h2" /></svg>`)).toEqual(["M1 1h2"]);
  });
});

it("measures shapes and puts one label into the middle of the largest part", () => {
  const feature = {
    type: "Feature" as const,
    properties: { name: "第 1 网格" },
    geometry: { type: "MultiPolygon" as const, coordinates: [square(0, 0, 1).coordinates, square(10, 10, 4).coordinates] },
  };
  const all = { type: "FeatureCollection" as const, features: [feature] };
  expect(bounds(all)).toEqual([0, 0, 14, 14]);
  expect(bounds({ type: "FeatureCollection", features: [] })).toBeNull();
  expect(labelPoints(all).features[0]!.geometry.coordinates).toEqual([12, 12]);
});

it("never turns a resident's words into HTML or a strange address into a link", () => {
  const properties = { title: "<img src=x onerror=alert(1)>", kind: "late", state: "In hand", url: "javascript:alert(1)" };
  const card = matterCard({ type: "Feature", properties, geometry: { type: "Point", coordinates: [0, 0] } }, {});
  expect(card.querySelector("img")).toBeNull();
  expect(card.querySelector("a")).toBeNull();
  const area = areaCard({ type: "Feature", properties: { name: "A", url: "/places/1" }, geometry: square(0, 0, 1) });
  expect(area.querySelector("a")!.getAttribute("href")).toBe("/places/1");
});

describe("the one map", () => {
  const given = JSON.stringify({
    matters: "/m/{z}/{x}/{y}.json", merchants: "https://elsewhere.example/{z}", families: [{ code: "shops", label: "商业", url: "/a" }],
    colours: [{ by: "matters", label: "Matters", url: "/n" }], words: {},
  });
  const holder = box(`<div data-map="one" data-tiles="/t/{z}/{x}/{y}.pbf" data-tiles-kind="vector"></div>`);
  holder.dataset.one = given;
  const options = readOptions(holder);

  it("draws a valid style, over shapes of a base map, too", () => {
    expect(validateStyleMin(style(readColours(), options)).map((error) => error.message)).toEqual([]);
    const ids = layers(readColours(), options).map((layer) => layer.id);
    for (const id of [...Object.values(ONE_GROUPS).flat(), ...familyLayers("shops"), ...GROUPS.areas, ...GROUPS.buildings]) expect(ids).toContain(id);
  });

  it("asks only its own server, and leaves the tile in the address open", () => {
    expect(options.one.matters).toMatch(/\/m\/\{z\}\/\{x\}\/\{y\}\.json$/);
    expect(options.one.merchants).toBe("");
    expect(readOne("no json").families).toEqual([]);
  });

  it("has a drawing for every kind of public place", () => {
    for (const drawing of Object.values(PINS)) expect(strokes(drawing).length).toBeGreaterThan(0);
  });

  it("covers a box with tiles", () => {
    expect(tileAt([117.25, 34.81], 14)).toEqual({ z: 14, x: 13528, y: 6500 });
    expect(tilesOver([117.24, 34.80], [117.27, 34.82], 14)).toHaveLength(6);
    expect(tilesOver([-180, -85], [180, 85], 0)).toEqual([{ z: 0, x: 0, y: 0 }]);
  });

  it("tells classes apart by lightness, and counts a building without a number as none", () => {
    const classes = [0, 1, 10].map((from) => ({ from, words: String(from) }));
    expect([0, 1, 9, 10, 99].map((value) => classOf(value, classes))).toEqual([0, 1, 1, 2, 2]);
    expect(counted(["a", "b", "c"], { by: "", label: "", unit: "", classes, values: { a: 12 } })).toEqual([2, 0, 1]);
    expect(new Set(ramp(readColours())).size).toBe(5);
    expect(mixed("#000", "#ffffff", 0.5)).toBe("rgb(128, 128, 128)");
    expect(side(-10)).toBe("n");
    expect(side(100)).toBe("e");
  });
});
