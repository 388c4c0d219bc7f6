// The page on which a flow is written: text, mistakes, picture, saving.
import { FlowPicture } from "./flows_picture.js";
import { Saving } from "./flows_saving.js";
import { FlowText } from "./flows_text.js";

const PAUSE = 300;  // milliseconds without a key before the text is looked at
const byId = (id) => document.getElementById(id);
const facts = JSON.parse(byId("facts").textContent), phrases = JSON.parse(byId("phrases").textContent);
const address = `/flows/edit/${encodeURIComponent(facts.name)}`;
let timer = 0, asked = 0;

const text = new FlowText(byId("text"), facts.text, {
  edits: facts.edits, label: phrases.text,
  on: {
    change: () => { saving.changed(); clearTimeout(timer); timer = setTimeout(look, PAUSE); },
    cursor: (line) => picture.at(line),
  },
});
const picture = new FlowPicture(byId("picture"), byId("steps"), phrases, (line) => text.goTo(line));
const saving = new Saving(facts, phrases, text);

async function look() {
  const mine = ++asked;
  let found;
  try { found = await Pressline.send(`${address}/check`, { text: text.text }); } catch (fault) {
    if (mine === asked) verdict(fault.message, "bad");
    return;
  }
  if (mine !== asked) return;
  text.mark(found.problems);
  picture.show(found);
  picture.at(text.line);
  list(found);
}

function verdict(words, kind) {
  byId("verdict").textContent = words;
  byId("verdict").className = `verdict note ${kind}`;
}

function list({ problems, tests }) {
  const count = problems.length;
  const phrase = !count ? phrases.good : count === 1 ? phrases.one : phrases.bad;
  verdict(phrase.replace("{count}", count).replace("{tests}", tests), count ? "bad" : "good");
  byId("mistakes").replaceChildren(...problems.map((problem) => {
    const item = document.createElement("li");
    const place = Object.assign(document.createElement("button"), { type: "button", className: "link", textContent: phrases.line.replace("{line}", problem.line) });
    place.addEventListener("click", () => text.goTo(problem.line, problem.column));
    item.append(place, ` ${problem.step ? `${problem.step}: ` : ""}${problem.message}`);
    return item;
  }));
}

function showAs(list) {
  byId("picture").hidden = list;
  byId("steps").hidden = !list;
  byId("sizes").hidden = list;
  byId("show-picture").setAttribute("aria-pressed", !list);
  byId("show-list").setAttribute("aria-pressed", list);
  if (!list) { picture.graph.resize(); picture.fit(); }
}

async function callersLeft() {
  try { picture.callersLeft(await Pressline.send(`${address}/left.json?days=${byId("days").value}`, {}, "GET")); } catch { /* the picture is good without */ }
}

byId("show-picture").addEventListener("click", () => showAs(false));
byId("show-list").addEventListener("click", () => showAs(true));
document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.key !== "s") return;
  event.preventDefault();
  if (!byId("conflict").open) saving.save();
});
byId("whole").addEventListener("click", () => picture.whole());
byId("closer").addEventListener("click", () => picture.closer(1.3));
byId("farther").addEventListener("click", () => picture.closer(1 / 1.3));
byId("days").addEventListener("change", callersLeft);
saving.begin();
if (window.matchMedia("(max-width: 52rem)").matches) showAs(true);
await look();
callersLeft();
if (/^#\d+$/.test(location.hash)) text.goTo(Number(location.hash.slice(1)));
Pressline.send("/flows/edit/words.json", {}, "GET").then((words) => text.know(words)).catch(() => {});
