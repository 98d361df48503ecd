// The network: things at fixed places, and between them what the claims of the state tell of them together.

import { select as d3select } from "d3-selection";
import { zoom, zoomIdentity } from "d3-zoom";
import { mark, s, shape, shortened } from "./dom.js";

const NAMED = 40;

// Returns who is told of together: direct facts between drawn things, and the drawn things of each other subject.
function mentions(model, node) {
  const direct = [], through = new Map();
  for (const [statement, predicate, thing] of model.raw.facts) {
    const to = thing < 0 ? undefined : node.get(thing);
    if (to === undefined) continue;
    const subject = model.subject[statement], from = node.get(subject);
    if (from !== undefined) { if (from !== to) direct.push([from, to, statement, predicate]); continue; }
    if (!through.has(subject)) through.set(subject, []);
    through.get(subject).push([to, statement]);
  }
  return { direct, through: [...through.values()] };
}

function tally(told, size, shown, model) {
  const count = new Int32Array(size * size), disputed = new Int32Array(size * size), asserted = new Int32Array(size * size);
  const add = (from, to, first, second) => {
    const key = from < to ? from * size + to : to * size + from;
    count[key]++;
    if (model.disputed[first] || model.disputed[second]) disputed[key]++;
    if (shown.asserted[first] && shown.asserted[second]) asserted[key]++;
  };
  for (const [from, to, statement] of told.direct) if (shown.statement[statement]) add(from, to, statement, statement);
  for (const ends of told.through) {
    for (let one = 0; one < ends.length; one++) {
      if (!shown.statement[ends[one][1]]) continue;
      for (let other = one + 1; other < ends.length; other++) {
        if (ends[one][0] !== ends[other][0] && shown.statement[ends[other][1]]) add(ends[one][0], ends[other][0], ends[one][1], ends[other][1]);
      }
    }
  }
  return { count, disputed, asserted };
}

const everything = (model) => ({ statement: new Uint8Array(model.held.length).fill(1), asserted: new Uint8Array(model.held.length).fill(1) });

export function network(figure, model, choose) {
  const svg = figure.querySelector("svg"), note = figure.querySelector(".note"), { nodes, ties, frame, undrawn } = model.raw;
  const size = nodes.length, node = new Map(nodes.map(([thing], number) => [thing, number]));
  const told = mentions(model, node);
  svg.setAttribute("viewBox", frame.join(" "));
  const whole = tally(told, size, everything(model), model).count;
  const keys = [...whole.keys()].filter((key) => whole[key]);
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
      line.setAttribute("stroke-width", many ? Math.min(7, 1 + Math.log2(many)) : 1);
      dispute.setAttribute("visibility", many && disputed[key] ? "visible" : "hidden");
      named.get(key)?.setAttribute("visibility", many ? "visible" : "hidden");
    }
    for (let subject = 0; subject < shown.statement.length; subject++) {
      if (shown.statement[subject] && node.has(model.subject[subject])) alive[node.get(model.subject[subject])] = 1;
    }
    nodes.forEach(([thing], number) => {
      const { group, button, text, title } = marks[number], label = name(thing);
      group.classList.toggle("off", !alive[number]);
      group.classList.toggle("selected", state.selected === thing);
      button.setAttribute("aria-label", `${label}, ${model.raw.things.kind[thing]}${alive[number] ? "" : ", nothing here"}`);
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
  for (const [from, to, , predicate] of told.direct) {
    const key = from < to ? from * size + to : to * size + from, words = model.raw.predicates[predicate];
    if (found.has(key)) { if (!found.get(key).has(words)) found.get(key).add(words); } else found.set(key, new Set([words]));
  }
  return new Map([...found].map(([key, words]) => {
    const [, x1, y1] = nodes[Math.floor(key / size)], [, x2, y2] = nodes[key % size];
    return [key, s("text", { class: "tie-name", x: (x1 + x2) / 2, y: (y1 + y2) / 2 - 6, "text-anchor": "middle" }, shortened([...words].join(", "), 26))];
  }));
}
