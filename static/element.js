// What the lists under the search box are made of, and where they lie.

export const element = (name, attributes, ...inside) => {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...inside);
  return made;
};

// Under a field and as wide, above what follows, which does not move.
export const layUnder = (box, list) => {
  const { offsetTop, offsetLeft, offsetHeight, offsetWidth } = box;
  Object.assign(list.style, { top: `${offsetTop + offsetHeight + 3}px`, left: `${offsetLeft}px`, width: `${offsetWidth}px` });
};
