// Saving drafts: nothing is lost on a reload, nothing of anybody's is overwritten unseen.
import { common } from "./flows_text.js";

const { MergeView, EditorView } = window.Pressline_editor;
const BEAT = 10000;  // milliseconds between words that the editor is open
const filled = (phrase, values) => phrase.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
const byId = (id) => document.getElementById(id);

export class Saving {
  constructor(facts, phrases, text) {
    Object.assign(this, { facts, phrases, text, base: facts.newest, kept: facts.text, tab: crypto.randomUUID?.() || String(Math.random()), warned: 0 });
    this.key = `pressline flow ${facts.name}`;
    byId("save")?.addEventListener("click", () => this.save());
    byId("keep-mine").addEventListener("click", () => this.keepMine());
    byId("take-theirs").addEventListener("click", () => this.takeTheirs());
    byId("decide-later").addEventListener("click", () => byId("conflict").close());
    window.addEventListener("beforeunload", (event) => { if (this.unsaved) event.preventDefault(); });
    window.addEventListener("pagehide", () => this.beat(true));
    setInterval(() => this.beat(), BEAT);
  }

  begin() {
    this.bringBack();
    this.stand();
    this.beat();
  }

  get unsaved() { return this.facts.edits && this.text.text !== this.kept; }

  changed() {
    if (this.unsaved) this.store({ text: this.text.text, from: this.base.number });
    else this.store(null);
    this.stand();
  }

  store(value) {
    try {
      if (value) localStorage.setItem(this.key, JSON.stringify(value));
      else localStorage.removeItem(this.key);
    } catch { /* a browser without room: leaving the page still warns */ }
  }

  bringBack() {
    let before = null;
    try { before = JSON.parse(localStorage.getItem(this.key)); } catch { return; }
    if (!before || !this.facts.edits || typeof before.text !== "string" || before.text === this.kept) return this.store(null);
    this.base = { ...this.base, number: before.from };
    this.text.replace(before.text);
    this.note("back", "odd", this.phrases.back, this.phrases.drop, () => {
      if (!window.confirm(this.phrases.dropSure)) return;
      this.base = this.facts.newest;
      this.text.replace(this.kept);
      byId("note-back")?.remove();
    });
  }

  stand() {
    const newest = filled(this.phrases.saved, this.base);
    const live = this.base.number === this.facts.live ? ` (${this.phrases.live})` : "";
    byId("standing").textContent = !this.facts.edits ? this.phrases.readonly : this.unsaved ? this.phrases.unsaved : newest + live;
    if (byId("save")) byId("save").disabled = !this.unsaved;
  }

  async save(text = this.text.text, from = this.base.number) {
    if (!this.facts.edits || (!this.unsaved && text === this.text.text)) return;
    const answer = await this.post("save", { text, from });
    if (!answer) return;
    if (answer.conflict) return this.ask(answer.conflict);
    this.kept = text;
    this.base = answer;
    byId("note-back")?.remove(); byId("note-newer")?.remove();
    this.changed();
    Pressline.tell(this.phrases.kept, "good");
  }

  async post(what, data) {
    const token = document.querySelector('meta[name="csrf-token"]').content;
    try {
      const answer = await fetch(`/flows/edit/${encodeURIComponent(this.facts.name)}/${what}`, {
        method: "POST", credentials: "same-origin", body: JSON.stringify(data), keepalive: what === "here",
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token },
      });
      const found = await answer.json();
      if (answer.status === 409 && found.newest) return { conflict: found.newest };
      if (!answer.ok) throw new Error(found.error);
      return found;
    } catch (fault) {
      if (what !== "here") Pressline.tell(fault.message, "bad");
      return null;
    }
  }

  // Two texts: theirs, and ours, which can still be changed.
  ask(theirs) {
    this.theirs = theirs;
    byId("conflict-words").textContent = filled(this.phrases.conflict, theirs);
    this.merge?.destroy();
    this.merge = new MergeView({
      parent: byId("conflict-texts"), revertControls: "a-to-b", gutter: true, collapseUnchanged: { margin: 3, minSize: 8 },
      a: { doc: theirs.text, extensions: [...common, EditorView.editable.of(false), EditorView.lineWrapping] },
      b: { doc: this.text.text, extensions: [...common, EditorView.lineWrapping] },
    });
    byId("conflict").showModal();
  }

  async keepMine() {
    const text = this.merge.b.state.doc.toString();
    byId("conflict").close();
    this.text.replace(text);
    await this.save(text, this.theirs.number);
  }

  takeTheirs() {
    if (!window.confirm(this.phrases.sureTheirs)) return;
    byId("conflict").close();
    this.kept = this.theirs.text;
    this.base = this.theirs;
    this.text.replace(this.theirs.text);
    byId("note-newer")?.remove();
    this.changed();
  }

  async beat(gone = false) {
    if (!this.facts.edits) return;
    const found = await this.post("here", { tab: this.tab, gone });
    if (!found?.newest) return;
    const names = found.others.join(", ");
    if (names) this.note("others", "odd", filled(this.phrases.others, { names }));
    else byId("note-others")?.remove();
    if (found.newest.number > this.base.number && found.newest.number !== this.warned) {
      this.warned = found.newest.number;
      this.note("newer", "odd", filled(this.phrases.newer, found.newest));
    }
  }

  note(id, kind, words, act = "", run = null) {
    const note = byId(`note-${id}`) || document.createElement("p");
    note.id = `note-${id}`;
    note.className = `note ${kind}`;
    if (note.dataset.words === words) return;
    note.dataset.words = words;
    note.replaceChildren(words);
    if (act) {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "link", textContent: act });
      button.addEventListener("click", run);
      note.append(" ", button);
    }
    byId("notes").append(note);
  }
}
