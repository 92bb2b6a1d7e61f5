// Results changed in place: the page at a link's own address is fetched, and what differs is changed, so that focus,
// scroll and folds stay. The address always tells what is shown; whatever goes wrong, the link is followed as usual.

const main = document.getElementById("main");
const told = document.createElement("p");
told.className = "unseen";
told.setAttribute("role", "status");

let shown = location.pathname + location.search;
let request;

// What an element is, wherever it stands among its siblings: the value or the article that a row offers, or its id.
const keyOf = (element) => (element.tagName === "LI" && element.querySelector(".pick span, h2 a")?.textContent) || element.id || "";
const alike = (one, other) =>
  one.nodeName === other.nodeName &&
  (one.nodeType !== Node.ELEMENT_NODE ||
    (keyOf(one) === keyOf(other) && one.getAttribute("class") === other.getAttribute("class")));

// What one has unfolded stays so.
const takeAttributes = (old, fresh) => {
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && name !== "open") old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  if (old.tagName === "INPUT" && old !== document.activeElement) old.value = fresh.getAttribute("value") ?? "";
};

// Make a node like another one; elements that both have stay the elements that they are.
const become = (old, fresh) => {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data !== fresh.data) old.data = fresh.data;
    return;
  }
  takeAttributes(old, fresh);
  const left = [...old.childNodes];
  const wanted = [...fresh.childNodes].map((node) => {
    const at = left.findIndex((one) => alike(one, node));
    if (at < 0) return node;
    const [kept] = left.splice(at, 1);
    become(kept, node);
    return kept;
  });
  for (const node of left) node.remove();
  wanted.forEach((node, at) => {
    if (old.childNodes[at] !== node) old.insertBefore(node, old.childNodes[at] ?? null);
  });
};

// The box keeps its element, and what one is typing; what it must not lose and where it leads are the new page's.
const takeBox = (fresh, typed) => {
  const [old, next] = [document, fresh].map((page) => page.querySelector("header form.box"));
  old.action = next.getAttribute("action");
  for (const input of old.querySelectorAll("input[type=hidden]")) input.remove();
  old.querySelector(":scope > button").before(...next.querySelectorAll("input[type=hidden]"));
  for (const name of ["q", "match"]) {
    if (!typed || old.elements[name] !== document.activeElement) old.elements[name].value = next.elements[name].value;
  }
};

const takeHead = (fresh) => {
  document.title = fresh.title;
  const links = "link[rel=alternate]";
  for (const link of document.head.querySelectorAll(links)) link.remove();
  document.head.append(...fresh.head.querySelectorAll(links));
};

const textOf = (selector) => main.querySelector(selector)?.textContent.replace(/\s+/g, " ").trim();
const tell = () => {
  const sort = textOf(".order [aria-current]");
  const range = textOf(".range")?.replace(/, in [\d,]+ ms$/, "");
  const parts = [textOf("h1"), range, sort && `Sort by ${sort}`, textOf(".remarks")];
  told.textContent = "";
  setTimeout(() => {
    told.textContent = parts.filter(Boolean).join(". ");
  }, 50);
};

// The link or field that was used stays where it is on the screen and keeps the focus. Where it is gone, the link of
// the same name in the same facet takes its place, else the heading.
const hold = (used, change) => {
  const [before, section] = [used?.getBoundingClientRect().top, used?.closest("section[aria-labelledby]")];
  const name = used?.textContent;
  const inside = main.contains(document.activeElement) && document.activeElement;
  change();
  let here = used;
  if (used && !used.isConnected) {
    const links = section?.isConnected ? [...section.querySelectorAll("a")] : [];
    here = links.find((link) => link.textContent === name) ?? null;
  }
  if (inside && document.activeElement !== inside) {
    const next = inside.isConnected ? inside : (here ?? main.querySelector("h1"));
    if (next.tagName === "H1") next.tabIndex = -1;
    next.focus({ preventScroll: true });
  }
  if (here) scrollBy({ top: here.getBoundingClientRect().top - before, behavior: "instant" });
};

const toResults = () => {
  const found = document.getElementById("found") ?? main;
  found.focus({ preventScroll: true });
  if (found.getBoundingClientRect().top < 0) found.scrollIntoView({ behavior: "instant" });
};

const fetched = async (address, signal) => {
  const response = await fetch(address, { signal });
  const page = response.ok && !response.redirected && response.headers.get("Content-Type")?.startsWith("text/html");
  const fresh = page && new DOMParser().parseFromString(await response.text(), "text/html");
  const program = (one) => [...one.querySelectorAll("script[src], link[rel=stylesheet]")].map((e) => e.src || e.getAttribute("href")).join();
  const boxed = (one) => one.querySelector("header form.box");
  const same = fresh && boxed(fresh) && boxed(document) && fresh.body.className === document.body.className && program(fresh) === program(document);
  return same ? fresh : null;
};

// Null for a page that can't be shown in place, undefined where a newer request has taken over.
const newest = async (address) => {
  request?.abort();
  const mine = (request = new AbortController());
  main.setAttribute("aria-busy", "true");
  const fresh = await fetched(address, mine.signal).catch(() => null);
  if (mine.signal.aborted) return undefined;
  main.removeAttribute("aria-busy");
  return fresh;
};

const take = (fresh, typed) => {
  takeHead(fresh);
  takeBox(fresh, typed);
  become(main, fresh.getElementById("main"));
  shown = location.pathname + location.search;
  tell();
  document.dispatchEvent(new Event("shown"));
};

const go = async (address, used) => {
  const fresh = await newest(address.href);
  if (fresh === undefined) return;
  if (!fresh) {
    location.assign(address.href);
    return;
  }
  const below = used?.closest(".pages, .hits ~ *");
  const boxed = used?.matches("header form");
  history.replaceState({ y: scrollY }, "");
  if (address.pathname + address.search !== shown) history.pushState({}, "", address);
  hold(below || boxed ? null : used, () => take(fresh, boxed));
  if (below) toResults();
  if (boxed) scrollTo({ top: 0, behavior: "instant" });
};

// Whether an address is another state of the page that is shown.
const here = (address) =>
  address.origin === location.origin &&
  address.pathname === location.pathname &&
  !(address.hash && address.search === location.search);

const follow = (event) => {
  const link = event.target.closest("#main a[href]");
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const address = new URL(link.getAttribute("href"), location);
  if (!here(address) || link.hasAttribute("target") || link.hasAttribute("download")) return;
  event.preventDefault();
  go(address, link);
};

const submit = (event) => {
  const form = event.target;
  const address = new URL(form.action);
  address.search = new URLSearchParams(new FormData(form));
  if (event.defaultPrevented || form.method !== "get" || !here(address)) return;
  event.preventDefault();
  go(address, form);
};

const back = async (event) => {
  const y = event.state?.y ?? 0;
  if (location.pathname + location.search !== shown) {
    const fresh = await newest(location.href);
    if (fresh === undefined) return;
    if (!fresh) {
      location.reload();
      return;
    }
    hold(null, () => take(fresh));
  } else if (event.state?.y === undefined && location.hash) {
    document.getElementById(location.hash.slice(1))?.scrollIntoView({ behavior: "instant" });
    return;
  }
  scrollTo({ top: y, behavior: "instant" });
};

if (document.body.matches(".results, .values, .directory, .speaks")) {
  document.body.append(told);
  history.scrollRestoration = "manual";
  if (history.state?.y !== undefined) scrollTo({ top: history.state.y, behavior: "instant" });
  document.addEventListener("click", follow);
  document.addEventListener("submit", submit);
  addEventListener("popstate", back);
  addEventListener("scrollend", () => history.replaceState({ y: scrollY }, ""));
}
