// What this visitor looks at, kept for the tab; whoever wants to know is told of changes.

const KEPT = "causeway.look";
const START = { phone: "", member: "", channel: "", thread: "", home: false };

export const look = { ...START, ...JSON.parse(sessionStorage.getItem(KEPT) ?? "{}") };
export const world = { people: [] };
const hearers = [];

export function onLook(hearer) {
  hearers.push(hearer);
}

export function lookAt(changes) {
  const before = JSON.stringify(look);
  Object.assign(look, changes);
  if (JSON.stringify(look) === before) return;
  sessionStorage.setItem(KEPT, JSON.stringify(look));
  for (const hearer of hearers) hearer();
}

export function person(key) {
  return world.people.find((one) => one.key === key);
}

// Which part of the page is in front: on a narrow screen the only one, on a wide one the middle.
export function bringUp(pane) {
  document.body.dataset.pane = pane;
  if (pane !== "phone") document.body.dataset.centre = pane;
  for (const tab of document.querySelectorAll(".panes button")) {
    tab.setAttribute("aria-pressed", String(tab.dataset.pane === pane));
  }
}
