// Block Kit as elements. What Slack shows is drawn; what is pressed or chosen is done by the person in front.

import { button, el } from "./dom.js";
import { deed } from "./net.js";
import { look } from "./look.js";
import { link } from "./links.js";
import { mrkdwn, plain } from "./mrkdwn.js";
import { input } from "./fields.js";

// `given`: `where` is the message or view the blocks stand in, `members` are names by id, `field` draws an input block.
export function blocks(all, given) {
  return all.map((block) => DRAWN[block.type]?.(block, given) ?? null);
}

const DRAWN = {
  section: (block, given) => el("div.section", {}, el("div", {}, block.text ? text(block.text, given) : null,
    block.fields ? el("div.fields", {}, block.fields.map((one) => text(one, given))) : null),
    block.accessory ? element(block.accessory, given) : null),
  header: (block) => el("h3", { dir: "auto" }, block.text.text),
  divider: () => el("hr"),
  context: (block, given) => el("div.context", {}, block.elements.map((one) => one.type === "image" ? picture(one) : text(one, given))),
  actions: (block, given) => el("div.actions", {}, block.elements.map((one) => element(one, given))),
  image: (block) => picture(block),
  markdown: (block, given) => el("p.text", { dir: "auto" }, mrkdwn(block.text, given.members)),
  rich_text: (block, given) => el("div.rich", {}, block.elements.map((one) => richPart(one, given))),
  table: (block, given) => el("table", {}, block.rows.map((row) => el("tr", {}, row.map((cell) => el("td", {}, cellText(cell, given)))))),
  input: (block, given) => given.field?.(block) ?? null,
};

export function text(part, given) {
  const words = part.type === "mrkdwn" ? mrkdwn(part.text, given.members) : [plain(part.text)];
  return el("p.text", { dir: "auto" }, words);
}

function picture(part) {
  return el("figure", {}, el("img", { src: part.image_url ?? "", alt: part.alt_text }), part.title ? el("figcaption", {}, part.title.text) : null);
}

function cellText(cell, given) {
  return cell.type === "raw_text" ? cell.text : richPart(cell, given);
}

function richPart(part, given) {
  switch (part.type) {
    case "text": return styled(part);
    case "link": return link(part.url, part.text ?? part.url);
    case "user": return el("span.mention", {}, `@${given.members[part.user_id] ?? part.user_id}`);
    case "emoji": return `:${part.name}:`;
    case "rich_text_list": return el("ul", {}, part.elements.map((one) => el("li", {}, richPart(one, given))));
    case "rich_text_quote": return el("blockquote", {}, part.elements.map((one) => richPart(one, given)));
    case "rich_text_preformatted": return el("pre", {}, part.elements.map((one) => richPart(one, given)));
    case "rich_text_section": return el("p.text", { dir: "auto" }, part.elements.map((one) => richPart(one, given)));
    default: return el("div", {}, (part.elements ?? []).map((one) => richPart(one, given)));
  }
}

function styled(part) {
  const style = part.style ?? {};
  const tag = style.code ? "code" : style.bold ? "b" : style.italic ? "i" : style.strike ? "s" : "span";
  return el(tag, {}, part.text);
}

function element(part, given) {
  if (part.type === "button") return pressed(part, given);
  if (part.type === "image") return picture(part);
  if (part.type === "overflow") return input({ ...part, type: "static_select", placeholder: { text: "…" } }, null, given.members, chosen(part, given));
  return input(part, undefined, given.members, chosen(part, given));
}

function chosen(part, given) {
  return (value) => deed(`members/${look.member}/choose`, { action: part.action_id, value, where: given.where });
}

function pressed(part, given) {
  const node = button(part.text.text, async () => {
    if (part.url) open(part.url, "_blank", "noopener");
    node.classList.add("spins");
    await deed(`members/${look.member}/press`, { action: part.action_id, where: given.where });
    node.classList.remove("spins");
  }, { kind: part.style === "danger" ? "danger" : part.style === "primary" ? "primary" : "default", dir: "auto" });
  return node;
}
