// Elements without a template language: text is always set as text, so nothing a person writes becomes markup.

const PROPERTIES = new Set(["value", "checked", "disabled", "hidden", "multiple", "selected", "open", "required"]);

export function el(tag, given = {}, ...children) {
  const [name, ...classes] = tag.split(".");
  const node = document.createElement(name || "div");
  node.classList.add(...classes);
  for (const [key, value] of Object.entries(given)) set(node, key, value);
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

function set(node, key, value) {
  if (value === null || value === undefined || value === false) return;
  if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
  else if (PROPERTIES.has(key)) node[key] = value;
  else node.setAttribute(key, value === true ? "" : value);
}

export function button(label, onclick, given = {}) {
  const { kind = "", ...rest } = given;
  return el(`button${kind ? `.${kind}` : ""}`, { type: "button", onclick, ...rest }, label);
}

// Shows `items` in `parent` in their order. A node whose item has not changed stays, with its focus and its scroll.
export function show(parent, items, keyOf, make) {
  const before = new Map([...parent.children].map((node) => [node.dataset.key, node]));
  let place = parent.firstChild;
  for (const item of items) {
    const key = String(keyOf(item));
    const looks = JSON.stringify(item);
    let node = before.get(key);
    before.delete(key);
    if (!node || node.looks !== looks) {
      const fresh = make(item);
      fresh.dataset.key = key;
      fresh.looks = looks;
      if (node === place) place = node?.nextSibling ?? null;
      node?.remove();
      node = fresh;
    }
    if (node === place) place = node.nextSibling;
    else parent.insertBefore(node, place);
  }
  for (const gone of before.values()) gone.remove();
}

// Keeps the end of a list in view, whatever is drawn, loaded or brought up, unless somebody has scrolled up to read.
export function keepAtEnd(list) {
  const toEnd = () => { if (list.sticks) list.scrollTop = list.scrollHeight; };
  list.sticks = true;
  list.addEventListener("scroll", () => {
    if (list.clientHeight) list.sticks = list.scrollHeight - list.scrollTop - list.clientHeight < 80;
  });
  list.addEventListener("load", toEnd, true);
  new ResizeObserver(toEnd).observe(list);
  return list;
}

// Runs `draw` on such a list; `fresh` if it is another chat from now on.
export function atEnd(list, draw, fresh = false) {
  const sticks = list.sticks || fresh;
  draw();
  list.sticks = sticks;
  if (sticks) list.scrollTop = list.scrollHeight;
}

export function initials(name) {
  const words = name.trim().split(/\s+/);
  return (words[0]?.[0] ?? "") + (words.length > 1 ? words.at(-1)[0] : "");
}

export function avatar(name, kind = "") {
  const node = el(`span.avatar${kind}`, { "aria-hidden": "true" }, initials(name).toUpperCase());
  const hue = [...name].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 360, 7);
  node.style.setProperty("--hue", hue);
  return node;
}

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

const ICONS = {
  send: "M4 12l16-8-6 16-3-6z",
  clip: "M8 12l6-6a3 3 0 0 1 4 4l-8 8a5 5 0 0 1-7-7l8-8",
  menu: "M4 7h16M4 12h16M4 17h10",
  more: "M12 5v.01M12 12v.01M12 19v.01",
  down: "M6 9l6 6 6-6",
  close: "M6 6l12 12M18 6L6 18",
  reply: "M10 8L5 12l5 4M5 12h9a5 5 0 0 1 5 5",
  edit: "M5 19l1-4L16 5l3 3L9 18z",
  file: "M7 3h7l4 4v14H7zM14 3v4h4",
  hash: "M9 4L7 20M17 4l-2 16M5 9h15M4 15h15",
  home: "M4 11l8-7 8 7v9h-5v-6H9v6H4z",
  bolt: "M13 3L5 14h6l-1 7 8-11h-6z",
  thread: "M4 5h16v10H10l-6 5z",
  sun: "M12 4V2M12 22v-2M4 12H2M22 12h-2M6 6L5 5M19 19l-1-1M6 18l-1 1M19 5l-1 1M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z",
  moon: "M20 14A8 8 0 0 1 10 4a8 8 0 1 0 10 10z",
  calendar: "M5 6h14v14H5zM5 10h14M9 3v4M15 3v4",
};
