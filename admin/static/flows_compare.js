// Two versions for reading: side by side or, on a narrow screen, one below the other.
import { common } from "./flows_text.js";

const { MergeView, unifiedMergeView, EditorState, EditorView } = window.Pressline_editor;
const box = document.getElementById("differences");
const [a, b] = JSON.parse(document.getElementById("texts").textContent);
const labels = JSON.parse(box.dataset.labels);
const side = (doc, label) => ({ doc, extensions: [...common, EditorState.readOnly.of(true), EditorView.lineWrapping, EditorView.contentAttributes.of({ "aria-label": label })] });
const short = { highlightChanges: true, gutter: true, collapseUnchanged: { margin: 4, minSize: 10 } };
if (window.matchMedia("(max-width: 52rem)").matches) {
  const { doc, extensions } = side(b, labels[1]);
  new EditorView({ parent: box, doc, extensions: [...extensions, unifiedMergeView({ original: a, mergeControls: false, ...short })] });
} else new MergeView({ parent: box, a: side(a, labels[0]), b: side(b, labels[1]), ...short });
