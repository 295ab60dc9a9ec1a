// The programme's clock: what it says, and the buttons that move it forward.

import { button, el, icon } from "./dom.js";
import { onPane } from "./live.js";
import { deed } from "./net.js";
import { city, fieldValue, fullDay, hour, shortDay } from "./time.js";

export function clock(root) {
  let pane = null;
  const day = el("span");
  const year = el("span.wide");
  const time = el("strong.clock-hour");
  const zone = el("small");
  const jumps = [["hour", "+1 hour"], ["morning", "Tomorrow 9:00"], ["monday", "Next Monday"]]
    .map(([jump, label]) => button(label, () => deed("clock", { jump }), { kind: "quiet" }));
  const field = el("input", { type: "datetime-local", "aria-label": "Go to a date and time" });
  const chooser = el("form.chooser", { hidden: true, onsubmit: go }, field, el("button.strong", { type: "submit" }, "Go"));
  const other = button([icon("calendar"), el("span.wide", {}, "Any date")], choose, { kind: "quiet", "aria-label": "Any date" });
  const halt = button("Stop here", () => deed("clock/halt"), { kind: "strong" });
  const buttons = el("div.jumps", {}, jumps, other, halt, chooser);
  root.append(el("div.clock-face", { role: "timer" }, el("span.clock-day", {}, day, year), el("span", {}, time, zone)), buttons);

  function choose() {
    chooser.hidden = !chooser.hidden;
    if (chooser.hidden) return;
    field.value = field.min = fieldValue(pane.now, pane.zone);
    field.focus();
  }

  async function go(event) {
    event.preventDefault();
    if (await deed("clock", { at: field.value })) chooser.hidden = true;
  }

  onPane("clock", (found) => {
    pane = found;
    day.textContent = shortDay(pane.now, pane.zone);
    year.textContent = ` ${fullDay(pane.now, pane.zone).slice(-4)}`;
    time.textContent = hour(pane.now, pane.zone);
    zone.textContent = city(pane.zone);
    root.classList.toggle("moves", Boolean(pane.target));
    for (const one of [...jumps, other]) one.hidden = Boolean(pane.target);
    halt.hidden = !pane.target;
  });
}
