// Short notes at the edge of the page, and the boxes that a bot's alert opens.

import { button, el } from "./dom.js";

const STAYS_MS = 5000;

export function toast(text, kind = "") {
  if (!text) return;
  const note = el(`div.toast${kind ? `.${kind}` : ""}`, {}, text);
  document.getElementById("toasts").append(note);
  setTimeout(() => note.remove(), STAYS_MS);
}

export function alertBox(text) {
  const box = el("dialog.box", {}, el("p", {}, text));
  box.append(button("OK", () => box.close(), { kind: "strong" }));
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  box.showModal();
}

export function confirmBox(title, text, label) {
  return new Promise((resolve) => {
    const box = el("dialog.box", {}, el("h2", {}, title), el("p", {}, text));
    const end = (answer) => () => { resolve(answer); box.close(); };
    box.append(el("div.row", {}, button("Cancel", end(false)), button(label, end(true), { kind: "danger" })));
    box.addEventListener("close", () => { resolve(false); box.remove(); });
    document.body.append(box);
    box.showModal();
  });
}
