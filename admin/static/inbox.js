// The inbox: pages renew themselves part by part, while what somebody is typing or hearing stays.
"use strict";
(() => {
  const isBusy = (part) => part.contains(document.activeElement) && document.activeElement.matches("input, textarea, select")
    || [...part.querySelectorAll("details[open] textarea, textarea")].some((text) => text.value !== text.defaultValue);

  // Without the forms' tokens, which are others each time.
  const plain = (part) => part.innerHTML.replace(/name="csrf_token" value="[^"]*"/g, "");

  let asked = 0;
  // Fetches this page again and exchanges its parts; `all`: also those in which somebody types.
  async function renew(all = false) {
    const turn = ++asked;
    let answer;
    try { answer = await fetch(location.href, { credentials: "same-origin" }); } catch { return; }
    if (!answer.ok || turn !== asked) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of document.querySelectorAll("[data-part]")) {
      const other = fresh.querySelector(`[data-part="${part.dataset.part}"]`);
      if (other && (all || !isBusy(part)) && plain(other) !== plain(part)) part.innerHTML = other.innerHTML;
    }
    document.dispatchEvent(new Event("renewed"));
  }

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("[data-act]") || event.defaultPrevented) return;
    event.preventDefault();
    const button = event.submitter;
    if (button) button.disabled = true;
    const said = await Pressline.act(form.action, Object.fromEntries(new FormData(form)));
    if (button) button.disabled = false;
    if (!said) return;
    Pressline.tell(said.said, "good");
    form.reset();
    await renew(true);
    document.getElementById("content").focus();
  });

  async function call(form) {
    const state = document.getElementById("calling-state"), button = form.querySelector("button");
    button.disabled = true;
    try {
      let news = await Pressline.send(form.action);
      while (news) {
        state.textContent = news.said;
        if (news.over) break;
        await new Promise((go) => setTimeout(go, 1500));
        news = await Pressline.send(news.how, {}, "GET");
      }
    } catch (fault) { state.textContent = fault.message; }
    button.disabled = false;
  }
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-call]")) return;
    event.preventDefault();
    call(event.target);
  });

  Pressline.live(["messages"], () => renew());
})();
