// Puts the page together.

import { bringUp, look, lookAt, world } from "./look.js";
import { listen, onPane } from "./live.js";
import { deed } from "./net.js";
import { clock } from "./clock.js";
import { desk } from "./desk.js";
import { happened } from "./happened.js";
import { phone } from "./phone.js";
import { theme } from "./theme.js";
import { confirmBox } from "./toast.js";
import { tour } from "./tour.js";
import { welcome } from "./welcome.js";
import { workspace } from "./workspace.js";

const at = (id) => document.getElementById(id);

onPane("state", ({ ready }) => { at("waiting").hidden = ready; });

// Before anything is drawn there must be somebody to draw: the first of each, unless the visitor chose.
onPane("people", (people) => {
  world.people = people;
  const known = (key) => people.some((one) => one.key === key);
  const first = (fits) => people.find(fits)?.key ?? "";
  lookAt({
    phone: known(look.phone) ? look.phone : first((one) => one.role === "supplier"),
    member: known(look.member) ? look.member : first((one) => one.role === "mentor"),
  });
});

theme(at("theme"));
clock(at("clock"));
phone(at("phone"));
workspace(at("workspace"));
desk(at("desk"));
happened(at("happened"));
tour(at("tour"), at("tour-begin"));

for (const tab of document.querySelectorAll(".panes button")) {
  tab.addEventListener("click", () => bringUp(tab.dataset.pane));
}
bringUp(matchMedia("(max-width: 760px)").matches ? "phone" : "workspace");

at("start-over").addEventListener("click", async () => {
  const sure = await confirmBox("Start over?", "All chats, figures and moved clocks are forgotten, and the example programme begins again.", "Start over");
  if (!sure) return;
  at("waiting").hidden = false;
  await deed("start-over");
});

welcome(at("welcome"), at("tour-begin"));
listen();
