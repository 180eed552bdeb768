/* Everything here shortens what also works without it. */
import { startKeyboard } from "./keyboard.js";
import { startLists } from "./lists.js";
import { announce, remember } from "./page.js";
import { startToasts } from "./toasts.js";

const told = document.getElementById("announcer")?.dataset ?? {};

const press = {
  themeChoice: (button) => {
    const theme = button.dataset.themeChoice;
    remember("theme", theme);
    document.documentElement.dataset.theme = theme;
  },
  step: (button) => {
    const field = button.closest("[data-qty]").querySelector("input");
    if (Number(button.dataset.step) > 0) field.stepUp();
    else field.stepDown();
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  },
  copy: async (button) => {
    const source = button.dataset.copy || button.closest(".code").querySelector("code").textContent;
    await navigator.clipboard.writeText(source);
    announce(told.copied);
  },
  open: (button) => document.getElementById(button.dataset.open)?.showModal(),
};

const closeMenus = (except) => document.querySelectorAll("details.drop[open]").forEach((menu) => { if (!menu.contains(except)) menu.open = false; });

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-theme-choice], [data-step], [data-copy], [data-open]");
  closeMenus(button ? null : event.target);
  for (const name of Object.keys(press)) if (button && name in button.dataset) press[name](button);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.querySelector("details.drop[open] > summary")?.focus();
  closeMenus(null);
});

/* A form that leaves the page is sent once: the second of two clicks sent it again. Coming back to the page it is free. */
let sent = {}; addEventListener("pageshow", () => { sent = {}; });
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || (event.submitter ?? event.target).formMethod === "dialog" || event.target.getAttribute("method") !== "post") return;
  if (sent.form === event.target && event.timeStamp - sent.at < 10000) event.preventDefault();
  else sent = { form: event.target, at: event.timeStamp };
});

/* After a swap its result is said (data-announce); that nothing arrived is said too. */
document.addEventListener("htmx:afterSettle", ({ target }) => {
  announce((target.closest("[data-announce]") ?? target.querySelector("[data-announce]"))?.dataset.announce);
});
for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(failure, ({ target }) => { if (!target.closest("[data-poll]")) announce(told.failed); });
}
/* What asks by itself is silent when it fails, rests while nobody looks, and replaces nothing in which somebody is typing. */
const isTyped = (field) => field === document.activeElement || (field.type !== "hidden" && field.value !== (field.defaultValue ?? field.value));
const isBusy = (place) => document.hidden || [...place.querySelectorAll("input, textarea, select")].some(isTyped);
for (const moment of ["htmx:beforeRequest", "htmx:beforeSwap"]) document.addEventListener(moment, (event) => { if (event.detail.requestConfig.elt.closest("[data-poll]") && isBusy(event.detail.target)) event.preventDefault(); });

for (const start of [startKeyboard, startLists, startToasts]) start();
