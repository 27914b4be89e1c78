/**
 * What somebody writes is kept in this tab: a reload, a lost network or the back button loses nothing.
 * The server's own values win. Forgotten when the form was sent and another page came, or where
 * `data-draft-done` names it. Never kept: passwords, files, hidden inputs, and what says `data-no-draft`.
 *
 *     <form data-draft="report" data-draft-note="#note">…</form> <p id="note" hidden>What you had written is back.</p>
 *     <p data-draft-done="report">Thank you.</p>
 */
import { bind, named } from "./core.ts";

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
type Kept = Record<string, string[]>;

const PREFIX = "mulin.draft.";
const SENT = "mulin.draft-sent";
const NEVER = "[type=password], [type=file], [type=hidden], [type=submit], [type=button], [data-no-draft]";

function fields(form: HTMLFormElement): Field[] {
  return [...form.querySelectorAll<Field>("input, textarea, select")].filter((field) => field.name && !field.matches(NEVER));
}

const isChoice = (field: Field): field is HTMLInputElement =>
  field instanceof HTMLInputElement && (field.type === "checkbox" || field.type === "radio");

function keep(form: HTMLFormElement, key: string): void {
  const kept: Kept = {};
  for (const field of fields(form)) {
    const list = (kept[field.name] ??= []);
    if (!isChoice(field)) list.push(field.value);
    else if (field.checked) list.push(field.value);
  }
  try {
    sessionStorage.setItem(PREFIX + key, JSON.stringify(kept));
  } catch {
    // Full or forbidden: the page works as if there were no drafts.
  }
}

/** True where the server (or the person) has put something already. */
function isFilled(field: Field): boolean {
  if (field instanceof HTMLSelectElement) return [...field.options].some((option) => option.defaultSelected);
  return field.value.trim() !== "";
}

function restore(form: HTMLFormElement, key: string): boolean {
  const text = sessionStorage.getItem(PREFIX + key);
  if (!text || form.querySelector("[aria-invalid=true]")) return false;
  const kept = JSON.parse(text) as Kept;
  let changed = false;
  for (const field of fields(form)) {
    const values = kept[field.name];
    if (!values) continue;
    if (isChoice(field)) {
      changed ||= values.includes(field.value) !== field.checked;
      field.checked = values.includes(field.value);
    } else if (!isFilled(field) && values[0]) {
      changed ||= field.value !== values[0];
      field.value = values[0];
    }
  }
  return changed;
}

function setUp(element: HTMLElement): void {
  const form = element as HTMLFormElement;
  const key = form.dataset.draft ?? "";
  if (restore(form, key)) {
    const note = named(form, "data-draft-note");
    if (note) note.hidden = false;
    form.dispatchEvent(new Event("change", { bubbles: true }));
  }
  form.addEventListener("input", () => keep(form, key));
  form.addEventListener("change", () => keep(form, key));
  form.addEventListener("submit", () => {
    keep(form, key);
    sessionStorage.setItem(SENT, key);
  });
}

export const forget = (key: string): void => sessionStorage.removeItem(PREFIX + key);

/** Another page came after sending: it arrived. The same form again means that it did not. */
function forgetSent(): void {
  const sent = sessionStorage.getItem(SENT);
  if (!sent) return;
  sessionStorage.removeItem(SENT);
  if (!document.querySelector(`form[data-draft="${CSS.escape(sent)}"]`)) forget(sent);
}

export function startDrafts(): void {
  forgetSent();
  bind("[data-draft-done]", (element) => forget(element.dataset.draftDone ?? ""));
  bind("form[data-draft]", setUp);
}
