// One message of the workspace.

import { avatar, button, el, icon } from "./dom.js";
import { look, lookAt } from "./look.js";
import { blocks } from "./blocks.js";
import { mrkdwn } from "./mrkdwn.js";
import { hour, size } from "./time.js";

export function post(message, one, pane) {
  const words = message.blocks.length
    ? blocks(message.blocks, { where: message.ts, members: pane.members })
    : message.text ? [el("p.text", { dir: "auto" }, mrkdwn(message.text, pane.members))] : [];
  const head = el("header", {}, el("b", {}, message.author), message.bot ? el("small.app", {}, "APP") : null,
    el("time", {}, hour(message.at, one.timezone)), message.edited ? el("small", {}, "(edited)") : null);
  const body = el("div.body", { "data-words": "" }, head,
    message.ephemeral ? el("small.only", {}, "Only visible to you") : null,
    words, message.files.map((file) => shared(file)), reactions(message), replies(message));
  return el("article.post", { "aria-label": `${message.author} wrote` }, avatar(message.author, message.bot ? ".bot" : ""), body,
    message.ephemeral || message.thread ? null : button(icon("thread"), () => open(message), { kind: "hover", "aria-label": "Reply in thread", title: "Reply in thread" }));
}

function open(message) {
  lookAt({ thread: message.ts });
}

function shared(file) {
  const at = `/playground/members/${look.member}/files/${file.id}`;
  if (file.mime.startsWith("image/")) {
    return el("a.shared-picture", { href: at, target: "_blank", rel: "noopener" }, el("img", { src: at, alt: file.name }));
  }
  return el("a.document", { href: at, target: "_blank", rel: "noopener" }, icon("file"),
    el("span.two", {}, el("b", {}, file.name), el("small", {}, size(file.size))));
}

function reactions(message) {
  const all = Object.entries(message.reactions);
  return all.length ? el("div.reactions", {}, all.map(([name, count]) => el("span", {}, `:${name}: ${count}`))) : null;
}

function replies(message) {
  if (!message.replies) return null;
  const label = message.replies === 1 ? "1 reply" : `${message.replies} replies`;
  return button(label, () => open(message), { kind: "replies" });
}
