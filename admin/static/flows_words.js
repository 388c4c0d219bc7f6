// What can stand where the cursor is, and what the word under the pointer means: from the flow
// language's own words, which the panel gives as JSON.

const KEY = /^(\s*)(?:- )?"?([\w.*#-]+)"?\s*:/;

// What the beginning of a line amounts to: keys whose braces are open, and the key before the cursor.
function opened(text) {
  const open = [];
  let key = null, token = "", quote = "";
  for (let at = 0; at < text.length; at++) {
    const mark = text[at];
    if (quote) { if (mark === quote) quote = ""; else token += mark; continue; }
    if ((mark === '"' || mark === "'") && !token.trim()) quote = mark;
    else if (mark === "{" || mark === "[") { open.push({ key, list: mark === "[" }); key = null; token = ""; }
    else if (mark === "}" || mark === "]") { open.pop(); key = null; token = ""; }
    else if (mark === ",") { token = ""; if (!open.at(-1)?.list) key = null; }
    else if (mark === ":" && /\s|$/.test(text[at + 1] || "")) { key = token.trim(); token = ""; }
    else token += mark;
  }
  return { keys: open.map((one) => one.key).filter((one) => one !== null), key: key ?? openList(open), typed: token.trim() };
}

function openList(open) {
  const last = open.at(-1);
  return last?.list ? "" : null;  // an item of a list is a value, too; its key is on the way already
}

// The keys that lead to a place, the key whose value stands there (or null), and what is typed.
export function placeAt(state, pos) {
  const line = state.doc.lineAt(pos);
  const before = line.text.slice(0, pos - line.from);
  const found = opened(before.replace(/^\s*(?:- )?/, ""));
  const parents = [];
  let limit = limitOf(before);
  for (let number = line.number - 1; number > 0 && limit > 0; number--) {
    const above = state.doc.line(number).text;
    const key = above.match(KEY);
    if (!above.trim() || above.trim().startsWith("#")) continue;
    const depth = above.match(/^\s*(?:- )?/)[0].length;
    if (depth < limit && key) parents.unshift(key[2]);
    limit = Math.min(limit, limitOf(above));
  }
  const path = [...parents, ...found.keys];
  if (found.key === "") return { path: path.slice(0, -1), key: path.at(-1), typed: found.typed };
  return { path, key: found.key, typed: found.typed };
}

// Less far in stands whatever a line belongs to; the key of a list may stand as far in as its dashes.
function limitOf(text) {
  const [, space, dash] = text.match(/^(\s*)(- )?/);
  return space.length + (dash ? 1 : 0);
}

export function stepNames(state) {
  const names = [];
  let inside = false, indent = 0;
  for (const line of state.doc.iterLines()) {
    if (/^\S/.test(line)) inside = /^steps\s*:/.test(line), indent = 0;
    const found = inside && line.match(/^(\s+)"?([\w-]+)"?\s*:/);
    if (!found) continue;
    indent ||= found[1].length;
    if (found[1].length === indent) names.push(found[2]);
  }
  return names;
}

function verbOf(state, step, words) {
  let inside = false;
  for (const line of state.doc.iterLines()) {
    if (new RegExp(`^\\s+"?${step}"?\\s*:`).test(line)) inside = true;
    else if (inside && /^(?:\s{0,2}\S)/.test(line)) return "";
    const verb = inside && [...line.matchAll(/(?:^|[\s{,])([\w-]+)\s*:/g)].map((one) => one[1]).find((one) => one !== step && words.verbs[one]);
    if (verb) return verb;
  }
  return "";
}

// The fields that may stand at a path, by name; each with `about`.
function fieldsAt(state, path, words) {
  const [top, step, verb] = path;
  if (!path.length) return words.top;
  if (top === "tests") return path.length === 1 ? words.test : {};
  if (top !== "steps") return {};
  if (path.length === 2) return { ...words.verbs, ...words.frame };
  if (verb === "on" && path.length === 3) return events(words.verbs[verbOf(state, step, words)]);
  return path.length === 3 ? words.verbs[verb]?.fields || {} : {};
}

function events(verb) {
  return Object.fromEntries(Object.entries(verb?.events || {}).map(([name, about]) => [name, { about }]));
}

// What the value of a key may be: a list of words.
function valuesAt(state, path, key, words) {
  const steps = () => stepNames(state);
  const field = fieldsAt(state, path, words)[key] || {};
  const above = path.length ? fieldsAt(state, path.slice(0, -1), words)[path.at(-1)] : null;
  if (above?.leads || path.at(-1) === "on") return steps();
  if (key === "prompt") return words.names.prompt || [];
  if (key === "language") return words.names.language || [];
  if (key === "ends") return steps();
  const named = field.fields && field.short ? field.fields[field.short] : field;
  if (named.names === "step") return steps();
  return named.names ? words.names[named.names] || [] : named.values || [];
}

function inTemplate(text) {
  const open = text.lastIndexOf("{{");
  return open >= 0 && text.indexOf("}}", open) < 0 ? text.slice(open + 2) : null;
}

function variables(state, words) {
  const kept = [...state.doc.toString().matchAll(/\bstore:\s*([A-Za-z]\w*)/g)].map((one) => one[1]);
  return [...new Set([...kept, ...words.variables])];
}

export function completing(words) {
  return (context) => {
    const typed = context.matchBefore(/[\w.*#-]*/);
    if (!context.explicit && typed.from === typed.to) return null;
    const line = context.state.doc.lineAt(context.pos);
    const template = inTemplate(line.text.slice(0, context.pos - line.from));
    if (template !== null) {
      const names = template.includes("|") ? words.filters : variables(context.state, words);
      return { from: typed.from, options: names.map((label) => ({ label, type: "variable" })) };
    }
    const { path, key } = placeAt(context.state, typed.from);
    if (key !== null) return { from: typed.from, options: valuesAt(context.state, path, key, words).map((label) => ({ label, type: "constant" })) };
    const fields = Object.entries(fieldsAt(context.state, path, words));
    if (!fields.length && path.length) return { from: typed.from, options: valuesAt(context.state, path.slice(0, -1), path.at(-1), words).map((label) => ({ label, type: "constant" })) };
    const options = fields.map(([label, field]) => ({
      label, apply: `${label}: `, type: words.verbs[label] === field ? "keyword" : "property", info: field.about, boost: field.needed ? 1 : 0,
    }));
    return { from: typed.from, options };
  };
}

export function explaining(words) {
  return (view, pos) => {
    const line = view.state.doc.lineAt(pos);
    const word = [...line.text.matchAll(/[\w-]+(?=\s*:)/g)].find((one) => line.from + one.index <= pos && pos <= line.from + one.index + one[0].length);
    if (!word) return null;
    const from = line.from + word.index;
    const field = fieldsAt(view.state, placeAt(view.state, from).path, words)[word[0]];
    return field?.about ? { pos: from, end: from + word[0].length, above: true, create: () => ({ dom: tip(word[0], field) }) } : null;
  };
}

function tip(word, field) {
  const box = document.createElement("div");
  box.className = "tip";
  const name = document.createElement("strong");
  name.textContent = word;
  const about = document.createElement("p");
  about.textContent = field.about;
  box.append(name, about);
  if (field.example) {
    const example = document.createElement("pre");
    example.textContent = field.example;
    box.append(example);
  }
  return box;
}
