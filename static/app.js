// Comforts only: everything works without this file. Keys, copying of citations, checkboxes that obey the space bar.

const typing = (target) => target.closest("input, select, textarea, [contenteditable]");

const stops = () => {
  const matches = document.querySelectorAll(".story mark");
  return [...(matches.length ? matches : document.querySelectorAll(".hit h2 a, .brief h3 a"))];
};

// Focus the stop after (or before) the one where one is; the first one to begin with.
const walk = (step) => {
  const all = stops();
  const here = all.indexOf(document.activeElement);
  const next = all[here < 0 ? (step > 0 ? 0 : all.length - 1) : here + step];
  if (!next) return;
  if (next.tagName === "MARK") next.tabIndex = -1;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "center" });
};

const keys = {
  "/": () => {
    const box = document.getElementById("q");
    box?.focus();
    box?.select();
  },
  j: () => walk(1),
  k: () => walk(-1),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === " " && event.target.matches("a[role=checkbox]")) {
    event.preventDefault();
    event.target.click();
  } else if (!typing(event.target) && Object.hasOwn(keys, event.key)) {
    event.preventDefault();
    keys[event.key]();
  }
});

for (const button of navigator.clipboard ? document.querySelectorAll("button[data-copy]") : []) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    button.textContent = "Copied";
  });
}
