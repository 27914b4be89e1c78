/**
 * "Use my place". Hidden where the device cannot tell or the connection is not safe: no button that cannot.
 *
 *     <button type="button" data-use-place data-lon="#id_lon" data-lat="#id_lat" data-failed="…">Use my place</button>
 */
import { bind, named } from "./core.ts";

function put(input: HTMLInputElement | null, value: number): void {
  if (!input) return;
  input.value = value.toFixed(6);
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

function say(button: HTMLElement, words: string): void {
  let note = button.parentElement?.querySelector<HTMLElement>("[data-place-note]");
  if (!note) {
    note = document.createElement("span");
    note.dataset.placeNote = "";
    note.className = "muted";
    note.setAttribute("role", "status");
    button.after(" ", note);
  }
  note.textContent = words;
}

function ask(button: HTMLElement): void {
  button.setAttribute("aria-busy", "true");
  const options = { enableHighAccuracy: true, timeout: 15000, maximumAge: 30000 };
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      button.removeAttribute("aria-busy");
      say(button, "");
      put(named<HTMLInputElement>(button, "data-lon"), coords.longitude);
      put(named<HTMLInputElement>(button, "data-lat"), coords.latitude);
      document.dispatchEvent(
        new CustomEvent("mulin:place", { detail: { lon: coords.longitude, lat: coords.latitude, within: coords.accuracy } }),
      );
    },
    () => {
      button.removeAttribute("aria-busy");
      say(button, button.dataset.failed ?? "");
    },
    options,
  );
}

export function startPlace(): void {
  bind("[data-use-place]", (button) => {
    if (!window.isSecureContext || !("geolocation" in navigator)) {
      button.hidden = true;
      return;
    }
    button.addEventListener("click", () => ask(button));
  });
}
