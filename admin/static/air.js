// Pages of what is live: one part is fetched anew whenever there is news, its buttons act in place, its clocks run.
"use strict";
(() => {
  const part = document.getElementById("part"), away = document.getElementById("away");
  if (!part) return;
  const AGAIN = 5000; // milliseconds until a box that did not answer is asked again
  let asking = false, wanted = false, shown = part.innerHTML.trim(), later = 0;

  // What somebody is typing, has open, or is at, outlives the change of the part.
  function show(html) {
    if (html.trim() === shown) return;
    shown = html.trim();
    const at = document.activeElement, id = part.contains(at) ? at.id : "";
    const marks = id && "selectionStart" in at ? [at.selectionStart, at.selectionEnd] : null;
    const typed = [...part.querySelectorAll("input[id]:not([type=hidden]), textarea[id]")]
      .filter((field) => field.value !== field.defaultValue).map((field) => [field.id, field.value]);
    const open = [...part.querySelectorAll("details[open][id]")].map((one) => one.id);
    part.innerHTML = html;
    typed.forEach(([name, value]) => { const field = document.getElementById(name); if (field) field.value = value; });
    open.forEach((name) => { const one = document.getElementById(name); if (one) one.open = true; });
    if (id) focus(id, marks);
    tick();
  }

  // A button that is gone hands the keyboard on to the part, not to the top of the page.
  function focus(id, marks) {
    const now = document.getElementById(id);
    if (!now) { part.tabIndex = -1; part.focus({ preventScroll: true }); return; }
    now.focus({ preventScroll: true });
    if (marks && marks[0] !== null) now.setSelectionRange(...marks);
  }

  function isAway(words) {
    away.hidden = false;
    document.getElementById("away-why").textContent = words;
    clearTimeout(later);
    later = setTimeout(refresh, AGAIN);
  }

  async function refresh() {
    wanted = true;
    if (asking) return;
    asking = true;
    while (wanted) { wanted = false; await look(); }
    asking = false;
  }

  async function look() {
    try {
      const answer = await fetch(part.dataset.url, { credentials: "same-origin", headers: { Accept: "text/html, application/json;q=0.9" } });
      if (answer.redirected || answer.status === 401) { location.reload(); return; }
      if (answer.ok) { show(await answer.text()); away.hidden = true; return; }
      const said = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main p:not(.brand)");
      isAway(said ? said.textContent : "");
    } catch { isAway(""); }
  }

  async function act(form, button) {
    const wish = Object.fromEntries(new FormData(form, button));
    button?.setAttribute("aria-busy", "true");
    const found = await Pressline.act(form.action, wish);
    button?.removeAttribute("aria-busy");
    if (!found) { refresh(); return; }
    if (found.told) Pressline.tell(found.told, "good");
    if ("clears" in form.dataset) form.reset();
    if (found.part) { show(found.part); away.hidden = true; } else refresh();
  }

  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || !("act" in event.target.dataset)) return;
    event.preventDefault();
    act(event.target, event.submitter);
  });

  // Clocks by the box's time: the browser's own may be wrong.
  const ahead = part.dataset.now ? Date.now() - Date.parse(part.dataset.now) : 0;
  const clock = (seconds) => {
    const whole = Math.max(0, Math.floor(seconds)), two = (n) => String(n).padStart(2, "0");
    return (whole >= 3600 ? `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}` : Math.floor(whole / 60)) + `:${two(whole % 60)}`;
  };
  function tick() {
    const now = Date.now() - ahead;
    document.querySelectorAll("[data-until]").forEach((at) => {
      const left = (Date.parse(at.dataset.until) - now) / 1000;
      at.textContent = left < 0 ? `−${clock(-left)}` : clock(left);
      at.classList.toggle("late", left < 60);
    });
    document.querySelectorAll("[data-since]").forEach((at) => { at.textContent = clock((now - Date.parse(at.dataset.since)) / 1000); });
  }

  // Single keys press buttons, once the user has wished so (WCAG 2.1.4), and never while writing.
  const wish = document.getElementById("keys");
  if (wish) {
    wish.checked = localStorage.getItem("air-keys") === "on";
    wish.addEventListener("change", () => localStorage.setItem("air-keys", wish.checked ? "on" : "off"));
    document.addEventListener("keydown", (event) => {
      if (!wish.checked || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      if (event.target.closest("input:not([type=checkbox]), textarea, select")) return;
      const button = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === event.key.toLowerCase());
      if (button && !button.disabled) { event.preventDefault(); button.click(); }
    });
  }

  Pressline.live([part.dataset.topic], (topic, data) => {
    const about = data[part.dataset.key];
    if (about === undefined || String(about) === part.dataset.id) refresh();
  });
  setInterval(tick, 1000);
  tick();
  if (!away.hidden) later = setTimeout(refresh, AGAIN);
})();
