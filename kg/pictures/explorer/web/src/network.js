// The network: things at fixed places, and between them what the claims of the state tell of them together.

import { select as d3select } from "d3-selection";
import { zoom, zoomIdentity } from "d3-zoom";
import { mark, s, shape, shortened } from "./dom.js";

const NAMED = 40;

// Returns who is told of together: direct facts between drawn things, and the drawn things of each other subject.
function mentions(model, node) {
  const direct = [], through = new Map(), { statement, predicate, thing } = model.facts;
  for (let fact = 0; fact < statement.length; fact++) {
    const to = thing[fact] < 0 ? -1 : node[thing[fact]];
    if (to < 0) continue;
    const subject = model.subject[statement[fact]], from = node[subject];
    if (from >= 0) { if (from !== to) direct.push(from, to, statement[fact], predicate[fact]); continue; }
    if (!through.has(subject)) through.set(subject, []);
    through.get(subject).push(to, statement[fact]);
  }
  const several = [...through.values()].filter((ends) => ends.length > 2), start = [0];
  for (const ends of several) start.push(start.at(-1) + ends.length);
  return { direct: Int32Array.from(direct), start: Int32Array.from(start), ends: Int32Array.from(several.flat()) };
}

function tally({ direct, start, ends }, size, shown, model) {
  const count = new Int32Array(size * size), disputed = new Int32Array(size * size), asserted = new Int32Array(size * size);
  const add = (from, to, first, second) => {
    const key = from < to ? from * size + to : to * size + from;
    count[key]++;
    if (model.disputed[first] || model.disputed[second]) disputed[key]++;
    if (shown.asserted[first] && shown.asserted[second]) asserted[key]++;
  };
  for (let at = 0; at < direct.length; at += 4) if (shown.statement[direct[at + 2]]) add(direct[at], direct[at + 1], direct[at + 2], direct[at + 2]);
  for (let subject = 0; subject + 1 < start.length; subject++) {
    for (let one = start[subject]; one < start[subject + 1]; one += 2) {
      if (!shown.statement[ends[one + 1]]) continue;
      for (let other = one + 2; other < start[subject + 1]; other += 2) {
        if (ends[one] !== ends[other] && shown.statement[ends[other + 1]]) add(ends[one], ends[other], ends[one + 1], ends[other + 1]);
      }
    }
  }
  return { count, disputed, asserted };
}

const everything = (model) => ({ statement: new Uint8Array(model.held.length).fill(1), asserted: new Uint8Array(model.held.length).fill(1) });

export function network(figure, model, choose) {
  const svg = figure.querySelector("svg"), note = figure.querySelector(".note"), { nodes, ties, frame, undrawn } = model.raw;
  const size = nodes.length, node = new Int32Array(model.raw.things.id.length).fill(-1);
  nodes.forEach(([thing], number) => { node[thing] = number; });
  const told = mentions(model, node);
  svg.setAttribute("viewBox", frame.join(" "));
  const whole = tally(told, size, everything(model), model).count;
  const keys = [...whole.keys()].filter((key) => whole[key]), widest = Math.max(1, Math.log2(whole.reduce((most, one) => Math.max(most, one), 1)));
  const drawn = ties.map(([from, to]) => Math.min(from, to) * size + Math.max(from, to)), spread = s("g", { class: "zoom" });
  const lines = drawn.map((key) => {
    const [, x1, y1] = nodes[Math.floor(key / size)], [, x2, y2] = nodes[key % size];
    return { key, line: s("line", { x1, y1, x2, y2 }), dispute: s("path", { class: "dispute", d: "M0,-6l5,6l-5,6l-5,-6z", transform: `translate(${(x1 + x2) / 2},${(y1 + y2) / 2})` }) };
  });
  const named = drawn.length <= NAMED ? names(told, nodes, size, model) : new Map();
  const marks = nodes.map(([thing, x, y]) => mark({ class: `node ${model.raw.things.kind[thing]}`, transform: `translate(${x},${y})` }, [s("path", { d: shape(model.raw.things.kind[thing], 9) })], () => choose(thing)));
  spread.append(...lines.map((one) => one.line), ...lines.map((one) => one.dispute), ...[...named.values()], ...marks.map((one) => one.group));
  svg.append(spread);
  const zooming = zoom().scaleExtent([0.5, 8]).filter((event) => event.type !== "wheel" || event.ctrlKey).on("zoom", ({ transform }) => spread.setAttribute("transform", transform));
  d3select(svg).call(zooming).on("dblclick.zoom", () => d3select(svg).call(zooming.transform, zoomIdentity));
  return (state, shown, name) => {
    const { count, disputed, asserted } = tally(told, size, shown, model), alive = new Uint8Array(size);
    let facts = 0, hidden = 0;
    for (const key of keys) facts += count[key] ? 1 : 0;
    for (const { key, line, dispute } of lines) {
      const many = count[key];
      if (many) { hidden++; alive[Math.floor(key / size)] = alive[key % size] = 1; }
      line.setAttribute("class", `tie${many ? "" : " off"}${disputed[key] ? " disputed" : ""}${many && !asserted[key] ? " unasserted" : ""}`);
      line.setAttribute("stroke-width", many ? 1 + (5 * Math.log2(many)) / widest : 1);
      dispute.setAttribute("visibility", many && disputed[key] ? "visible" : "hidden");
      named.get(key)?.setAttribute("visibility", many ? "visible" : "hidden");
    }
    nodes.forEach(([thing], number) => { if (!alive[number] && model.statementsOf.of(thing).some((one) => shown.statement[one])) alive[number] = 1; });
    nodes.forEach(([thing], number) => {
      const { group, button, text, title } = marks[number], label = name(thing);
      group.classList.toggle("off", !alive[number]);
      group.classList.toggle("selected", state.selected === thing);
      button.setAttribute("aria-label", `${label}, ${model.raw.things.kind[thing]}${alive[number] ? "" : ", nothing here"}`);
      if (title.textContent === label) return;
      title.textContent = label;
      wrap(text, label);
    });
    const counted = alive.reduce((sum, one) => sum + one, 0);
    note.textContent = `${counted} of ${size} drawn things, ${hidden} ties${facts > hidden ? `, ${facts - hidden} weaker ties not drawn` : ""}${undrawn ? `; ${undrawn} less linked things stand in the list only` : ""}. A tie: told of together.`;
  };
}

// Writes a name under its mark in lines; what does not fit in three is cut, and whole in the title.
function wrap(text, label) {
  const lines = [""];
  for (const word of shortened(label, 34).split(" ")) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (longer.length <= 15 || !lines.at(-1)) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  text.replaceChildren(...lines.slice(0, 3).map((line, number) => s("tspan", { x: 0, y: 27 + 18 * number }, line)));
}

function names(told, nodes, size, model) {
  const found = new Map();
  for (let at = 0; at < told.direct.length; at += 4) {
    const [from, to, , predicate] = told.direct.subarray(at, at + 4);
    const key = from < to ? from * size + to : to * size + from, words = model.raw.predicates[predicate];
    if (found.has(key)) { if (!found.get(key).has(words)) found.get(key).add(words); } else found.set(key, new Set([words]));
  }
  return new Map([...found].map(([key, words]) => {
    const [, x1, y1] = nodes[Math.floor(key / size)], [, x2, y2] = nodes[key % size];
    return [key, s("text", { class: "tie-name", x: (x1 + x2) / 2, y: (y1 + y2) / 2 - 6, "text-anchor": "middle" }, shortened([...words].join(", "), 26))];
  }));
}
