/* Ctrl-K: the links and buttons of this page that carry data-command, and the search. */
const dialog = () => document.getElementById("palette");
let entries = [];

const gather = () => [...document.querySelectorAll("[data-command]")].map((element) => ({
  text: (element.dataset.command || element.querySelector("span")?.textContent || element.textContent).trim(),
  icon: element.querySelector("svg"),
  keys: element.dataset.key || "",
  run: () => element.click(),
}));

const searching = (text) => {
  const form = document.querySelector(".searchbox");
  const run = () => { form.querySelector("input").value = text; form.requestSubmit(); };
  const words = dialog().querySelector(".found").dataset.search;
  return form && text ? [{ text: `${words} “${text}”`, icon: form.querySelector("svg"), keys: "", run }] : [];
};

const fits = (text, wanted) => wanted.toLowerCase().split(/\s+/).every((word) => text.toLowerCase().includes(word));
const option = (entry, index) => {
  const line = document.createElement("div");
  line.id = `found-${index}`;
  line.setAttribute("role", "option");
  if (entry.icon) line.append(entry.icon.cloneNode(true));
  line.append(entry.text);
  if (entry.keys) line.append(Object.assign(document.createElement("span"), { className: "end", textContent: entry.keys }));
  line.addEventListener("click", () => choose(entry));
  return line;
};

const choose = (entry) => { dialog().close(); entry?.run(); };
const mark = (index) => {
  const lines = [...dialog().querySelectorAll("[role=option]")];
  const at = Math.max(0, Math.min(lines.length - 1, index));
  lines.forEach((line, number) => line.setAttribute("aria-selected", String(number === at)));
  lines[at]?.scrollIntoView({ block: "nearest" });
  dialog().querySelector("input").setAttribute("aria-activedescendant", lines[at]?.id ?? "");
  return at;
};

export const openPalette = () => {
  const palette = dialog();
  if (!palette || palette.open) return;
  const field = palette.querySelector("input");
  const place = palette.querySelector(".found");
  let shown = [];
  let at = 0;
  const draw = () => {
    shown = [...entries.filter((entry) => fits(entry.text, field.value)), ...searching(field.value)];
    place.replaceChildren(...shown.map(option));
    at = mark(0);
  };
  entries = gather();
  field.value = "";
  field.oninput = draw;
  field.onkeydown = (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) at = mark(at + by);
    else if (event.key === "Enter") choose(shown[at]);
    else return;
    event.preventDefault();
  };
  draw();
  palette.showModal();
};
