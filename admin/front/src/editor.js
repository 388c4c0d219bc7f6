// What the flow editor stands on.
export { EditorView, basicSetup } from "codemirror";
export { EditorState, Compartment, StateEffect, StateField } from "@codemirror/state";
export { keymap, Decoration, hoverTooltip } from "@codemirror/view";
export { yaml } from "@codemirror/lang-yaml";
export { autocompletion, startCompletion } from "@codemirror/autocomplete";
export { linter, lintGutter, setDiagnostics, forceLinting } from "@codemirror/lint";
export { MergeView, unifiedMergeView } from "@codemirror/merge";
