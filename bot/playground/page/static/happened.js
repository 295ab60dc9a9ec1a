// What just happened: a line for each turn, the newest first.

import { el, show } from "./dom.js";
import { onPane } from "./live.js";
import { hour, shortDay } from "./time.js";

export function happened(root) {
  let zone = "UTC";
  let lines = [];
  const list = el("ol.turns", { "aria-live": "off" });
  root.append(el("header", {}, el("h2", {}, "What just happened"), el("p", {}, "Who did what, what was stored, who was told.")), list);

  function draw() {
    const items = lines.length ? lines.map((line) => ({ ...line, zone })) : [{ id: "none" }];
    show(list, items, (line) => line.id, (line) => line.id === "none" ? el("li.nothing", {}, "Nothing yet. Write something on the phone.") : turn(line));
  }

  onPane("happened", (found) => { lines = found; draw(); });
  onPane("clock", (found) => { if (found.zone !== zone) { zone = found.zone; draw(); } });
}

function turn(line) {
  const byClock = line.id.startsWith("deed:");
  return el(`li.turn${line.stored.length ? ".stored" : ""}${byClock ? ".by-clock" : ""}`, {},
    el("time", {}, `${shortDay(line.at, line.zone)}, ${hour(line.at, line.zone)}`),
    el("p", { dir: "auto" }, el("b", {}, line.who), " ", line.deed),
    line.stored.map((what) => el("p.effect.store", {}, el("span", {}, "stored"), what)),
    line.told.map(({ how, whom }) => el("p.effect.tell", {}, el("span", {}, how), whom)));
}
