// The overview: live calls with their steps, what needs attention, and two charts.
"use strict";
(() => {
  const table = document.getElementById("live");
  const words = table ? JSON.parse(table.dataset.words) : {};
  const MOST = 20;

  function cell(row, label, ...parts) {
    const found = row.insertCell();
    found.dataset.label = label;
    found.append(...parts);
  }

  function own(text) { const found = document.createElement("bdi"); found.textContent = text; return found; }

  function caller(call) {
    if (call.direction === "out") return call.purpose ? `${words.box} (${call.purpose})` : words.box;
    return call.withheld ? words.withheld : call.number || call.name || words.unknown;
  }

  function since(call) {
    const link = document.createElement("a");
    link.href = `/calls/${encodeURIComponent(call.call)}`;
    link.dataset.started = call.started;
    link.textContent = lasted(call.started);
    return link;
  }

  function lasted(started) {
    const seconds = Math.max(0, Math.round(Date.now() / 1000 - started));
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }

  function show(data) {
    document.getElementById("live-away").hidden = !data.away;
    table.parentElement.hidden = Boolean(data.away);
    document.getElementById("live-count").textContent = data.away ? "–" : data.count;
    const body = document.createElement("tbody");
    data.calls.slice(0, MOST).forEach((call) => {
      const row = body.insertRow();
      cell(row, words.since, since(call));
      cell(row, words.caller, own(caller(call)));
      cell(row, words.dialled, own(call.dialled));
      cell(row, words.flow, call.flow);
      cell(row, words.step, call.step);
    });
    const rest = data.count - body.rows.length;
    if (rest > 0 || !body.rows.length) {
      const last = body.insertRow().insertCell();
      last.colSpan = 5;
      last.className = "empty";
      last.textContent = rest > 0 ? words.more.replace("NUMBER", rest) : words.none;
    }
    keepFocus(() => table.tBodies[0].replaceWith(body));
  }

  // Whoever is on a call's link with the keyboard stays there.
  function keepFocus(change) {
    const href = table.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    change();
    if (href) [...table.querySelectorAll("a")].find((link) => link.getAttribute("href") === href)?.focus();
  }

  let asked = 0;
  function refresh() {
    clearTimeout(asked);
    // Not all open pages at the same moment.
    asked = setTimeout(async () => {
      try {
        const found = await Pressline.send("/now", {}, "GET");
        for (const [id, html] of Object.entries(found)) {
          const place = document.getElementById(id);
          if (place.innerHTML !== html && !place.contains(document.activeElement)) place.innerHTML = html; // the panel's own, escaped there
        }
      } catch { /* the next news, or the next minute, asks again */ }
    }, 300 + Math.random() * 1500);
  }

  Pressline.live(table ? ["calls", "messages", "hours", "attention"] : ["messages", "attention"], (topic, data) => {
    if (topic === "calls") { if (data.calls) show(data); } else refresh();
  });
  setInterval(() => { if (!document.hidden) refresh(); }, 60000);
  setInterval(() => document.querySelectorAll("[data-started]").forEach((link) => { link.textContent = lasted(link.dataset.started); }), 1000);

  const data = JSON.parse(document.getElementById("chart-data").textContent);
  const uPlot = window.Pressline_chart?.default;
  function draw(id) {
    const place = document.getElementById(`chart-${id}`), rows = data[id];
    const bars = uPlot.paths.bars({ size: [0.8, 60] });
    const numbers = rows.map((_, at) => at);
    const plot = new uPlot({
      width: place.clientWidth, height: 210, cursor: { show: false }, legend: { show: true, live: false },
      scales: { x: { time: false, range: [-0.6, rows.length - 0.4] }, y: { range: (_, least, most) => [0, Math.max(5, most * 1.1)] } },
      axes: [{ values: (_, splits) => splits.map((at) => rows[at]?.[0] ?? ""), grid: { show: false } }, { size: 44 }],
      series: [{}, { label: data.words.calls, fill: "#9dbfe3", stroke: "#5b8fc7", paths: bars, points: { show: false } },
        { label: data.words.answered, fill: "#0b5cad", stroke: "#0b5cad", paths: bars, points: { show: false } }],
    }, [numbers, rows.map((row) => row[1]), rows.map((row) => row[2])], place);
    new ResizeObserver(() => plot.setSize({ width: place.clientWidth, height: 210 })).observe(place);
  }
  if (uPlot) { draw("hours"); draw("days"); }
})();
