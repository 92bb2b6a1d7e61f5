// Comforts only: everything works without this file. Keys and their list, copying of citations, checkboxes that obey
// the space bar.

const typing = (target) => target.closest("input, select, textarea, [contenteditable]");

const stops = () => {
  const matches = document.querySelectorAll(".story mark");
  return [...(matches.length ? matches : document.querySelectorAll(".hit h2 a, .brief h3 a"))];
};

const status = document.createElement("p");
status.className = "step";
status.setAttribute("role", "status");
document.body.append(status);

// Focus the stop after (or before) the one where one is, or was before the focus went nowhere; the first to begin with.
let last;
const walk = (step) => {
  const all = stops();
  const here = all.indexOf(document.activeElement.matches("body, main") ? last : document.activeElement);
  const next = all[here < 0 ? (step > 0 ? 0 : all.length - 1) : here + step];
  const matches = all[0]?.tagName === "MARK";
  if (!next) {
    if (matches) status.textContent = `No ${step > 0 ? "further" : "earlier"} match: ${here + 1} of ${all.length}`;
    return;
  }
  if (matches) {
    next.tabIndex = -1;
    status.textContent = `Match ${all.indexOf(next) + 1} of ${all.length}`;
  }
  last = next;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "center" });
};

// Keys of one character may get in the way of speech input, so that they can be switched off. A browser that keeps
// nothing forgets it with the page.
let using = true;
try {
  using = localStorage.getItem("keys") !== "off";
} catch {}
const want = (on) => {
  using = on;
  try {
    localStorage.setItem("keys", on ? "on" : "off");
  } catch {}
};

// Made when first asked for, of what the page says about keys.
let list;
const makeList = () => {
  list = document.createElement("dialog");
  list.setAttribute("aria-labelledby", "keys-name");
  list.append(document.getElementById("keys").content.cloneNode(true));
  list.querySelector("h2").id = "keys-name";
  const box = list.querySelector("input");
  box.checked = using;
  box.addEventListener("change", () => want(box.checked));
  document.body.append(list);
};
const toggleList = () => {
  if (!list) makeList();
  if (list.open) list.close();
  else list.showModal();
};

const keys = {
  "?": toggleList,
  "/": () => {
    const box = document.getElementById("q");
    box?.focus();
    box?.select();
  },
  j: () => walk(1),
  k: () => walk(-1),
  n: () => walk(1),
  p: () => walk(-1),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === " " && event.target.matches("a[role=checkbox]")) {
    event.preventDefault();
    event.target.click();
  } else if (using && !typing(event.target) && Object.hasOwn(keys, event.key) && (event.key === "?" || !list?.open)) {
    event.preventDefault();
    keys[event.key]();
  }
});

document.querySelector("[data-keys]").addEventListener("click", (event) => {
  event.preventDefault();
  toggleList();
});

// An address tells what is asked for, not which fields were left empty.
document.addEventListener("formdata", ({ formData }) => {
  for (const [name, value] of [...formData]) if (!value) formData.delete(name);
});

for (const button of navigator.clipboard ? document.querySelectorAll("button[data-copy]") : []) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    button.textContent = "Copied";
  });
}
