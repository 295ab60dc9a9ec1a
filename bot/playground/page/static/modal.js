// A modal of the app. What was typed stays when it comes back with errors.

import { button, el, icon } from "./dom.js";
import { deed } from "./net.js";
import { look } from "./look.js";
import { blocks } from "./blocks.js";
import { input } from "./fields.js";

export function modal() {
  const node = el("div.modal-back", { hidden: true });
  let shown = "";
  let fields = new Map();
  node.addEventListener("keydown", keys);

  function update(view, pane) {
    const looks = JSON.stringify(view && [view.id, view.blocks, view.errors]);
    if (looks === shown) return;
    const same = Boolean(view) && node.dataset.view === view.id;
    const typed = new Map(same ? [...fields].map(([id, field]) => [id, field.held()]) : []);
    shown = looks;
    node.hidden = !view;
    node.dataset.view = view?.id ?? "";
    node.replaceChildren();
    if (!view) return;
    fields = new Map();
    node.append(sheet(view, pane, typed));
    const wrong = node.querySelector("[aria-invalid]");
    (wrong ?? node.querySelector("input, select, textarea, .strong"))?.focus();
  }

  function sheet(view, pane, typed) {
    const field = (block) => labelled(block, view, pane, typed);
    const away = button(icon("close"), close, { kind: "round", "aria-label": "Close" });
    const foot = el("footer", {}, button(view.close ?? "Cancel", close, { kind: "plain" }),
      view.submit ? el("button.strong", { type: "submit" }, view.submit) : null);
    return el("form.modal", { role: "dialog", "aria-modal": "true", "aria-label": view.title, novalidate: true, onsubmit: submit },
      el("header", {}, el("h2", {}, view.title), away),
      el("div.modal-body", {}, blocks(view.blocks, { where: view.id, members: pane.members, field })), foot);
  }

  function labelled(block, view, pane, typed) {
    const id = `field-${block.block_id}`;
    const held = typed.has(block.block_id) ? typed.get(block.block_id) : view.values[block.block_id];
    const control = input(block.element, held, pane.members);
    const error = view.errors[block.block_id];
    control.id = id;
    if (error) control.setAttribute("aria-invalid", "true");
    if (error || block.hint) control.setAttribute("aria-describedby", `${id}-note`);
    if (control.held) fields.set(block.block_id, control);
    const note = error ? el("small.error", { id: `${id}-note` }, error) : block.hint ? el("small.hint", { id: `${id}-note` }, block.hint.text) : null;
    return el("div.field", { dir: "auto" }, el("label", { for: id }, block.label.text, block.optional ? el("small", {}, " (optional)") : null), control, note);
  }

  async function submit(event) {
    event.preventDefault();
    const send = node.querySelector("button[type=submit]");
    send.disabled = true;
    await deed(`members/${look.member}/submit`, { values: Object.fromEntries([...fields].map(([id, one]) => [id, one.held()])) });
    send.disabled = false;
  }

  function close() {
    deed(`members/${look.member}/close`);
  }

  function keys(event) {
    if (event.key === "Escape") { event.stopPropagation(); close(); }
    if (event.key !== "Tab") return;
    const all = [...node.querySelectorAll("button, input, select, textarea, a[href]")].filter((one) => !one.disabled);
    const [first, last] = [all[0], all.at(-1)];
    if (event.shiftKey && document.activeElement === first) { last.focus(); event.preventDefault(); }
    else if (!event.shiftKey && document.activeElement === last) { first.focus(); event.preventDefault(); }
  }

  return { node, update };
}
