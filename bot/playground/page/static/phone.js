// A phone: whose it is, the chat with the bot, and what is under the thumb.

import { atEnd, avatar, button, el, icon, keepAtEnd, show } from "./dom.js";
import { look, lookAt, person, world } from "./look.js";
import { onPane } from "./live.js";
import { deed } from "./net.js";
import { bubble } from "./bubble.js";
import { composer } from "./composer.js";
import { picker } from "./picker.js";
import { day, fullDay, hour } from "./time.js";

const lines = (one) => [one.name, `${one.site}, ${one.country} · ${one.languageName}`, one.joined ? "" : "not joined"];

export function phone(root) {
  const who = picker("On the phone", { lines, chosen: (key) => lookAt({ phone: key }) });
  const clock = el("span.phone-time");
  const date = el("span");
  const chat = keepAtEnd(el("div.chat", { role: "log", "aria-label": "Chat", tabindex: "0" }));
  const write = composer();
  const block = button(icon("more"), () => deed(`phones/${look.phone}/block`, { on: !pane.blocked }), { kind: "round" });
  const head = el("div.chat-head", {}, avatar("Causeway", ".bot"),
    el("span.two", {}, el("b", {}, "Causeway"), el("small", {}, "bot")), block);
  const screen = el("div.screen", {}, el("div.status", {}, clock, el("i.notch"), date), head, chat, write.node);
  root.append(who.node, el("div.frame", {}, screen));
  let pane = { messages: [], commands: [], keyboard: [] };
  let shownFor = "";
  let now = "";

  function draw() {
    const one = person(look.phone);
    who.update(world.people.filter((other) => other.role === "supplier"), look.phone);
    if (!one || pane.key !== look.phone) return;
    if (now) { clock.textContent = hour(now, one.timezone); date.textContent = fullDay(now, one.timezone); }
    const fresh = shownFor !== pane.key;
    shownFor = pane.key;
    chat.dir = one.direction;
    chat.lang = one.language.replaceAll("_", "-");
    atEnd(chat, () => show(chat, rows(one), (row) => row.key, (row) => row.make ? welcome(one) : drawRow(row, one)), fresh);
    const says = pane.blocked ? "Let the bot in again" : "Block the bot";
    block.title = says;
    block.setAttribute("aria-label", says);
    write.update(pane, one);
  }

  function rows(one) {
    const all = [];
    let last = "";
    for (const message of pane.messages) {
      const on = day(message.at, one.timezone);
      if (on !== last) all.push({ key: `day-${message.id}`, day: on });
      last = on;
      all.push({ key: message.id, message, zone: one.timezone });
    }
    if (!pane.messages.length || (!one.joined && !pane.opened)) all.push({ key: "welcome", make: true, name: one.name, joined: one.joined });
    return all;
  }

  onPane("phone", (found) => { pane = found; draw(); });
  onPane("people", draw);
  onPane("clock", (found) => { now = found.now; draw(); });
}

function drawRow(row, one) {
  return row.day ? el("p.day", {}, el("span", {}, row.day)) : bubble(row.message, one);
}

// What the empty chat shows: how this person comes in.
function welcome(one) {
  const mentor = person(one.mentor);
  if (one.joined) {
    return el("div.empty", { dir: "ltr" }, el("p", {}, `${one.name} takes part already. Write something, or open the menu.`),
      button("Start", () => deed(`phones/${one.key}/start`, { payload: "" }), { kind: "strong" }));
  }
  const open = button("Open the invitation", async () => {
    open.disabled = true;
    await deed(`phones/${one.key}/invitation`);
    open.disabled = false;
  }, { kind: "strong" });
  return el("div.empty", { dir: "ltr" },
    el("p", {}, el("b", {}, one.name), " has not joined yet."),
    el("p", {}, mentor ? `${mentor.name} makes an invitation in Slack with ` : "A mentor makes an invitation in Slack with ",
      el("code", {}, `/causeway invite ${one.key}`), ". Its link opens this chat."),
    mentor ? open : null,
    button("Start without one", () => deed(`phones/${one.key}/start`, { payload: "" }), { kind: "plain" }));
}
