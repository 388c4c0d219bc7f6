// One message: its picture, its words in time, its keys.
"use strict";
(() => {
  const sound = document.getElementById("sound"), one = document.getElementById("one");
  if (!sound) return;
  const player = document.getElementById("player"), play = document.getElementById("play");
  const speed = document.getElementById("speed"), clock = document.getElementById("clock");
  const wave = document.getElementById("wave");
  let words = [], now = null;

  const length = () => Number.isFinite(sound.duration) ? sound.duration : Number(wave.dataset.seconds);
  const told = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
  const toggle = () => sound.paused ? sound.play() : sound.pause();
  const skip = (seconds) => { sound.currentTime = Math.min(Math.max(sound.currentTime + seconds, 0), length()); };
  const faster = (steps) => {
    speed.selectedIndex = Math.min(Math.max(speed.selectedIndex + steps, 0), speed.options.length - 1);
    sound.playbackRate = Number(speed.value);
  };

  async function draw() {
    const answer = await fetch(wave.dataset.peaks, { credentials: "same-origin" });
    if (!answer.ok) return;
    const found = await answer.json();
    window.Pressline_waveform.WaveSurfer.create({
      container: wave, media: sound, peaks: [found.peaks], duration: found.seconds, height: 96,
      waveColor: "#8a9bb0", progressColor: "#0b5cad", cursorColor: "#b3261e", cspNonce: player.dataset.nonce,
    });
  }

  function learn() {
    words = [...document.querySelectorAll(".word")].map((word) => ({ word, start: Number(word.dataset.start), end: Number(word.dataset.end) }));
    now = null;
    follow();
  }

  // The word that is heard: the last one that has begun, found by halves.
  function at(seconds) {
    let low = 0, high = words.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (words[middle].start <= seconds) low = middle + 1; else high = middle;
    }
    const found = words[low - 1];
    return found && seconds <= found.end + 0.5 ? found.word : null;
  }

  function follow() {
    clock.textContent = `${told(sound.currentTime)} / ${told(length())}`;
    const word = sound.currentTime > 0 || !sound.paused ? at(sound.currentTime) : null;
    if (word === now) return;
    now?.classList.remove("now");
    word?.classList.add("now");
    now = word;
  }

  play.addEventListener("click", toggle);
  speed.addEventListener("change", () => faster(0));
  player.querySelectorAll("[data-skip]").forEach((button) => button.addEventListener("click", () => skip(Number(button.dataset.skip))));
  sound.addEventListener("timeupdate", follow);
  sound.addEventListener("loadedmetadata", follow);
  ["play", "pause"].forEach((name) => sound.addEventListener(name, () => {
    play.textContent = sound.paused ? play.dataset.play : play.dataset.pause;
  }));
  sound.addEventListener("play", () => { if (one.dataset.played) Pressline.send(one.dataset.played).catch(() => {}); }, { once: true });
  document.addEventListener("click", (event) => {
    const word = event.target.closest?.(".word");
    if (!word) return;
    sound.currentTime = Number(word.dataset.start);
    sound.play();
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select, summary, audio, a, button")) return;
    const does = { " ": toggle, ArrowLeft: () => skip(-5), ArrowRight: () => skip(5), ArrowUp: () => faster(1), ArrowDown: () => faster(-1) }[event.key];
    if (!does) return;
    event.preventDefault();
    does();
  });
  document.addEventListener("renewed", learn);

  sound.controls = false;
  player.hidden = false;
  learn();
  draw();
})();
