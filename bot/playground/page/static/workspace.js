// The workspace: conversations on the left, what is said in one of them, and a thread beside it.

import { atEnd, avatar, button, el, icon, keepAtEnd, show } from "./dom.js";
import { look, lookAt, person, world } from "./look.js";
import { onPane } from "./live.js";
import { deed } from "./net.js";
import { blocks } from "./blocks.js";
import { modal } from "./modal.js";
import { picker } from "./picker.js";
import { post } from "./post.js";
import { toast } from "./toast.js";
import { writer } from "./writer.js";
import { day } from "./time.js";

const ROLES = { mentor: "Mentor", manager: "Programme manager" };
const lines = (one) => [one.name, ROLES[one.role] ?? one.role, ""];

export function workspace(root) {
  let pane = null;
  let shownFor = "";
  const seen = new Map();
  const notices = new Map();
  const who = picker("In Slack", { lines, chosen: (key) => lookAt({ member: key, channel: "", thread: "", home: false }) });
  const places = el("ul.places");
  const side = el("div.side", {}, el("div.team", {}, avatar("Fair Thread"), el("b", {}, "Workspace")), who.node, places);
  const title = el("h2");
  const said = keepAtEnd(el("div.said", { role: "log", "aria-label": "Messages", tabindex: "0" }));
  const main = el("div.channel", {}, el("header", {}, title), said);
  const threadSaid = keepAtEnd(el("div.said", { role: "log", "aria-label": "Thread", tabindex: "0" }));
  const close = button(icon("close"), () => lookAt({ thread: "" }), { kind: "round", "aria-label": "Close the thread" });
  const thread = el("div.thread", { hidden: true, "aria-label": "Thread" }, el("header", {}, el("h2", {}, "Thread"), close), threadSaid);
  const write = writer("");
  const writeThread = writer("thread");
  const dialog = modal();
  main.append(write.node);
  thread.append(writeThread.node);
  root.append(el("div.slack", {}, side, main, thread, dialog.node));

  function draw() {
    const one = person(look.member);
    who.update(world.people.filter((other) => other.role !== "supplier"), look.member);
    if (!one || pane?.key !== look.member) return;
    const fresh = shownFor !== pane.key + pane.channel + look.home;
    shownFor = pane.key + pane.channel + look.home;
    drawPlaces();
    if (look.home) drawHome(one);
    else drawMessages(one, fresh);
    write.node.hidden = look.home;
    drawThread(one);
    write.update(pane);
    writeThread.update(pane);
    dialog.update(pane.modal, pane);
    tellNotices();
  }

  function drawPlaces() {
    const key = (channel) => `${pane.key}/${channel.id}`;
    const open = pane.channels.find((channel) => channel.id === pane.channel);
    if (!look.home && open) seen.set(key(open), open.latest);
    const items = pane.channels.map((channel) => ({
      ...channel, open: !look.home && channel.id === pane.channel, fresh: channel.latest > (seen.get(key(channel)) ?? ""),
    }));
    show(places, [...items, { id: "home", kind: "home", name: "Causeway’s home", open: look.home }], (item) => item.id, placeItem);
  }

  function drawMessages(one, fresh) {
    const open = pane.channels.find((channel) => channel.id === pane.channel);
    title.replaceChildren(open.kind === "im" ? avatar("Causeway", ".bot") : icon("hash"), open.name);
    atEnd(said, () => show(said, rows(pane.messages, one), (row) => row.key, (row) => drawRow(row, one)), fresh);
  }

  function drawRow(row, one) {
    if (row.empty) return el("p.nothing", {}, "Nothing has been said here yet.");
    return row.day ? el("p.day", {}, el("span", {}, row.day)) : post(row.message, one, pane);
  }

  function drawHome() {
    title.replaceChildren(icon("home"), "Causeway’s home");
    const item = pane.home ?? { id: "none" };
    show(said, [item], (view) => view.id, (view) => view.id === "none"
      ? el("p.nothing", {}, "Causeway has not published a home page for this person.")
      : el("div.home", { "data-words": "" }, blocks(view.blocks, { where: view.id, members: pane.members })));
  }

  function drawThread(one) {
    thread.hidden = !look.thread || look.home || !pane.thread.length;
    root.firstElementChild.classList.toggle("with-thread", !thread.hidden);
    if (!thread.hidden) atEnd(threadSaid, () => show(threadSaid, rows(pane.thread, one), (row) => row.key, (row) => drawRow({ ...row, message: row.message && { ...row.message, replies: 0 } }, one)));
  }

  // What Slack itself says when the app did not answer; each is told once.
  function tellNotices() {
    const told = notices.get(pane.key) ?? pane.notices.length;
    for (const text of pane.notices.slice(told)) toast(`Slack: ${text.replaceAll("_", " ")}`, "bad");
    notices.set(pane.key, pane.notices.length);
  }

  onPane("workspace", (found) => { pane = found; draw(); });
  onPane("people", draw);
}

function rows(messages, one) {
  const all = [];
  let last = "";
  for (const message of messages) {
    const on = day(message.at, one.timezone);
    if (on !== last) all.push({ key: `day-${message.ts}`, day: on });
    last = on;
    all.push({ key: message.ts, message });
  }
  return all.length ? all : [{ key: "empty", empty: true }];
}

function placeItem(item) {
  const mark = item.kind === "im" ? avatar("Causeway", ".bot") : icon(item.kind === "home" ? "home" : "hash");
  const go = () => {
    lookAt(item.id === "home" ? { home: true, thread: "" } : { channel: item.id, thread: "", home: false });
    if (item.id === "home") deed(`members/${look.member}/home`);
  };
  return el("li", {}, button([mark, el("span", {}, item.name), item.fresh ? el("i.dot", { title: "new messages" }) : null], go,
    { kind: item.fresh ? "fresh" : "", "aria-current": item.open ? "page" : null }));
}
