// What every page can do: the menu on small screens, questions before harm, requests, live news, filters.
"use strict";
const Pressline = (() => {
  const token = document.querySelector('meta[name="csrf-token"]')?.content || "";

  // Tells the user something in the corner; `kind`: good, odd, bad, plain.
  function tell(words, kind = "plain") {
    const note = document.createElement("p");
    note.className = `note ${kind}`;
    note.textContent = words;
    document.getElementById("told")?.append(note);
    setTimeout(() => note.remove(), kind === "bad" ? 15000 : 6000);
  }

  // Sends JSON and gives the answer's JSON; rejects with the words for the user.
  async function send(url, data = {}, method = "POST") {
    let answer;
    try {
      answer = await fetch(url, {
        method, credentials: "same-origin",
        headers: { "Content-Type": "application/json", "Accept": "application/json", "X-CSRFToken": token },
        body: method === "GET" ? undefined : JSON.stringify(data),
      });
    } catch {
      throw new Error(document.documentElement.lang === "en" ? "The panel does not answer." : "面板没有回应。");
    }
    const found = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Error(found.error || `${answer.status} ${answer.statusText}`);
    return found;
  }

  // Sends, and tells the user when it is refused; gives null then.
  async function act(url, data = {}) {
    try { return await send(url, data); } catch (fault) { tell(fault.message, "bad"); return null; }
  }

  // Calls `on(topic, data)` for live news of the topics. Empty data, also after a pause: look for yourself.
  // A hidden page does not follow: browsers open only six connections to one place, for all its pages together.
  function live(topics, on) {
    let source = null;
    const look = () => topics.forEach((topic) => on(topic, {}));
    function open() {
      if (source || document.hidden) return;
      source = new EventSource(`/live?topics=${topics.join(",")}`);
      topics.forEach((topic) => source.addEventListener(topic, (event) => on(topic, JSON.parse(event.data))));
      source.addEventListener("reload", look);
      let broken = false;
      source.addEventListener("error", () => { broken = true; });
      source.addEventListener("open", () => { if (broken) { broken = false; look(); } });
    }
    function close() { source?.close(); source = null; }
    open();
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) close(); else if (!source) { open(); look(); }
    });
    window.addEventListener("pagehide", close);
    window.addEventListener("pageshow", (event) => { if (event.persisted) { open(); look(); } });
    return { close };
  }

  function menus() {
    document.querySelectorAll("[data-opens]").forEach((button) => button.addEventListener("click", () => {
      const open = document.getElementById(button.dataset.opens).classList.toggle("open");
      button.setAttribute("aria-expanded", open);
    }));
  }

  function questions() {
    document.addEventListener("submit", (event) => {
      const words = event.target.dataset.confirm;
      if (words && !window.confirm(words)) event.preventDefault();
    });
  }

  function filters() {
    const form = document.getElementById("filters");
    if (!form) return;
    const groups = JSON.parse(form.dataset.groups), words = JSON.parse(form.dataset.words);
    let count = 0;
    const apply = document.createElement("button");
    apply.textContent = words.apply;
    const add = document.createElement("select");
    add.setAttribute("aria-label", words.add);
    add.append(new Option(words.add, ""));
    for (const [name, operations] of Object.entries(groups)) {
      const group = document.createElement("optgroup");
      group.label = name;
      operations.forEach((one) => group.append(new Option(`${name} ${one.operation}`, one.arg)));
      add.append(group);
    }
    const all = Object.entries(groups).flatMap(([name, list]) => list.map((one) => ({ ...one, name })));

    function row(filter, value) {
      const box = document.createElement("label");
      box.className = "filter";
      box.append(`${filter.name} ${filter.operation} `);
      const input = filter.options ? document.createElement("select") : document.createElement("input");
      (filter.options || []).forEach(([key, label]) => input.append(new Option(label, key)));
      input.name = `flt${count++}_${filter.arg}`;
      if (value !== undefined) input.value = value;
      const remove = document.createElement("button");
      remove.type = "button";
      remove.className = "link";
      remove.textContent = words.remove;
      remove.addEventListener("click", () => { box.remove(); form.requestSubmit(); });
      box.append(input, remove);
      form.insertBefore(box, add);
      apply.hidden = false;
      return input;
    }

    form.append(add, apply);
    apply.hidden = true;
    JSON.parse(form.dataset.active).forEach(([index, , value]) => {
      const filter = all.find((one) => one.index === index);
      if (filter) row(filter, value);
    });
    add.addEventListener("change", () => {
      const filter = all.find((one) => one.arg === add.value);
      if (filter) row(filter).focus();
      add.value = "";
    });
  }

  menus(); questions(); filters();
  return { tell, send, act, live };
})();
