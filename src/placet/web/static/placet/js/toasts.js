/* Toasts count down while an answer can be undone; news leave by themselves unless looked at. */
const NEWS_SECONDS = 8;

const start = (toast) => {
  if (toast.dataset.running || toast.classList.contains("still")) return;
  toast.dataset.running = "yes";
  const undo = toast.querySelector("form");
  const mustStay = toast.matches(".blocked, .warn");
  let left = Number(toast.dataset.seconds) || NEWS_SECONDS;
  const tick = setInterval(() => {
    // Undo is true time; news wait while somebody points at them or has the focus inside.
    if (!undo && (mustStay || toast.matches(":hover, :focus-within"))) return;
    left -= 1;
    const shown = toast.querySelector("[data-count]");
    // Changing the text node, not replacing it: screen readers are not told every second.
    if (shown) shown.firstChild.data = Math.max(0, left);
    if (left > 0 && toast.isConnected) return;
    clearInterval(tick);
    toast.remove();
  }, 1000);
};

export const startToasts = () => {
  const dock = document.getElementById("toasts");
  if (!dock) return;
  const all = () => dock.querySelectorAll("[data-toast]").forEach(start);
  new MutationObserver(all).observe(dock, { childList: true });
  dock.addEventListener("click", (event) => event.target.closest("[data-dismiss]")?.closest("[data-toast]").remove());
  all();
};
