/**
 * Fills inputs from the part of the address behind `#`, which browsers never send to a server,
 * and takes it out of the address, so that nobody reads it over the shoulder or in the history.
 *
 *     /follow/2611-4027-2#code=7K4PQ2    <input name="code" data-from-hash="code">
 */
import { bind } from "./core.ts";

export function startFromHash(): void {
  let said = new URLSearchParams();
  bind("input[data-from-hash]", (element) => {
    if (location.hash) said = new URLSearchParams(location.hash.slice(1)); // the first input takes it out of the address
    const input = element as HTMLInputElement;
    const name = input.dataset.fromHash || input.name;
    const value = said.get(name);
    if (!value) return;
    input.value = value;
    history.replaceState(history.state, "", location.pathname + location.search);
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
