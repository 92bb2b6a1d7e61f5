// Searches made lately, kept in this browser alone and offered where the box is empty. Nothing of it is ever sent; a
// browser that keeps nothing has no such list.

import { element, layUnder } from "./element.js";

const MOST = 8;
const PATHS = ["/search", "/quotes"];

let works = true;
try {
  localStorage.setItem("recent-works", "");
  localStorage.removeItem("recent-works");
} catch {
  works = false;
}

const keeps = () => works && localStorage.getItem("recent-off") === null;

// What is in the store may have been put there by an older version of this file, or by hand.
const address = (url) => {
  const found = new URL(String(url), location.origin);
  return found.origin === location.origin && PATHS.includes(found.pathname) ? found.pathname + found.search : null;
};
const recent = () => {
  try {
    const kept = JSON.parse(localStorage.getItem("recent")) ?? [];
    return kept.filter((one) => typeof one.q === "string" && one.q && address(one.url)).slice(0, MOST);
  } catch {
    return [];
  }
};
const keep = (list) => {
  try {
    localStorage.setItem("recent", JSON.stringify(list));
  } catch {
    // full: the older list stays
  }
};

// The search that is shown, with its filters; it takes the place of earlier ones for the same words.
const record = () => {
  const { pathname, search } = location;
  const params = new URLSearchParams(search);
  const q = params.get("q")?.trim();
  if (!keeps() || !q || !PATHS.includes(pathname)) return;
  params.delete("page");
  params.delete("size");
  const filters = [...document.querySelectorAll(".chips a:not(.clear) b")].map((chip) => chip.textContent).join(", ");
  const others = recent().filter((one) => one.q !== q || new URL(one.url, location.origin).pathname !== pathname);
  keep([{ q, filters, url: `${pathname}?${params}` }, ...others].slice(0, MOST));
};

const row = ({ q, filters, url }) => {
  const kind = address(url).startsWith("/quotes") ? "quotes" : "";
  const more = [kind, filters].filter(Boolean).join("; ");
  return element("li", {}, element("a", { href: address(url) }, element("span", { dir: "auto" }, q), " ", element("small", {}, more)));
};

const box = document.getElementById("q");
let panel;

const close = () => {
  panel?.remove();
  panel = null;
  box.removeAttribute("aria-describedby");
};

const forget = () => {
  localStorage.removeItem("recent");
  close();
  box.focus();
};

const switchOff = () => {
  localStorage.setItem("recent-off", "");
  forget();
  close();
};

const open = () => {
  const list = box.value ? [] : recent();
  if (panel || !keeps() || !list.length) return;
  const clear = element("button", { type: "button" }, "Clear");
  const off = element("button", { type: "button" }, "Keep none");
  clear.addEventListener("click", forget);
  off.addEventListener("click", switchOff);
  panel = element(
    "section",
    { class: "recent", "aria-label": "Recent searches" },
    element("p", { id: "recent-hint" }, "Recent searches ", element("span", { class: "unseen" }, "below "), element("small", {}, "kept in this browser only")),
    element("ul", {}, ...list.map(row)),
    element("p", {}, clear, off),
  );
  layUnder(box, panel);
  box.after(panel);
  box.setAttribute("aria-describedby", "recent-hint");
};

const walk = (event) => {
  if (!panel) return;
  if (event.key === "Escape") {
    box.focus();
    close();
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || event.target.matches("select")) return;
  const stops = [box, ...panel.querySelectorAll("a, button")];
  const next = stops[stops.indexOf(document.activeElement) + step];
  event.preventDefault();
  next?.focus();
};

if (works && box) {
  record();
  document.addEventListener("shown", () => {
    record();
    close();
  });
  box.addEventListener("focus", open);
  box.addEventListener("click", open);
  box.addEventListener("input", () => (box.value ? close() : open()));
  box.form.addEventListener("keydown", walk);
  box.form.addEventListener("focusout", (event) => {
    const next = event.relatedTarget;
    if (next && next !== box && !panel?.contains(next)) close();
  });
  document.addEventListener("pointerdown", (event) => {
    if (!box.form.contains(event.target)) close();
  });
}

// The page that explains the list lets it be switched off and on again.
const wanted = document.getElementById("keep-recent");
if (works && wanted) {
  wanted.closest("[hidden]").hidden = false;
  wanted.checked = keeps();
  wanted.addEventListener("change", () => {
    if (wanted.checked) localStorage.removeItem("recent-off");
    else switchOff();
    wanted.focus();
  });
}
