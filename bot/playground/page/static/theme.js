// Dark or light: as the system says, until the visitor says otherwise.

import { icon } from "./dom.js";

const KEPT = "causeway.theme";
const dark = matchMedia("(prefers-color-scheme: dark)");

export function theme(switcher) {
  const draw = () => {
    const chosen = localStorage.getItem(KEPT);
    if (chosen) document.documentElement.dataset.theme = chosen;
    const now = chosen ?? (dark.matches ? "dark" : "light");
    switcher.replaceChildren(icon(now === "dark" ? "sun" : "moon"));
    switcher.setAttribute("aria-pressed", String(now === "dark"));
    switcher.title = now === "dark" ? "Light" : "Dark";
  };
  switcher.addEventListener("click", () => {
    const now = localStorage.getItem(KEPT) ?? (dark.matches ? "dark" : "light");
    localStorage.setItem(KEPT, now === "dark" ? "light" : "dark");
    draw();
  });
  dark.addEventListener("change", draw);
  draw();
}
