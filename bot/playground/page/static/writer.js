// The field under a conversation: words, the app's command, its shortcuts, files.

import { button, el, icon, show } from "./dom.js";
import { look } from "./look.js";
import { deed, upload } from "./net.js";

export function writer(kind) {
  let pane = { channel: "", app: { commands: [], shortcuts: [] } };
  const where = () => ({ channel: pane.channel, thread: kind === "thread" ? look.thread : "" });
  const field = el("textarea", { rows: "1", "aria-label": kind === "thread" ? "Reply in thread" : "Message", onkeydown: keys, oninput: grow });
  const files = el("input", { type: "file", multiple: true, hidden: true, "aria-label": "Share files" });
  const shortcuts = el("ul.commands", { role: "menu", "aria-label": "What the app offers", hidden: true });
  const bolt = button(icon("bolt"), () => { shortcuts.hidden = !shortcuts.hidden; }, { kind: "round", "aria-label": "Shortcuts", title: "Shortcuts" });
  const clip = button(icon("clip"), () => files.click(), { kind: "round", "aria-label": "Share files", title: "Share files" });
  const send = el("button.round.send", { type: "submit", "aria-label": "Send" }, icon("send"));
  const form = el("form.writer", { onsubmit: submit }, kind === "thread" ? null : bolt, clip, field, send);
  const node = el("div.foot", {}, shortcuts, files, form);
  files.addEventListener("change", share);
  node.addEventListener("focusout", (event) => { if (!node.contains(event.relatedTarget)) shortcuts.hidden = true; });

  async function submit(event) {
    event.preventDefault();
    const text = field.value.trim();
    field.value = "";
    grow();
    if (text) await deed(`members/${look.member}/say`, { text, ...where() });
  }

  async function share() {
    const chosen = [...files.files];
    const caption = field.value.trim();
    files.value = field.value = "";
    if (chosen.length) await upload(`members/${look.member}/files`, chosen, { caption, ...where() });
  }

  function keys(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); form.requestSubmit(); }
    if (event.key === "Escape") shortcuts.hidden = true;
  }

  function grow() {
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight, 140)}px`;
  }

  function use(item) {
    shortcuts.hidden = true;
    if (item.callback_id) deed(`members/${look.member}/shortcut`, { id: item.callback_id });
    else { field.value = `${item.command} `; field.focus(); }
  }

  function update(found) {
    pane = found;
    const command = found.app.commands[0];
    field.placeholder = kind === "thread" ? "Reply…" : `Message, or ${command?.command ?? "a command"}`;
    show(shortcuts, [...found.app.shortcuts, ...found.app.commands], (item) => item.callback_id ?? item.command,
      (item) => el("li", { role: "none" }, el("button", { type: "button", role: "menuitem", onclick: () => use(item) },
        el("b", {}, item.name ?? item.command), el("span", {}, item.description))));
  }

  return { node, update };
}
