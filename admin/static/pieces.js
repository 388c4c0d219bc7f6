// A piece: its picture with the marks of the cut, which the fields hold; its words in time.
"use strict";
(() => {
  const sound = document.getElementById("sound"), wave = document.getElementById("wave");
  const start = document.getElementById("start"), end = document.getElementById("end");
  const whole = Number(wave.dataset.seconds), CLIP = 3; // seconds that are heard at either end
  let region = null, until = null;

  const seconds = (field, usual) => {
    const found = field && field.value !== "" ? Number(field.value) : usual;
    return Number.isFinite(found) ? Math.min(Math.max(found, 0), whole) : usual;
  };
  const marks = () => start ? [seconds(start, 0), seconds(end, whole)] : given;
  const given = [Number(wave.dataset.start || 0), Number(wave.dataset.end || whole)];

  function hear(from, to) {
    until = to;
    sound.currentTime = from;
    sound.play();
  }
  sound.addEventListener("timeupdate", () => {
    if (until !== null && sound.currentTime >= until) { sound.pause(); until = null; }
  });
  sound.addEventListener("pause", () => { until = null; });

  function on(id, does) { document.getElementById(id)?.addEventListener("click", does); }
  on("hear-cut", () => hear(...marks()));
  on("hear-begin", () => { const [a, b] = marks(); hear(a, Math.min(a + CLIP, b)); });
  on("hear-end", () => { const [a, b] = marks(); hear(Math.max(b - CLIP, a), b); });
  on("start-here", () => { start.value = sound.currentTime.toFixed(2); marked(); });
  on("end-here", () => { end.value = sound.currentTime.toFixed(2); marked(); });

  // The fields have changed: so do the picture and the words.
  function marked() {
    const [from, to] = marks();
    region?.setOptions({ start: from, end: Math.max(to, from) });
    pale();
  }
  function pale() {
    const [from, to] = marks();
    document.querySelectorAll(".word").forEach((word) => word.classList.toggle("pale", Number(word.dataset.end) <= from || Number(word.dataset.start) >= to));
  }
  [start, end].forEach((field) => field?.addEventListener("input", marked));
  document.querySelectorAll(".word").forEach((word) => word.addEventListener("click", () => hear(Number(word.dataset.start), null)));

  async function draw() {
    const answer = await fetch(wave.dataset.peaks, { credentials: "same-origin" });
    if (!answer.ok) return;
    const found = await answer.json(), { WaveSurfer, Regions } = window.Pressline_waveform;
    const regions = Regions.create();
    const picture = WaveSurfer.create({
      container: wave, media: sound, peaks: [found.peaks], duration: whole, height: 120, plugins: [regions],
      waveColor: "#8a9bb0", progressColor: "#0b5cad", cursorColor: "#b3261e", cspNonce: wave.dataset.nonce,
    });
    picture.on("ready", () => {
      const [from, to] = marks(), moves = Boolean(start);
      region = regions.addRegion({ id: "cut", start: from, end: to, drag: moves, resize: moves, color: "rgb(11 92 173 / .18)" });
      region.on("update", () => {
        start.value = region.start.toFixed(2);
        end.value = whole - region.end < .005 ? "" : region.end.toFixed(2);
        pale();
      });
      wave.dataset.ready = "yes";
    });
  }

  pale();
  draw();
})();
