import { validateStyleMin } from "@maplibre/maplibre-gl-style-spec";
import { describe, expect, it } from "vitest";
import { areaCard, matterCard } from "./card.ts";
import { KINDS, readColours } from "./colours.ts";
import { bounds, labelPoints } from "./data.ts";
import { strokes } from "./images.ts";
import { canDraw, showFallback, startMaps } from "./load.ts";
import { ownAddress, readOptions, spot } from "./options.ts";
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
