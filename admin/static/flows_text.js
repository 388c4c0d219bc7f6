// The flow's text: CodeMirror with the flow language's words, its mistakes marked in place.
import { completing, explaining } from "./flows_words.js";

const { EditorView, EditorState, basicSetup, yaml, autocompletion, hoverTooltip, lintGutter, setDiagnostics, Compartment } = window.Pressline_editor;
const nonce = document.querySelector("script[nonce]")?.nonce || "";
export const common = [basicSetup, yaml(), EditorView.cspNonce.of(nonce), EditorState.tabSize.of(2)];

export class FlowText {
  // `on.change()` after each change, `on.cursor(line)`.
  constructor(parent, text, { edits, label, on }) {
    this.words = new Compartment();
    this.view = new EditorView({
      parent, doc: text,
      extensions: [
        ...common, lintGutter(), this.words.of([]), EditorView.lineWrapping,
        EditorState.readOnly.of(!edits), EditorView.contentAttributes.of({ "aria-label": label }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) on.change();
          if (update.docChanged || update.selectionSet) on.cursor(this.line);
        }),
      ],
    });
    this.view.scrollDOM.tabIndex = 0; // by keyboard, too, who only reads can scroll
  }

  get text() { return this.view.state.doc.toString(); }
  get line() { return this.view.state.doc.lineAt(this.view.state.selection.main.head).number; }

  replace(text) { this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: text } }); }

  know(words) {
    const source = completing(words);
    this.view.dispatch({ effects: this.words.reconfigure([autocompletion({ override: [source] }), hoverTooltip(explaining(words))]) });
  }

  goTo(line, column = 1) {
    const { doc } = this.view.state;
    const found = doc.line(Math.min(Math.max(line, 1), doc.lines));
    const pos = Math.min(found.from + column - 1, found.to);
    this.view.dispatch({ selection: { anchor: pos }, effects: EditorView.scrollIntoView(pos, { y: "center" }) });
    this.view.focus();
  }

  mark(problems) {
    const { doc } = this.view.state;
    const marks = problems.map((problem) => {
      const line = doc.line(Math.min(problem.line, doc.lines));
      const from = Math.min(line.from + problem.column - 1, line.to);
      const word = doc.sliceString(from, line.to).match(/^(?:"[^"]*"|[\w-]+|\S)/);
      return { from, to: from + (word ? word[0].length : 0), severity: "error", message: problem.message };
    });
    this.view.dispatch(setDiagnostics(this.view.state, marks.sort((a, b) => a.from - b.from)));
  }
}
