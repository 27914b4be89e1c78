/**
 * Keeps "in 3 hours" true while the page stands open; the server wrote the first words.
 *
 *     <time datetime="2026-05-04T10:00:00+08:00" title="Monday, 4 May 2026, 10:00" data-relative>in 3 hours</time>
 */
const STEPS: [Intl.RelativeTimeFormatUnit, number, number][] = [
  ["minute", 60, 60],
  ["hour", 3600, 24],
  ["day", 86400, 60],
  ["month", 30.4 * 86400, Infinity],
];

/** The same steps as mulin.look.timewords, so that the words do not jump when the script starts. */
export function relativeWords(at: Date, now: Date, lang: string): string | null {
  const seconds = Math.round((at.getTime() - now.getTime()) / 1000);
  const far = Math.abs(seconds);
  if (far < 60) return null;
  const [unit, size] = STEPS.find(([, length, below]) => Math.round(far / length) < below)!;
  const number = Math.max(1, Math.round(far / size)) * Math.sign(seconds);
  return new Intl.RelativeTimeFormat(lang, { numeric: "always" }).format(number, unit);
}

export function refresh(now = new Date()): void {
  for (const time of document.querySelectorAll<HTMLTimeElement>("time[data-relative]")) {
    const at = new Date(time.dateTime);
    const words = Number.isNaN(at.getTime()) ? null : relativeWords(at, now, document.documentElement.lang || "en");
    if (words && time.textContent !== words) time.textContent = words;
    const clock = time.closest(".due-open, .due-near");
    if (clock && at < now) clock.className = clock.className.replace(/due-(open|near)/, "due-late");
  }
}

export function startRelative(): void {
  refresh();
  setInterval(() => !document.hidden && refresh(), 30000);
  document.addEventListener("visibilitychange", () => !document.hidden && refresh());
}
