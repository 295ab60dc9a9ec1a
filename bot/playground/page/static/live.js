// The stream of what has changed: one event for each part of the page.

import { look, onLook } from "./look.js";

const hearers = new Map();
let source = null;
let asked = "";

export function onPane(name, hearer) {
  hearers.set(name, [...(hearers.get(name) ?? []), hearer]);
}

export function listen() {
  open();
  onLook(open);
  addEventListener("beforeunload", () => source?.close());
}

function open() {
  const { phone, member, channel, thread } = look;
  const query = String(new URLSearchParams({ phone, member, channel, thread }));
  if (source && query === asked) return;
  source?.close();
  asked = query;
  source = new EventSource(`/playground/live?${query}`);
  for (const [name, heard] of hearers) {
    source.addEventListener(name, (event) => {
      const pane = JSON.parse(event.data);
      for (const hearer of heard) hearer(pane);
    });
  }
  source.addEventListener("error", () => document.getElementById("waiting").hidden = false);
}
