// The manager's desk: the reports that have arrived, and the one that lies on top.

import { button, el, icon, show } from "./dom.js";
import { onPane } from "./live.js";
import { deed } from "./net.js";
import { look, lookAt, person } from "./look.js";
import { mrkdwn } from "./mrkdwn.js";
import { hour, shortDay } from "./time.js";

export function desk(root) {
  let pane = { managers: [], papers: [] };
  let open = "";
  let newest = "";
  const title = el("h2", {}, "Manager’s desk");
  const ask = button("Ask for this week’s summary", asked, { kind: "strong" });
  const list = el("ul.papers", { "aria-label": "Reports" });
  const paper = el("div.paper");
  root.append(el("div.desk", {}, el("header", {}, title, ask), el("div.desk-body", {}, list, paper)));

  async function asked() {
    ask.disabled = true;
    await deed(`members/${pane.managers[0].key}/command`, { text: "summary pdf" });
    ask.disabled = false;
  }

  function draw() {
    title.textContent = pane.managers.length ? `${pane.managers[0].name}’s desk` : "Manager’s desk";
    ask.hidden = !pane.managers.length;
    if (pane.papers[0] && pane.papers[0].id !== newest) open = newest = pane.papers[0].id;
    const zone = person(pane.managers[0]?.key)?.timezone;
    show(list, pane.papers.map((one) => ({ ...one, zone, open: one.id === open })), (one) => one.id, item);
    const top = pane.papers.find((one) => one.id === open);
    show(paper, top ? [{ ...top, zone }] : [{ id: "" }], (one) => one.id, (one) => one.id ? lying(one) : nothing());
  }

  function item(one) {
    return el("li", {}, button([icon("file"), el("span.two", {}, el("b", {}, one.name.replace(/\.pdf$/, "")),
      el("small", {}, `${shortDay(one.at, one.zone)}, ${hour(one.at, one.zone)}`))], () => { open = one.id; draw(); },
    { "aria-current": one.open ? "page" : null }));
  }

  onPane("desk", (found) => { pane = found; draw(); });
  onPane("people", draw);
}

function lying(one) {
  const at = `/playground/members/${one.member}/files/${one.id}`;
  const pages = Array.from({ length: one.pages }, (_none, place) =>
    el("img.sheet", { src: `${at}/pages/${place + 1}`, alt: `${one.name}, page ${place + 1}`, loading: "lazy" }));
  const inSlack = () => lookAt({ member: one.member, channel: "", thread: "", home: false });
  return el("article", { "data-words": "" },
    el("div.paper-words", {}, one.words.split("\n").filter(Boolean).map((line) => el("p", { dir: "auto" }, mrkdwn(line)))),
    el("div.row", {}, el("a.quiet.like-button", { href: at, target: "_blank", rel: "noopener" }, "Open the PDF"),
      look.member === one.member ? null : button("See it in Slack", inSlack, { kind: "quiet" })), pages);
}

function nothing() {
  return el("div.nothing", {}, el("p", {}, "No report has arrived yet."),
    el("p", {}, "The weekly summary comes by itself on Monday morning: move the clock there, or ask for it now."));
}
