/* Shortcuts are written in the templates: data-key="/" focuses a field, data-key="g i" follows a link,
   data-key="a" presses a button or chooses a radio, first in the row where the focus is, else on
   the page. j and k move the focus between the rows of a list ([data-row], its link .name). */
import { remember } from "./page.js";
import { openPalette } from "./palette.js";
const off = () => document.documentElement.dataset.keys === "off";
const typing = (target) => target.closest("textarea, select, [contenteditable]")
  || (target.matches("input") && !target.matches("[type=checkbox], [type=radio], [type=button]"));
const visible = (element) => element.checkVisibility?.({ visibilityProperty: true }) ?? true;
const row = () => document.activeElement?.closest("[data-row]");
let first = "";

const move = (by) => {
  const rows = [...document.querySelectorAll("[data-row]")].filter(visible);
  if (!rows.length) return false;
  const at = rows.indexOf(row());
  const next = rows[Math.min(rows.length - 1, Math.max(0, at < 0 ? 0 : at + by))];
  next.querySelector(".name, a, button")?.focus();
  next.scrollIntoView({ block: "nearest" });
  next.dispatchEvent(new CustomEvent("placet:cursor", { bubbles: true }));
  return true;
};

const press = (keys) => {
  const wanted = `[data-key="${CSS.escape(keys)}"]`;
  const found = row()?.querySelector(wanted)
    || [...document.querySelectorAll(wanted)].find((one) => one.closest("details, [popover]") || visible(one));
  const home = found?.closest("[data-row]");
  if (!found || (home && home !== row())) return false;
  if (found.matches("input, textarea")) found.focus();
  if (typing(found)) found.select?.();
  else found.click();
  return true;
};

const label = (element) => element.dataset.label || element.getAttribute("aria-label")
  || element.closest("label")?.querySelector("b")?.textContent
  || element.querySelector("span")?.textContent || element.textContent;

const listKeys = () => {
  const place = document.querySelector("[data-keys-list]");
  const [down, up, open, select, command] = place.dataset.listKeys.split("|");
  const found = new Map([["Ctrl K", command]]);
  const rows = document.querySelector("[data-row]");
  if (rows) for (const [key, text] of [["j", down], ["k", up], ["Enter", open]]) found.set(key, text);
  if (rows?.querySelector(".c-sel")) found.set("x", select);
  for (const one of document.querySelectorAll("[data-key]")) if (!found.has(one.dataset.key)) found.set(one.dataset.key, label(one).trim());
  place.replaceChildren(...[...found].flatMap(([keys, text]) => {
    const [term, told] = [document.createElement("dt"), document.createElement("dd")];
    for (const key of keys.split(" ")) term.append(Object.assign(document.createElement("kbd"), { textContent: key }));
    told.textContent = text;
    return [term, told];
  }));
};

const onKey = (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    openPalette();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || off() || typing(event.target)) return;
  if (document.querySelector("dialog:modal")) return;
  const keys = first ? `${first} ${event.key}` : event.key;
  const handled = press(keys)
    || (keys === "j" && move(1)) || (keys === "k" && move(-1))
    || (keys === "x" && (row()?.querySelector(".c-sel input")?.click(), Boolean(row())));
  first = !handled && event.key === "g" ? "g" : "";
  if (handled) event.preventDefault();
};

export const startKeyboard = () => {
  document.addEventListener("keydown", onKey);
  const choice = document.querySelector("[data-keys-switch]");
  if (!choice) return;
  choice.checked = !off();
  choice.addEventListener("change", () => {
    remember("keys", choice.checked ? "" : "off");
    document.documentElement.dataset.keys = choice.checked ? "on" : "off";
  });
  const dialog = document.getElementById("keys");
  new MutationObserver(() => dialog.open && listKeys()).observe(dialog, { attributeFilter: ["open"] });
};
