// Moments in words: always in the zone of whoever is looked at, never in the visitor's own.

const formats = new Map();

function written(iso, zone, options) {
  const key = JSON.stringify([zone, options]);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat("en-GB", { timeZone: zone || "UTC", ...options }));
  return formats.get(key).format(new Date(iso));
}

export const hour = (iso, zone) => written(iso, zone, { hour: "2-digit", minute: "2-digit" });
export const day = (iso, zone) => written(iso, zone, { weekday: "long", day: "numeric", month: "long" });
export const shortDay = (iso, zone) => written(iso, zone, { weekday: "short", day: "numeric", month: "short" });
export const fullDay = (iso, zone) => written(iso, zone, { weekday: "short", day: "numeric", month: "short", year: "numeric" });
export const city = (zone) => zone.split("/").at(-1).replaceAll("_", " ");

// The value of a date and time field for a moment, in that zone.
export function fieldValue(iso, zone) {
  const part = (options) => written(iso, zone, options);
  const date = [part({ year: "numeric" }), part({ month: "2-digit" }), part({ day: "2-digit" })].join("-");
  return `${date}T${hour(iso, zone)}`;
}

export function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1048576 ? `${Math.round(bytes / 1024)} kB` : `${(bytes / 1048576).toFixed(1)} MB`;
}
