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
  // Thousands of threats are shown a page at a time; paper gets all of them.
  const page = 200;
  let limit = page;
  const more = document.getElementById("more");
  const filter = () => {
    let count = 0;
    for (const threat of threats) {
      const matched = matches(threat);
      count += matched ? 1 : 0;
      threat.hidden = !matched || count > limit;
    }
    const rest = Math.max(0, count - limit);
    shown.textContent = rest ? `${limit} of ${count} matching shown, ${threats.length} in all` : `${count} of ${threats.length} shown`;
    more.hidden = !rest;
    more.textContent = `Show ${Math.min(page, rest)} more`;
  };
  const refilter = () => { limit = page; filter(); };
  if (form) {
    form.hidden = false;
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", refilter);
    form.addEventListener("reset", () => setTimeout(refilter));
    more.addEventListener("click", () => { limit += page; filter(); });
    const unfold = document.getElementById("unfold");
    unfold.addEventListener("click", () => {
      const open = unfold.getAttribute("aria-pressed") !== "true";
      for (const threat of threats) threat.open = open;
      unfold.setAttribute("aria-pressed", String(open));
      unfold.textContent = open ? "Fold all" : "Unfold all";
    });
    filter();
  }

  // The diagram: larger and smaller, dragged with a mouse, and an element shows its threats.
  const canvas = document.getElementById("canvas");
  if (canvas) {
    const drawing = canvas.querySelector("svg"), buttons = document.getElementById("zoom");
    let scale = 0;
    buttons.hidden = false;
    buttons.addEventListener("click", (event) => {
      const factor = Number(event.target.dataset.zoom ?? NaN);
      if (Number.isNaN(factor)) return;
      const now = scale || drawing.getBoundingClientRect().width / drawing.viewBox.baseVal.width;
      scale = factor ? Math.min(4, Math.max(0.25, now * factor)) : 0;
      drawing.classList.toggle("zoomed", Boolean(scale));
      drawing.setAttribute("width", drawing.viewBox.baseVal.width * (scale || 1));
      drawing.setAttribute("height", drawing.viewBox.baseVal.height * (scale || 1));
    });
    let from = null;
    canvas.addEventListener("pointerdown", (event) => {
      if (event.pointerType === "mouse" && !event.target.closest("a")) from = [event.clientX + canvas.scrollLeft, event.clientY + canvas.scrollTop];
    });
    addEventListener("pointermove", (event) => {
      if (from) { canvas.scrollLeft = from[0] - event.clientX; canvas.scrollTop = from[1] - event.clientY; }
    });
    addEventListener("pointerup", () => { from = null; });
    canvas.addEventListener("click", (event) => {
      const element = event.target.closest("a[data-element]");
      const choice = element && form && [...form.elements.element.options].find((option) => option.value === element.dataset.element);
      if (!choice) return;
      event.preventDefault();
      form.reset();
      setTimeout(() => {
        form.elements.element.value = choice.value;
        refilter();
        document.getElementById("threats").scrollIntoView();
        form.elements.element.focus({ preventScroll: true });
      });
    });
  }

  const reveal = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.hidden && form) {
      form.reset();
      setTimeout(() => { limit = Math.max(page, threats.indexOf(target) + 1); filter(); });
    }
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    setTimeout(() => target.scrollIntoView());
  };
  addEventListener("hashchange", reveal);
  reveal();

  // Paper can't unfold.
  let folded = [];
  addEventListener("beforeprint", () => {
    limit = threats.length;
    if (form) filter();
    folded = [...document.querySelectorAll("details:not([open])")];
    for (const fold of folded) fold.open = true;
  });
  addEventListener("afterprint", () => { for (const fold of folded) fold.open = false; if (form) refilter(); });
})();
