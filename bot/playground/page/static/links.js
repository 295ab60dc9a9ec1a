// Links in messages. A deep link opens the chat with the bot on somebody's phone; all others open in a new tab.

import { el } from "./dom.js";
import { deed } from "./net.js";
import { bringUp, look, lookAt, world } from "./look.js";

const START = /^https:\/\/t\.me\/\w+\?start=([A-Za-z0-9_-]{1,64})$/;
const ALLOWED = /^(https?:|mailto:|tg:)/i;
export const BARE = /https?:\/\/[^\s<>"]+/g;

export function link(url, label = url) {
  const found = START.exec(url);
  if (found) return el("a.deep", { href: "#phone", onclick: (event) => follow(event, found[1]) }, label);
  if (!ALLOWED.test(url)) return document.createTextNode(label);
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, label);
}

// The phone of whoever the message is about, else the one in front.
function follow(event, payload) {
  event.preventDefault();
  const words = event.target.closest("[data-words]")?.textContent ?? "";
  const meant = world.people.find((one) => one.role === "supplier" && words.includes(one.name));
  const key = meant?.key ?? look.phone;
  lookAt({ phone: key });
  bringUp("phone");
  deed(`phones/${key}/start`, { payload });
}

// Text with the bare addresses in it made into links.
export function linked(text) {
  const parts = [];
  let end = 0;
  for (const found of text.matchAll(BARE)) {
    parts.push(text.slice(end, found.index), link(found[0]));
    end = found.index + found[0].length;
  }
  return [...parts, text.slice(end)].filter((part) => part !== "");
}
