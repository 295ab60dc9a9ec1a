// The foot of a phone: the text field, the command menu, pictures and files, replies and changes.

import { button, el, icon, show } from "./dom.js";
import { look } from "./look.js";
import { deed, upload } from "./net.js";
import { wanted } from "./bubble.js";

export function composer() {
  let pane = { commands: [], keyboard: [] };
  let about = null;
  const field = el("textarea", { rows: "1", placeholder: "Message", "aria-label": "Message", oninput: typed, onkeydown: keys });
  const menu = el("ul.commands", { role: "menu", "aria-label": "Commands", hidden: true });
  const labels = el("div.reply-keys");
  const note = el("div.about", { hidden: true });
  const photo = chooser("image/*", "photo", "Send a photo");
  const file = chooser("", "document", "Send a file");
  const more = el("div.attach", { hidden: true }, button("Photo", () => photo.click()), button("File", () => file.click()));
  const menuButton = button(icon("menu"), () => toggleMenu(menu.hidden), { kind: "round", "aria-label": "Command menu", title: "Command menu", "aria-expanded": "false" });
  const clip = button(icon("clip"), () => { more.hidden = !more.hidden; }, { kind: "round", "aria-label": "Attach", title: "Attach" });
  const send = el("button.round.send", { type: "submit", "aria-label": "Send" }, icon("send"));
  const form = el("form.composer", { onsubmit: submit }, menuButton, field, clip, send);
  const node = el("div.foot", { dir: "ltr" }, menu, note, labels, more, photo, file, form);
  node.addEventListener("focusout", (event) => { if (!node.contains(event.relatedTarget)) { toggleMenu(false); more.hidden = true; } });
  for (const what of ["reply", "edit"]) wanted.addEventListener(what, ({ detail }) => begin(what, detail));

  function chooser(accept, as, label) {
    const input = el("input", { type: "file", multiple: true, hidden: true, accept: accept || null, "aria-label": label });
    input.addEventListener("change", async () => {
      more.hidden = true;
      const files = [...input.files];
      input.value = "";
      if (files.length) await upload(`phones/${look.phone}/files`, files, { as, caption: take() });
    });
    return input;
  }

  function take() {
    const text = field.value.trim();
    field.value = "";
    typed();
    return text;
  }

  async function submit(event) {
    event.preventDefault();
    const done = about;
    const text = take();
    drop();
    if (!text) return;
    if (done?.what === "edit") await deed(`phones/${look.phone}/edit`, { message: done.message.id, text });
    else await deed(`phones/${look.phone}/say`, { text, reply: done?.message.id ?? null });
  }

  function keys(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); form.requestSubmit(); }
    if (event.key === "Escape") { toggleMenu(false); drop(); }
  }

  function typed() {
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight, 120)}px`;
    if (/^\/\w*$/.test(field.value) && pane.commands.length) toggleMenu(true);
    else if (!menu.hidden) toggleMenu(false);
  }

  function toggleMenu(on) {
    const begun = field.value.startsWith("/") ? field.value.slice(1).toLowerCase() : "";
    const commands = pane.commands.filter((one) => one.command.startsWith(begun));
    menu.hidden = !on;
    menuButton.setAttribute("aria-expanded", String(on));
    show(menu, commands, (one) => one.command, (one) => el("li", { role: "none" },
      el("button", { type: "button", role: "menuitem", onclick: () => choose(one.command) }, el("b", {}, `/${one.command}`), el("span", { dir: "auto" }, one.description))));
    if (on && !commands.length) menu.replaceChildren(el("li.nothing", {}, "The menu comes once the bot knows who writes."));
  }

  function choose(command) {
    toggleMenu(false);
    field.value = "";
    deed(`phones/${look.phone}/say`, { text: `/${command}` });
    field.focus();
  }

  function begin(what, message) {
    about = { what, message };
    const words = new DOMParser().parseFromString(message.html, "text/html").body.textContent;
    note.replaceChildren(icon(what), el("span", { dir: "auto" }, words.slice(0, 90) || "a file"), button(icon("close"), drop, { "aria-label": "Drop" }));
    note.hidden = false;
    if (what === "edit") field.value = words;
    field.focus();
  }

  function drop() {
    about = null;
    note.hidden = true;
  }

  function update(found, one) {
    if (pane.key !== found.key) { toggleMenu(false); drop(); field.value = ""; }
    pane = found;
    field.dir = field.value ? "auto" : one.direction;
    field.disabled = found.blocked;
    field.placeholder = found.blocked ? "The bot is blocked" : "Message";
    show(labels, found.keyboard.map((row, place) => ({ row, place })), (item) => item.place,
      ({ row }) => el("div.keys", {}, row.map((label) => button(label, () => deed(`phones/${look.phone}/say`, { text: label }), { kind: "key" }))));
  }

  return { node, update };
}
