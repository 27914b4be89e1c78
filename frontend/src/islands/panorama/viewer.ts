/** Looking around in a picture. The keys work while the viewer has the focus, so that the page still scrolls. */
import "@photo-sphere-viewer/core/index.css";
import "./panorama.scss";
import { Viewer } from "@photo-sphere-viewer/core";
import { side } from "./sides.ts";

type Words = Record<string, string>;
function words(box: HTMLElement): Words {
  try {
    return JSON.parse(box.dataset.words || "{}") as Words;
  } catch {
    return {};
  }
}

export function show(box: HTMLElement): Promise<void> {
  const address = new URL(box.dataset.panorama ?? "", location.href);
  if (address.origin !== location.origin) return Promise.resolve();
  const flat = box.querySelector("img");
  const frame = document.createElement("div");
  frame.className = "panorama-view";
  box.append(frame);
  const said = words(box);
  const viewer = new Viewer({
    container: frame,
    panorama: address.href,
    navbar: ["zoom", "move", "fullscreen"],
    lang: said as never,
    defaultZoomLvl: 20,
    mousewheelCtrlKey: true,
    touchmoveTwoFingers: false,
    keyboard: false,
  });
  return new Promise((done) => {
    viewer.addEventListener("ready", () => {
      flat?.remove();
      operable(viewer, frame, box.getAttribute("aria-label") ?? "");
      compass(viewer, box, said);
      box.dataset.panoramaReady = "";
      done();
    }, { once: true });
    viewer.addEventListener("panorama-error", () => {
      viewer.destroy();
      frame.remove();
      done();
    }, { once: true });
  });
}

function operable(viewer: Viewer, frame: HTMLElement, label: string): void {
  const canvas = frame.querySelector<HTMLElement>(".psv-canvas-container") ?? frame;
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-label", label);
  canvas.addEventListener("focus", () => viewer.startKeyboardControl());
  canvas.addEventListener("blur", () => viewer.stopKeyboardControl());
}

/** Says which way one looks, as far as is known where the picture's middle looks. */
function compass(viewer: Viewer, box: HTMLElement, said: Words): void {
  const line = document.createElement("p");
  line.className = "panorama-compass";
  box.append(line);
  const heading = Number(box.dataset.heading || 0);
  const tell = (yaw: number): void => {
    line.textContent = said[side(heading + (yaw * 180) / Math.PI)] ?? "";
  };
  tell(viewer.getPosition().yaw);
  viewer.addEventListener("position-updated", ({ position }) => tell(position.yaw));
}
