// The page of one call while it goes on: its steps as they are taken, and the whole story once it is over.
"use strict";
(() => {
  const note = document.getElementById("live-call");
  if (!note) return;
  const words = JSON.parse(note.dataset.words);
  let seen = "", asking = false, again = false;

  async function look() {
    if (asking) { again = true; return; }
    asking = true;
    try {
      const found = await Pressline.send(note.dataset.now, {}, "GET");
      document.getElementById("steps").innerHTML = found.html; // the panel's own, escaped there
      note.textContent = found.step ? words.step.replace("STEP", found.step) : words.away;
      if (!found.live) over();
    } catch { /* the next news asks again */ }
    asking = false;
    if (again) { again = false; look(); }
  }

  // The store learns of the end a moment later than the page.
  function over() { setTimeout(() => location.reload(), 2000); }

  Pressline.live(["calls"], (topic, data) => {
    if (data.away) return;
    const mine = (data.calls || []).find((call) => call.call === note.dataset.call);
    const now = mine ? `${mine.steps} ${mine.step}` : `${data.count}`;
    if (now !== seen) { seen = now; look(); }
  });
})();
