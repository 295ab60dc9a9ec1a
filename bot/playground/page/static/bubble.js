// One message of a chat, with its buttons, pictures and files.

import { button, el, icon } from "./dom.js";
import { look } from "./look.js";
import { deed } from "./net.js";
import { link } from "./links.js";
import { rich } from "./rich.js";
import { alertBox, toast } from "./toast.js";
import { hour, size } from "./time.js";

export const wanted = new EventTarget();

export function bubble(message, one) {
  const side = message.mine ? ".mine" : ".theirs";
  const body = el(`div.bubble${message.photo ? ".with-photo" : ""}`, {}, quoted(message), files(message, one));
  if (message.html) body.append(el("div.words", { dir: "auto" }, rich(message.html)));
  body.append(el("span.meta", { dir: "ltr" }, message.edited ? "edited " : "", message.silent ? "silent " : "",
    hour(message.at, one.timezone), message.mine ? el("i.ticks", { "aria-hidden": "true" }, "✓✓") : null));
  const reactions = message.reactions.length ? el("span.reactions", {}, message.reactions.join(" ")) : null;
  return el(`article.message${side}`, { "aria-label": message.mine ? `${one.name} wrote` : "Causeway wrote" },
    el("div.line", {}, body, actions(message)), reactions, keyboard(message), retired(message));
}

function actions(message) {
  const ask = (what) => () => wanted.dispatchEvent(new CustomEvent(what, { detail: message }));
  return el("span.hover", { dir: "ltr" },
    button(icon("reply"), ask("reply"), { "aria-label": "Reply", title: "Reply" }),
    message.mine && !message.photo && !message.document
      ? button(icon("edit"), ask("edit"), { "aria-label": "Change", title: "Change" }) : null);
}

function quoted(message) {
  return message.reply ? el("blockquote.quoted", { dir: "auto" }, el("b", {}, message.reply.author), el("span", {}, message.reply.text)) : null;
}

function files(message, one) {
  const at = (kind) => `/playground/phones/${one.key}/messages/${message.id}/${kind}`;
  const parts = [];
  if (message.photo) {
    parts.push(el("a.photo", { href: at("photo"), target: "_blank", rel: "noopener" }, el("img", { src: at("photo"), alt: "Photo" })));
  }
  if (message.document) {
    const { name, size: bytes } = message.document;
    parts.push(el("a.document", { href: at("document"), target: "_blank", rel: "noopener" }, icon("file"),
      el("span.two", { dir: "ltr" }, el("b", {}, name), el("small", {}, size(bytes)))));
  }
  if (message.voice) parts.push(el("audio", { src: at("voice"), controls: true }));
  return parts;
}

function keyboard(message) {
  if (!message.buttons.length) return null;
  return el("div.keyboard", {}, message.buttons.map((row) => el("div.keys", {}, row.map((key) => keyOf(key, message)))));
}

function keyOf(key, message) {
  if (key.url) {
    const opened = link(key.url, key.label);
    if (opened.classList) opened.classList.add("key");
    return opened;
  }
  const node = button(key.label, () => tap(node, key, message), { kind: "key", dir: "auto" });
  return node;
}

async function tap(node, key, message) {
  node.classList.add("spins");
  const answer = await deed(`phones/${look.phone}/tap`, { data: key.data, message: message.id });
  node.classList.remove("spins");
  if (answer?.note) (answer.alert ? alertBox : toast)(answer.note);
}

// Buttons that an edit took away. A slow phone still shows them, and a finger may still land there.
function retired(message) {
  if (!message.retired.length || message.buttons.length) return null;
  return el("details.retired", { dir: "ltr" }, el("summary", {}, "earlier buttons"),
    el("div.keyboard", { dir: "auto" }, message.retired.map((row) => el("div.keys", {}, row.map((key) => keyOf(key, message))))));
}
