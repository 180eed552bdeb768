/* Rows with a checkbox: select all without flags, shift selects a range, the bar counts and adds up. */
const boxes = () => [...document.querySelectorAll("[data-row] .c-sel input[type=checkbox]")];
let last = null;

const count = () => {
  const chosen = boxes().filter((box) => box.checked);
  for (const all of document.querySelectorAll("[data-select-all]")) {
    const clean = boxes().filter((box) => !box.closest("[data-flagged]"));
    all.checked = clean.length > 0 && clean.every((box) => box.checked);
    all.indeterminate = chosen.length > 0 && !all.checked;
  }
  const bar = document.querySelector("[data-bulk]:not(.still)");
  if (!bar) return;
  const minor = chosen.reduce((sum, box) => sum + Number(box.closest("[data-row]").dataset.amountMinor || 0), 0);
  bar.querySelector("[data-bulk-count]").textContent = chosen.length;
  bar.querySelector("[data-bulk-sum]").textContent = inWords(minor, bar.dataset.currency);
};

const inWords = (minor, currency) => {
  if (!currency || !minor) return "";
  const style = new Intl.NumberFormat(document.documentElement.lang, { style: "currency", currency });
  const places = style.resolvedOptions().maximumFractionDigits;
  const written = (minor / 10 ** places).toLocaleString(document.documentElement.lang, { minimumFractionDigits: places });
  return `${written} ${currency}`;
};

export const startLists = () => {
  document.addEventListener("click", (event) => {
    const box = event.target.closest?.(".c-sel input[type=checkbox]");
    if (box?.matches("[data-select-all]")) {
      for (const one of boxes()) one.checked = box.checked && !one.closest("[data-flagged]");
    } else if (box) {
      const all = boxes();
      if (event.shiftKey && last && all.includes(last)) {
        const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
        for (const one of all.slice(from, to + 1)) one.checked = box.checked;
      }
      last = box;
    }
    if (event.target.closest?.("[data-bulk-clear]")) for (const one of boxes()) one.checked = false;
    count();
  });
  document.addEventListener("htmx:afterSettle", count);
  count();
};
