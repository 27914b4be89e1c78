// Runs before the first paint: says that scripts run, and takes it back when one of ours fails to load,
// so that the page then shows what it shows without scripts. No imports: it is loaded as a classic script.
const root = document.documentElement;
root.classList.add("js");
window.addEventListener(
  "error",
  (event) => {
    if (event.target instanceof HTMLScriptElement) root.classList.remove("js");
  },
  true,
);
