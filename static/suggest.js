// Names and headlines that begin as what is typed does, offered under the box: the combobox with a list of ARIA 1.2
// (w3.org/WAI/ARIA/apg/patterns/combobox). Where nothing comes, the box stays a plain box.

import { element, layUnder } from "./element.js";

const WAIT = 120; // milliseconds without a key before anything is asked
const LEAST = 2; // letters; one is enough of those that are not Latin

const box = document.getElementById("q");
let list;
let said;
let asking;
let timer;
let found = [];
let at = -1;

const isOpen = () => box.getAttribute("aria-expanded") === "true";

const close = () => {
  clearTimeout(timer);
  asking?.abort();
  if (list) list.hidden = true;
  box.setAttribute("aria-expanded", "false");
  box.removeAttribute("aria-activedescendant");
  at = -1;
};

const select = (next) => {
  list.children[at]?.setAttribute("aria-selected", "false");
  at = next;
  const option = list.children[at];
  if (option) {
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", option.id);
  } else box.removeAttribute("aria-activedescendant");
};

const choose = (index) => {
  const { url } = found[index];
  close();
  location.assign(url);
};

// Made when it is first needed.
const make = () => {
  list = element("ul", { class: "suggested", id: "suggested", role: "listbox", "aria-label": "Suggestions" });
  said = element("p", { class: "unseen", role: "status" });
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose([...list.children].indexOf(option));
  });
  box.after(list);
  document.body.append(said);
  box.setAttribute("aria-controls", list.id);
};

const show = (suggestions) => {
  if (!list) make();
  found = suggestions;
  at = -1;
  box.removeAttribute("aria-activedescendant");
  list.replaceChildren(
    ...found.map(({ label, told }, n) =>
      element(
        "li",
        { role: "option", id: `suggested-${n}`, "aria-selected": "false" },
        element("span", { dir: "auto" }, label),
        element("small", {}, ` ${told}`),
      ),
    ),
  );
  layUnder(box, list);
  list.hidden = !found.length;
  box.setAttribute("aria-expanded", String(found.length > 0));
  said.textContent = found.length === 1 ? "1 suggestion" : `${found.length || "No"} suggestions`;
};

const ask = async () => {
  asking?.abort();
  const mine = (asking = new AbortController());
  const q = box.value;
  try {
    const response = await fetch(`/suggest.json?${new URLSearchParams({ q })}`, { signal: mine.signal });
    const { suggestions } = response.ok ? await response.json() : { suggestions: [] };
    if (!mine.signal.aborted && box.value === q && document.activeElement === box) show(suggestions);
  } catch {
    // given up for a newer question, or the network is gone
  }
};

const typed = () => {
  clearTimeout(timer);
  const text = box.value.trim();
  if (text.length >= LEAST || /[^\x00-\u024f]/.test(text)) timer = setTimeout(ask, WAIT);
  else close();
};

const step = (by) => {
  const last = found.length - 1;
  const next = at + by;
  select(next > last ? -1 : next < -1 ? last : next);
};

const press = (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey) return;
  const { key } = event;
  if (key === "Tab" || (key === "Enter" && at < 0)) close(); // nor may anything come up that was asked before
  if (!isOpen()) {
    if (key === "ArrowDown" && box.value.trim()) {
      event.preventDefault();
      ask();
    }
    return;
  }
  if (key === "ArrowDown" || key === "ArrowUp") step(key === "ArrowDown" ? 1 : -1);
  else if (key === "Enter" && at >= 0) choose(at);
  else if (key === "Escape") close();
  else {
    if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(key)) select(-1);
    return;
  }
  event.preventDefault();
};

if (box) {
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"]]) box.setAttribute(name, value);
  box.addEventListener("input", typed);
  box.addEventListener("keydown", press);
  box.addEventListener("blur", close);
  document.addEventListener("shown", close);
}
