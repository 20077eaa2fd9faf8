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

  // A report may hold thousands of threats and tests: those of further pages are in the document only while they are shown. Paper gets all.
  const paged = (list) => {
    const further = document.getElementById(`${list.id}-further`), more = document.getElementById(`${list.id}-more`);
    const page = list.children.length, all = [...list.children, ...(further ? further.content.children : [])];
    let found = all, limit = page;
    const draw = (most = limit) => {
      const rest = Math.max(0, found.length - most);
      list.replaceChildren(...found.slice(0, most));
      if (more) { more.hidden = !rest; more.textContent = `Show ${Math.min(page, rest)} more of ${rest}`; }
    };
    const show = (matching, least = 0) => { found = matching; limit = Math.max(page, least); draw(); };
    if (more) more.addEventListener("click", () => { limit += page; draw(); });
    draw();
    return { list, all, show, draw };
  };
  const lists = [...document.querySelectorAll("[data-paged]")].map(paged);

  const threats = lists.find((pages) => pages.list.id === "threat-list");
  const form = document.getElementById("filters");
  const shown = document.getElementById("shown");
  const words = new Map();
  const wordsOf = (threat) => {
    if (!words.has(threat)) words.set(threat, threat.textContent.toLowerCase());
    return words.get(threat);
  };
  const matches = (threat) => [...form.elements].every((field) => {
    if (!field.name || !field.value) return true;
    if (field.name === "text") return wordsOf(threat).includes(field.value.toLowerCase());
    return (threat.dataset[field.name] || "").split(" ").includes(field.value);
  });
  const filter = () => {
    const found = threats.all.filter(matches);
    threats.show(found);
    shown.textContent = found.length === threats.all.length ? `${found.length} threats` : `${found.length} of ${threats.all.length} threats match`;
  };
  if (form) {
    form.hidden = false;
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", filter);
    form.addEventListener("reset", () => setTimeout(filter));
    const unfold = document.getElementById("unfold");
    unfold.addEventListener("click", () => {
      const open = unfold.getAttribute("aria-pressed") !== "true";
      for (const threat of threats.all) threat.open = open;
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
        filter();
        document.getElementById("threats").scrollIntoView();
        form.elements.element.focus({ preventScroll: true });
      });
    });
  }

  const reveal = () => {
    const name = decodeURIComponent(location.hash.slice(1));
    if (!name) return;
    for (const pages of lists) {
      const place = pages.all.findIndex((entry) => entry.id === name);
      if (place < 0 || pages.all[place].isConnected) continue;
      if (pages === threats) form.reset();
      setTimeout(() => pages.show(pages.all, place + 1));  // after the filter has heard of the reset
    }
    setTimeout(() => {
      const target = document.getElementById(name);
      for (let fold = target && target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
      if (target) setTimeout(() => target.scrollIntoView());
    });
  };
  addEventListener("hashchange", reveal);
  reveal();

  // Paper can't unfold.
  let folded = [];
  addEventListener("beforeprint", () => {
    for (const pages of lists) pages.draw(pages.all.length);
    folded = [...document.querySelectorAll("details:not([open])")];
    for (const fold of folded) fold.open = true;
  });
  addEventListener("afterprint", () => {
    for (const fold of folded) fold.open = false;
    for (const pages of lists) pages.draw();
  });
})();
