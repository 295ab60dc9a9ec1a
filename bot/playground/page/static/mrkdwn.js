// Slack's markup as elements: bold, italic, struck, code, links, people. What it does not know stays text.

import { el } from "./dom.js";
import { link, linked } from "./links.js";

const PARTS = /<([^<>\s|]+)(?:\|([^<>]*))?>|`([^`\n]+)`|(?<![\p{L}\p{N}*])\*(\S(?:[^*\n]*\S)?)\*(?![\p{L}\p{N}])|(?<![\p{L}\p{N}_])_(\S(?:[^_\n]*\S)?)_(?![\p{L}\p{N}])|(?<![\p{L}\p{N}~])~(\S(?:[^~\n]*\S)?)~(?![\p{L}\p{N}])/gu;

export function mrkdwn(text, members = {}) {
  const parts = [];
  let end = 0;
  for (const found of text.matchAll(PARTS)) {
    parts.push(...linked(plain(text.slice(end, found.index))), part(found, members));
    end = found.index + found[0].length;
  }
  return [...parts, ...linked(plain(text.slice(end)))];
}

function part([whole, target, label, code, bold, italic, struck], members) {
  if (code !== undefined) return el("code", {}, plain(code));
  if (bold !== undefined) return el("b", {}, mrkdwn(bold, members));
  if (italic !== undefined) return el("i", {}, mrkdwn(italic, members));
  if (struck !== undefined) return el("s", {}, mrkdwn(struck, members));
  if (target.startsWith("@")) return el("span.mention", {}, `@${members[target.slice(1)] ?? target.slice(1)}`);
  if (target.startsWith("#") || target.startsWith("!")) return el("span.mention", {}, plain(label || target));
  return link(plain(target), plain(label || target));
}

export function plain(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
