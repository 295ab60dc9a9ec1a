// The first thing a visitor sees: what this is, and two ways on.

import { button, el } from "./dom.js";

const KEPT = "causeway.welcomed";

export function welcome(box, begin) {
  if (sessionStorage.getItem(KEPT)) return;
  const close = () => box.close();
  box.addEventListener("close", () => sessionStorage.setItem(KEPT, "yes"));
  box.append(
    el("img", { src: "/playground/static/icon.svg", alt: "", width: "52", height: "52" }),
    el("h2", { id: "welcome-title" }, "A supplier assistant that lives in chat"),
    el("p", {}, "Causeway runs here against stand-ins for Telegram and Slack. Nothing leaves this machine, and what works here works there."),
    el("ul", {},
      el("li", {}, el("b", {}, "The phone"), " is a supplier’s: lessons, figures, corrective actions, obstacles."),
      el("li", {}, el("b", {}, "The workspace"), " is where the buyer’s mentors and managers work."),
      el("li", {}, el("b", {}, "The clock"), " is yours: move it, and what is due happens.")),
    el("div.row", {}, button("Look around", close, { kind: "quiet" }),
      button("Take the tour", () => { close(); begin.click(); }, { kind: "strong" })));
  box.showModal();
}
