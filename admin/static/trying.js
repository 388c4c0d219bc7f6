// Trying a flow out: each key sends all keys so far, and the call is run anew up to there.
"use strict";
(() => {
  const root = document.getElementById("trying");
  const words = JSON.parse(root.dataset.words);
  const part = (id) => document.getElementById(id);
  const screen = part("screen"), player = part("player");
  let keys = [], told = null, last = null, played = 0, busy = false, queue = [];

  function results() {
    const found = {};
    document.querySelectorAll(".query").forEach((box) => {
      const choice = box.querySelector("select").value;
      if (choice === "rows") found[box.dataset.query] = JSON.parse(box.querySelector("textarea").value);
      else if (choice) found[box.dataset.query] = choice;
    });
    return found;
  }

  function wish(typing, hangsUp) {
    const form = new FormData(part("circumstances"));
    return {
      keys, typing, hangs_up: hangsUp, at: form.get("at") || null, caller: form.get("caller"),
      dialed: form.get("dialed"), language: form.get("language"), results: results(),
    };
  }

  async function run(typing, hangsUp = null) {
    if (busy) return;
    let asked;
    try { asked = wish(typing, hangsUp); } catch { Pressline.tell(words.bad_rows, "bad"); return; }
    busy = true;
    const answer = await Pressline.act(root.dataset.attempt, asked);
    busy = false;
    if (answer) { told = answer; last = asked; show(); }
  }

  function show() {
    const ended = !told.waits;
    screen.textContent = ended ? `${words.ended}: ${told.end}${told.reason ? ` (${told.reason})` : ""}`
      : told.keyed ? `${words.keying} ${told.keyed}` : words.waits;
    document.querySelectorAll(".key, #wait, #hang-up").forEach((button) => { button.disabled = ended; });
    if (part("keep")) part("keep").disabled = false;
    transcript();
    trace();
    if (part("aloud").checked) speak(told.pieces.slice(played));
    played = told.pieces.length;
  }

  function item(className, ...children) {
    const line = document.createElement("li");
    line.className = className;
    line.append(...children);
    return line;
  }

  function span(className, text) {
    const one = document.createElement("span");
    one.className = className;
    one.textContent = text;
    return one;
  }

  function transcript() {
    part("transcript").replaceChildren(...told.pieces.map((piece, at) => {
      const who = piece.kind === "spoke" ? "" : words[piece.kind];
      const text = piece.kind === "spoke" ? words.spoke.replace("SECONDS", piece.text) : piece.text;
      const line = item(piece.kind, span("who", `${who} · ${piece.seconds.toFixed(1)} s`), text, " ");
      line.id = `piece-${at}`;
      if (piece.sound) {
        const listen = document.createElement("button");
        listen.className = "link";
        listen.textContent = words.listen;
        listen.addEventListener("click", () => { queue = []; speak([piece]); });
        line.append(listen);
      }
      return line;
    }));
    part("transcript").scrollTop = part("transcript").scrollHeight;
  }

  function trace() {
    part("trace").replaceChildren(...told.trace.map((step) => {
      const detail = Object.entries(step.detail).map(([name, value]) => `${name}: ${value}`).join("; ");
      return item(step.error ? "failed" : "", `${step.flow} / ${step.step} · ${step.verb} → ${step.event}`,
        span("what", step.error || detail));
    }));
    const pairs = Object.entries(told.variables);
    part("variables").replaceChildren(...(pairs.length ? pairs : [[words.nothing, ""]]).flatMap(([name, value]) => {
      const dt = document.createElement("dt"), dd = document.createElement("dd");
      dt.textContent = name;
      dd.textContent = value;
      return [dt, dd];
    }));
  }

  function speak(pieces) {
    queue.push(...pieces.filter((piece) => piece.sound));
    if (player.paused || player.ended) next();
  }

  function next() {
    const piece = queue.shift();
    if (!piece) return;
    player.src = root.dataset.sound.replace("TOKEN", encodeURIComponent(piece.sound));
    player.play().catch(() => {});
  }

  function press(key) {
    if (!told || !told.waits || busy) return;
    hush();
    if (told.keyed) keys[keys.length - 1] += key; else keys.push(key);
    run(true);
  }

  function hush() { queue = []; player.pause(); }

  player.addEventListener("ended", next);
  player.addEventListener("error", next);
  part("call").addEventListener("click", () => { hush(); keys = []; told = null; played = 0; run(true); });
  part("wait").addEventListener("click", () => { hush(); if (!told.keyed) keys.push(""); run(false); });
  part("hang-up").addEventListener("click", () => { hush(); run(false, told.seconds); });
  document.querySelectorAll(".key").forEach((button) => button.addEventListener("click", () => press(button.dataset.key)));
  document.addEventListener("keydown", (event) => {
    if (/^[0-9*#]$/.test(event.key) && !event.target.closest("input, select, textarea")) press(event.key);
  });
  document.querySelectorAll(".query select").forEach((select) => select.addEventListener("change", () => {
    select.parentElement.querySelector("textarea").hidden = select.value !== "rows";
  }));
  part("keep")?.addEventListener("click", async () => {
    const answer = await Pressline.act(root.dataset.keep, { ...last, name: part("test-name").value });
    if (answer) Pressline.tell(`${words.kept} ${answer.version}.`, "good");
  });
})();
