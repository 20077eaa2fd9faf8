"use strict";
(() => {
  const root = document.documentElement;
  const themes = ["", "light", "dark"];
  const button = document.getElementById("theme");
  let chosen = "";

  // Shown inside another page of the same origin, the report follows that page's colors until a reader chooses.
  const host = (() => {
    try { return parent !== window ? parent.document.documentElement : null; } catch { return null; }
  })();
  const paint = () => {
    const theme = chosen || (host ? (host.classList.contains("dark") ? "dark" : "light") : "");
    if (theme) root.dataset.theme = theme; else delete root.dataset.theme;
    button.textContent = `Colors: ${chosen || "automatic"}`;
  };
  if (host) new MutationObserver(paint).observe(host, { attributes: true, attributeFilter: ["class"] });
  button.addEventListener("click", () => { chosen = themes[(themes.indexOf(chosen) + 1) % themes.length]; paint(); });
  button.hidden = false;
  paint();

  const threats = [...document.querySelectorAll("[data-threat]")];
  const form = document.getElementById("filters");
  const shown = document.getElementById("shown");
  const matches = (threat) => [...form.elements].every((field) => {
    if (!field.name || !field.value) return true;
    if (field.name === "text") return threat.textContent.toLowerCase().includes(field.value.toLowerCase());
    return threat.dataset[field.name].split(" ").includes(field.value);
  });
  const filter = () => {
    let count = 0;
    for (const threat of threats) {
      threat.hidden = !matches(threat);
      count += threat.hidden ? 0 : 1;
    }
    shown.textContent = `${count} of ${threats.length} shown`;
  };
  if (form) {
    form.hidden = false;
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", filter);
    form.addEventListener("reset", () => setTimeout(filter));
    const unfold = document.getElementById("unfold");
    unfold.addEventListener("click", () => {
      const open = unfold.getAttribute("aria-pressed") !== "true";
      for (const threat of threats) threat.open = open;
      unfold.setAttribute("aria-pressed", String(open));
      unfold.textContent = open ? "Fold all" : "Unfold all";
    });
    filter();
  }

  const reveal = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.hidden && form) form.reset();
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    setTimeout(() => target.scrollIntoView());
  };
  addEventListener("hashchange", reveal);
  reveal();

  // Paper can't unfold.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")];
    for (const fold of folded) fold.open = true;
  });
  addEventListener("afterprint", () => { for (const fold of folded) fold.open = false; });
})();
