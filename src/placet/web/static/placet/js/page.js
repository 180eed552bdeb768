/* What the modules share: say something to screen readers, and remember a choice in a cookie. */
export const announce = (text) => {
  const place = document.getElementById("announcer");
  if (!place || !text) return;
  place.textContent = ""; requestAnimationFrame(() => { place.textContent = text; });
};

export const remember = (name, value) => {
  const secure = location.protocol === "https:" ? "; secure" : "";
  const age = value ? 31536000 : 0;
  document.cookie = `placet_${name}=${value}; path=/; max-age=${age}; samesite=lax${secure}`;
};
