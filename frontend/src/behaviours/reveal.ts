/**
 * Shows a part of a form only when it is needed. Without a script it is always there.
 * The class `reveal-part` keeps it from flashing before the script is there.
 * A part that is a `<fieldset>` is also disabled while hidden, so that its fields are not sent.
 *
 *     <select data-reveal="#other" data-reveal-when="other">…</select> <fieldset id="other" class="reveal-part">…</fieldset>
 *     <fieldset data-reveal="#phone" data-reveal-when="sms call"> radios … </fieldset>
 */
import { bind, named } from "./core.ts";

/** The chosen values of an input, a select, or all radios and boxes inside a container. */
function chosen(source: HTMLElement): string[] {
  if (source instanceof HTMLSelectElement) return [source.value];
  const inputs = source instanceof HTMLInputElement ? [source] : [...source.querySelectorAll("input")];
  return inputs
    .filter((input) => input.checked || !/^(radio|checkbox)$/.test(input.type))
    .map((input) => input.value);
}

function setUp(source: HTMLElement): void {
  const part = named(source, "data-reveal");
  if (!part) return;
  const wanted = (source.dataset.revealWhen ?? "on").split(/\s+/);
  const update = (): void => {
    const shown = chosen(source).some((value) => wanted.includes(value));
    part.hidden = !shown;
    part.classList.toggle("is-shown", shown);
    if (part instanceof HTMLFieldSetElement) part.disabled = !shown;
  };
  // Radios of one name uncheck each other without an event of their own: listen at the form.
  (source.closest("form") ?? source).addEventListener("change", update);
  update();
}

export function startReveal(): void {
  bind("[data-reveal]", setUp);
}
