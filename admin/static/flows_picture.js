// The flow as a graph and, for keyboards and screen readers, as a list of the same steps.

const LOOK = [
  { selector: "node", style: {
    label: "data(label)", shape: "round-rectangle", width: "label", height: "label", padding: "9px", "text-wrap": "wrap", "text-valign": "center",
    "font-size": 13, "font-family": "system-ui, sans-serif", "background-color": "data(shade)", color: "data(ink)", "border-width": 1, "border-color": "#8a96a5",
  } },
  { selector: "node.start", style: { "border-width": 3, "border-color": "#14692f" } },
  { selector: "node.wrong", style: { "border-width": 3, "border-color": "#b3261e", "border-style": "dashed" } },
  { selector: "node.here", style: { "border-width": 4, "border-color": "#0b5cad", "border-style": "solid" } },
  { selector: "node.end", style: { shape: "ellipse", "background-color": "#566273", color: "#ffffff" } },
  { selector: "edge", style: {
    label: "data(label)", "font-size": 11, color: "#3d4753", "curve-style": "bezier", "target-arrow-shape": "triangle", width: 1.5, "line-color": "#a8b2be",
    "target-arrow-color": "#a8b2be", "text-background-color": "#ffffff", "text-background-opacity": 0.9, "text-background-padding": "2px", "text-rotation": "none",
  } },
];
const END = "(end)";
const READABLE = 0.7;

// From white to deep orange by the share of those who hung up there; the number stands there, too.
function shade(count, most) {
  const share = most ? Math.sqrt(count / most) : 0;
  return `rgb(${[255, 255, 255].map((white, at) => Math.round(white + ([224, 108, 20][at] - white) * share * 0.85)).join(",")})`;
}

const filled = (phrase, values) => phrase.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

export class FlowPicture {
  constructor(box, list, phrases, goTo) {
    Object.assign(this, { box, list, phrases, goTo, outline: { steps: [], problems: [] }, left: {}, shape: "" });
    this.graph = window.Pressline_graph.default({ container: box, style: LOOK, minZoom: 0.15, maxZoom: 2, userZoomingEnabled: false });
    this.graph.on("tap", "node", (event) => event.target.data("line") && goTo(event.target.data("line")));
  }

  // What `FlowEditor.check` told.
  show(outline) {
    if (!outline.steps.length) return this.wrong(outline.problems);  // unreadable just now: the last picture stays
    this.outline = outline;
    const elements = this.elements();
    const shape = JSON.stringify(elements.map(({ data }) => [data.id, data.label, data.source, data.target]));
    if (shape !== this.shape) this.draw(elements, shape);
    else elements.forEach(({ data }) => this.graph.getElementById(data.id).data(data));
    this.wrong(outline.problems);
    this.write();
  }

  callersLeft(left) {
    this.left = left;
    if (this.outline.steps.length) this.show(this.outline);
  }

  draw(elements, shape) {
    this.shape = shape;
    this.graph.elements().remove();
    this.graph.add(elements);
    this.fit();
  }

  fit() {
    if (!this.box.clientWidth) return;
    this.graph.layout({ name: "dagre", rankDir: "TB", nodeSep: 18, rankSep: 48, fit: true, padding: 12 }).run();
    if (this.graph.zoom() < READABLE) this.enlarge();
  }

  // Too small to be read as a whole: then from its start on.
  enlarge() {
    const start = this.graph.nodes(".start");
    this.graph.zoom(READABLE);
    this.graph.center(start.length ? start : this.graph.nodes()[0]);
    this.graph.panBy({ x: 0, y: -this.box.clientHeight / 2 + 60 });
  }

  whole() { this.graph.fit(undefined, 12); }

  closer(factor) {
    const middle = { x: this.box.clientWidth / 2, y: this.box.clientHeight / 2 };
    this.graph.zoom({ level: this.graph.zoom() * factor, renderedPosition: middle });
  }

  elements() {
    const { steps, start } = this.outline;
    const most = Math.max(0, ...steps.map((step) => this.left[step.name] || 0));
    const nodes = steps.map((step) => {
      const count = this.left[step.name] || 0;
      const words = count ? `\n${filled(this.phrases.left, { count })}` : "";
      const rescue = step.name === this.outline.rescue ? `\n${this.phrases.rescue}` : "";
      const data = { id: step.name, label: `${step.name}\n${step.verb}${rescue}${words}`, line: step.line, shade: shade(count, most), ink: "#1b2430" };
      return { data, classes: step.name === start ? "start" : "" };
    });
    const names = new Set(steps.map((step) => step.name));
    const edges = steps.flatMap((step) => this.ways(step).filter(([to]) => names.has(to) || !to).map(([to, events]) => (
      { data: { id: `${step.name} ${to || END}`, source: step.name, target: to || END, label: events.filter((event) => event !== "done").join(", ") } })));
    if (edges.some((edge) => edge.data.target === END)) nodes.push({ data: { id: END, label: this.phrases.end, shade: "#566273", ink: "#ffffff" }, classes: "end" });
    return [...nodes, ...edges];
  }

  // Target to events; failures that the whole flow catches are left out, or all would lead there.
  ways(step) {
    const found = new Map();
    for (const [event, to] of step.ways) {
      if (to === this.outline.rescue && this.usual(step, event)) continue;
      found.set(to, [...(found.get(to) || []), event]);
    }
    return [...found];
  }

  usual(step, event) {
    const said = step.ways.filter(([, to]) => to === this.outline.rescue).map(([one]) => one);
    return event === "error" || (said.includes("error") && !["noinput", "nomatch"].includes(event) && !/^[0-9*#]$/.test(event) && event !== "done");
  }

  wrong(problems) {
    this.problems = problems;
    const steps = new Set(problems.map((problem) => problem.step));
    this.graph.nodes().forEach((node) => node.toggleClass("wrong", steps.has(node.id())));
  }

  // The step of a line of the text is marked in both.
  at(line) {
    const step = this.outline.steps.find((one) => one.line <= line && line <= one.last);
    this.graph.nodes().forEach((node) => node.toggleClass("here", node.id() === step?.name));
    this.list.querySelectorAll("li").forEach((item) => item.toggleAttribute("aria-current", item.dataset.step === step?.name));
  }

  write() {
    this.list.replaceChildren(...this.outline.steps.map((step) => this.item(step)));
  }

  item(step) {
    const item = document.createElement("li");
    item.dataset.step = step.name;
    const name = Object.assign(document.createElement("button"), { type: "button", className: "link", textContent: step.name });
    name.addEventListener("click", () => this.goTo(step.line));
    item.append(name, " ", badge(step.verb, ""));
    if (step.name === this.outline.start) item.append(" ", badge(this.phrases.start, "good"));
    if (step.name === this.outline.rescue) item.append(" ", badge(this.phrases.rescue, ""));
    if (this.left[step.name]) item.append(" ", badge(filled(this.phrases.left, { count: this.left[step.name] }), "odd"));
    this.outline.problems.filter((one) => one.step === step.name).forEach((one) => item.append(" ", badge(one.message, "bad")));
    const ways = document.createElement("div");
    ways.className = "soft";
    ways.textContent = this.ways(step).map(([to, events]) => `${events.join(", ")} → ${to || this.phrases.end}`).join(" · ");
    item.append(ways);
    return item;
  }
}

function badge(words, kind) {
  return Object.assign(document.createElement("span"), { className: `badge ${kind} wraps`, textContent: words });
}
