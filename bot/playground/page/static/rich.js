// Telegram's markup as elements. Only the tags that Telegram knows come through; everything else is text.

import { el } from "./dom.js";
import { link, linked } from "./links.js";

const TAGS = {
  B: "b", STRONG: "b", I: "i", EM: "i", U: "u", INS: "u", S: "s", STRIKE: "s", DEL: "s",
  CODE: "code", PRE: "pre", BLOCKQUOTE: "blockquote",
};

export function rich(html) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  return copies(parsed.body);
}

function copies(parent, inLink = false) {
  return [...parent.childNodes].flatMap((node) => copy(node, inLink));
}

function copy(node, inLink) {
  if (node.nodeType === Node.TEXT_NODE) return inLink ? [node.data] : linked(node.data);
  if (node.nodeType !== Node.ELEMENT_NODE) return [];
  if (node.tagName === "A") return [link(node.getAttribute("href") ?? "", node.textContent)];
  const tag = TAGS[node.tagName];
  return tag ? [el(tag, {}, copies(node, inLink))] : copies(node, inLink);
}
