// The fields of Block Kit: each is an ordinary control that knows what it holds.

import { el } from "./dom.js";

const TYPES = {
  plain_text_input: "text", number_input: "text", email_text_input: "email", url_text_input: "url",
  datepicker: "date", timepicker: "time", datetimepicker: "datetime-local",
};
const PRESET = {
  plain_text_input: "initial_value", number_input: "initial_value", email_text_input: "initial_value",
  url_text_input: "initial_value", datepicker: "initial_date", timepicker: "initial_time",
};

// `value` is what it holds now; `changed` is told of a new one. `node.held()` gives what it holds.
export function input(part, value, members = {}, changed = () => {}) {
  const node = made(part, value, members);
  node.addEventListener("change", () => changed(node.held()));
  return node;
}

function made(part, value, members) {
  switch (part.type) {
    case "static_select": case "multi_static_select": return select(part, value ?? preset(part), options(part));
    case "users_select": case "multi_users_select": return select(part, value ?? null, people(members));
    case "radio_buttons": case "checkboxes": return ticks(part, value ?? preset(part));
    case "plain_text_input": return part.multiline ? long(part, value) : short(part, value);
    default: return TYPES[part.type] ? short(part, value) : el("small.nothing", {}, `A ${part.type.replaceAll("_", " ")} is not shown here.`);
  }
}

function preset(part) {
  const one = part.initial_option?.value;
  return part.initial_options?.map((option) => option.value) ?? one ?? null;
}

function options(part) {
  const all = [{ options: part.options ?? [] }, ...(part.option_groups ?? [])];
  return all.flatMap((group) => group.options.map((option) => [option.value, option.text.text, group.label?.text]));
}

function people(members) {
  return Object.entries(members).map(([id, name]) => [id, name]);
}

function short(part, value) {
  const type = TYPES[part.type];
  const node = el("input", { type, value: value ?? part[PRESET[part.type]] ?? "", placeholder: part.placeholder?.text });
  if (part.type === "number_input") node.inputMode = "decimal";
  node.held = () => type === "datetime-local" && node.value ? Math.floor(new Date(node.value).getTime() / 1000) : node.value;
  return node;
}

function long(part, value) {
  const node = el("textarea", { rows: "4", value: value ?? part.initial_value ?? "", placeholder: part.placeholder?.text });
  node.held = () => node.value;
  return node;
}

function select(part, value, all) {
  const several = part.type.startsWith("multi_");
  const held = new Set([value ?? []].flat());
  const node = el("select", { multiple: several, dir: "auto" }, several ? null : el("option", { value: "" }, part.placeholder?.text ?? "Choose"),
    all.map(([key, label]) => el("option", { value: key, selected: held.has(key) }, label)));
  const chosen = () => [...node.selectedOptions].map((option) => option.value).filter(Boolean);
  node.held = () => several ? chosen() : chosen()[0] ?? null;
  return node;
}

let groups = 0;

function ticks(part, value) {
  const type = part.type === "checkboxes" ? "checkbox" : "radio";
  const held = new Set([value ?? []].flat());
  const name = `ticks-${++groups}`;
  const node = el("fieldset.ticks", {}, part.options.map((option) => el("label", {},
    el("input", { type, name, value: option.value, checked: held.has(option.value) }), el("span", {}, option.text.text))));
  const chosen = () => [...node.querySelectorAll("input:checked")].map((one) => one.value);
  node.held = () => type === "checkbox" ? chosen() : chosen()[0] ?? null;
  return node;
}
