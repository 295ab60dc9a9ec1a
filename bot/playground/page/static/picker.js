// A list of people to pick one from: type to find, arrows to move, Enter to choose.

import { avatar, el, icon, show } from "./dom.js";

let count = 0;

// `make` draws what stands on the button; `lines` gives a person's name and what is said below it.
export function picker(label, { lines, chosen }) {
  const id = `picker-${++count}`;
  let people = [];
  let current = "";
  const face = el("span.face");
  const opener = el("button.picker-open", {
    type: "button", "aria-haspopup": "listbox", "aria-expanded": "false", "aria-controls": id, onclick: toggle,
  }, face, icon("down"));
  const find = el("input", { type: "search", placeholder: "Find somebody", "aria-label": "Find somebody", oninput: list });
  const options = el("ul", { id, role: "listbox", "aria-label": label });
  const sheet = el("div.picker-sheet", { hidden: true }, find, options);
  const node = el("div.picker", {}, el("span.picker-label", {}, label), opener, sheet);
  node.addEventListener("keydown", keys);
  node.addEventListener("focusout", (event) => { if (!node.contains(event.relatedTarget)) fold(); });

  function toggle() {
    if (!sheet.hidden) return fold();
    sheet.hidden = false;
    opener.setAttribute("aria-expanded", "true");
    find.value = "";
    list();
    find.focus();
  }

  function fold() {
    sheet.hidden = true;
    opener.setAttribute("aria-expanded", "false");
  }

  function list() {
    const wanted = find.value.trim().toLowerCase();
    const found = people.filter((one) => lines(one).join(" ").toLowerCase().includes(wanted));
    show(options, found.map((one) => ({ ...one, current: one.key === current })), (one) => one.key, option);
  }

  function option(one) {
    const [name, below, note] = lines(one);
    return el("li", { role: "option", tabindex: "-1", "aria-selected": String(one.current), onclick: () => pick(one.key) },
      avatar(name), el("span.two", {}, el("b", {}, name), el("small", {}, below)), note ? el("small.note", {}, note) : null);
  }

  function pick(key) {
    fold();
    opener.focus();
    chosen(key);
  }

  function keys(event) {
    const all = [...options.children];
    const at = all.indexOf(document.activeElement);
    if (event.key === "Escape" && !sheet.hidden) { fold(); opener.focus(); event.stopPropagation(); }
    else if (event.key === "ArrowDown" && !sheet.hidden) { all[Math.min(at + 1, all.length - 1)]?.focus(); event.preventDefault(); }
    else if (event.key === "ArrowUp" && !sheet.hidden) { (at > 0 ? all[at - 1] : find).focus(); event.preventDefault(); }
    else if (event.key === "Enter" && at >= 0) { all[at].click(); event.preventDefault(); }
    else if (event.key === "Enter" && event.target === find) { all[0]?.click(); event.preventDefault(); }
  }

  function update(all, key) {
    people = all;
    current = key;
    const one = all.find((other) => other.key === key);
    if (!one) return;
    const [name, below] = lines(one);
    show(face, [{ name, below }], () => "face", () => el("span.person", {}, avatar(name), el("span.two", {}, el("b", {}, name), el("small", {}, below))));
    if (!sheet.hidden) list();
  }

  return { node, update };
}
