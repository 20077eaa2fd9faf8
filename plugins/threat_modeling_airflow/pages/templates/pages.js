"use strict";
(() => {
  const root = document.documentElement;

  // In Airflow's frame the page takes the frame's colors, and links of Airflow move the page around it: the frame's sandbox blocks the rest.
  const host = (() => {
    try { return parent !== window ? parent : null; } catch { return null; }
  })();
  const outer = (() => {
    try { return host && host.document.documentElement; } catch { return null; }
  })();
  const paint = () => {
    root.dataset.host = "";
    root.classList.toggle("dark", outer.classList.contains("dark"));
    root.dataset.theme = outer.classList.contains("dark") ? "dark" : "light";
    const color = getComputedStyle(outer).getPropertyValue("--chakra-colors-bg").trim();
    if (color) root.style.setProperty("--host-bg", color);
  };
  if (outer) { paint(); new MutationObserver(paint).observe(outer, { attributes: true, attributeFilter: ["class"] }); }
  document.addEventListener("click", (event) => {
    const alone = event.target.closest("a[data-alone]");
    if (alone && outer) { event.preventDefault(); host.open(alone.href, "_blank", "noopener"); }
    const link = event.target.closest("a[data-airflow]");
    if (!link || !outer || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    host.history.pushState(null, "", link.href);
    host.dispatchEvent(new PopStateEvent("popstate"));
  });

  for (const time of document.querySelectorAll("time[datetime]")) {
    const moment = new Date(time.dateTime);
    time.title = time.textContent.trim();
    time.textContent = moment.toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
  }
  const tick = () => {
    for (const clock of document.querySelectorAll("[data-since]")) {
      const seconds = Math.max(0, Math.round((Date.now() - new Date(clock.dataset.since)) / 1000));
      clock.textContent = seconds < 60 ? `${seconds} s` : seconds < 3600 ? `${Math.floor(seconds / 60)} min ${seconds % 60} s` : `${Math.floor(seconds / 3600)} h ${Math.floor(seconds / 60) % 60} min`;
    }
  };
  tick();
  setInterval(tick, 1000);

  const form = document.getElementById("filters");
  const rows = [...document.querySelectorAll("[data-row]")];
  const shown = document.getElementById("shown");
  const filter = () => {
    const text = form.elements.text.value.toLowerCase(), status = form.elements.status.value;
    let count = 0;
    for (const row of rows) {
      row.hidden = Boolean((text && !row.textContent.toLowerCase().includes(text)) || (status && row.dataset.status !== status));
      count += row.hidden ? 0 : 1;
    }
    shown.textContent = `${count} of ${rows.length} shown`;
  };
  if (form) {
    form.hidden = false;
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", filter);
    form.addEventListener("reset", () => setTimeout(filter));
    filter();
  }
  for (const head of document.querySelectorAll("th[data-sort]")) {
    head.querySelector("button").addEventListener("click", () => {
      const key = head.dataset.sort, down = head.getAttribute("aria-sort") === "ascending";
      for (const other of document.querySelectorAll("th[data-sort]")) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const sorted = [...rows].sort((a, b) => a.dataset[key].localeCompare(b.dataset[key], undefined, { numeric: true }) * (down ? -1 : 1));
      for (const row of sorted) row.parentElement.append(row);
    });
  }

  // A page that shows something live is asked for again, unless nobody looks at it or somebody works in it.
  const every = Number(document.body.dataset.refresh || 0);
  if (every) {
    setInterval(() => {
      const busy = form && [...form.elements].some((field) => field.name && field.value);
      if (!document.hidden && !busy && !document.querySelector("th[aria-sort]")) location.reload();
    }, every * 1000);
  }
})();
