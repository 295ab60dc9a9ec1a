// The guided tour: the guide says a line, and the page turns to what is meant.

import { button, el } from "./dom.js";
import { onPane } from "./live.js";
import { deed } from "./net.js";
import { bringUp, lookAt } from "./look.js";

export function tour(root, begin) {
  let told = "";
  begin.addEventListener("click", next);

  function next() {
    return deed("tour/next");
  }

  function draw(pane) {
    const on = pane.act > 0;
    root.hidden = !on;
    begin.hidden = on;
    document.body.classList.toggle("touring", on);
    if (!on) return point("");
    const last = pane.act === pane.acts.length;
    const label = pane.trouble ? "Try again" : last ? "Play it once more" : `Next: ${pane.acts[pane.act]}`;
    const steps = el("ol.steps", {}, pane.acts.map((title, place) => el("li", {
      "aria-current": place + 1 === pane.act ? "step" : null, class: place + 1 < pane.act ? "done" : null,
    }, el("span", {}, title))));
    const says = pane.trouble ? el("p.error", {}, pane.trouble) : el("p", { role: "status" }, pane.line?.text ?? "");
    root.replaceChildren(steps, el("h2", {}, `${pane.act}. ${pane.acts[pane.act - 1]}`), says,
      el("div.row", {}, button("Leave the tour", () => deed("tour/leave"), { kind: "plain" }),
        pane.playing ? el("span.playing", {}, el("span.spinner"), "playing") : button(label, next, { kind: "strong" })));
    if (pane.line && pane.line.text !== told) turnTo(pane.line);
    told = pane.line?.text ?? "";
  }

  onPane("tour", draw);
}

function turnTo(line) {
  if (line.pane === "phone") lookAt({ phone: line.key });
  if (line.pane === "workspace") lookAt({ member: line.key, channel: line.channel, thread: "", home: false });
  if (line.pane !== "clock") bringUp(line.pane);
  point(line.pane);
}

function point(pane) {
  for (const node of document.querySelectorAll(".pointed")) node.classList.remove("pointed");
  if (pane) document.getElementById(pane).classList.add("pointed");
}
