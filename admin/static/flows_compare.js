// Two versions side by side, for reading.
import { common } from "./flows_text.js";

const { MergeView, EditorState, EditorView } = window.Pressline_editor;
const box = document.getElementById("differences");
const [a, b] = JSON.parse(document.getElementById("texts").textContent);
const labels = JSON.parse(box.dataset.labels);
const side = (doc, label) => ({ doc, extensions: [...common, EditorState.readOnly.of(true), EditorView.lineWrapping, EditorView.contentAttributes.of({ "aria-label": label })] });
new MergeView({ parent: box, a: side(a, labels[0]), b: side(b, labels[1]), highlightChanges: true, gutter: true, collapseUnchanged: { margin: 4, minSize: 10 } });
