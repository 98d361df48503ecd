// The network: things at fixed places, and between them what the claims of the state tell of them together.

import { mark, put, s, shape, shortened } from "./dom.js";
import { broken, name, silent, zoomed } from "./labels.js";

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
  const few = ties.length <= NAMED, drawn = ties.map(([from, to]) => Math.min(from, to) * size + Math.max(from, to)), spread = s("g", { class: "zoom" });
  const words = few ? predicates(told, size, model) : new Map();
  const lines = drawn.map((key) => {
    const ends = [Math.floor(key / size), key % size], [[, x1, y1], [, x2, y2]] = ends.map((end) => nodes[end]), [x, y] = [(x1 + x2) / 2, (y1 + y2) / 2];
    const text = words.has(key) ? s("text", { class: "tie-name", "aria-hidden": "true" }) : null;
    return { key, ends, x, y, text, lines: [words.get(key)], free: true, line: s("line", { x1, y1, x2, y2 }), group: s("g", {}, s("path", { class: "dispute", d: few ? "M0,-5l4,5l-4,5l-4,-5z" : "M0,-3.5l2.8,3.5l-2.8,3.5l-2.8,-3.5z" })) };
  });
  const marks = nodes.map(([thing, x, y], number) => {
    const one = { number, x, y, reach: 8, alive: false, many: 0, lines: [""], ...mark({ class: `node ${model.raw.things.kind[thing]}` }, [s("path", { d: shape(model.raw.things.kind[thing], 6.5) })], () => choose(thing)) };
    for (const [event, end] of [["pointerenter", number], ["pointerleave", -1], ["focusin", number], ["focusout", -1]]) one.group.addEventListener(event, () => light(end));
    return one;
  });
  spread.append(...lines.map((one) => one.line), ...lines.flatMap((one) => [one.group, one.text].filter(Boolean)), ...marks.map((one) => one.group));
  svg.append(spread);
  let last = null, drawnAt = 0, pointed = -1, chosen = -1;
  const place = zoomed(svg, spread, frame, [0.5, 12], settle);

  // Only the ties of what is pointed at, or else of what is selected, in full.
  function light(end) {
    pointed = end;
    const focus = end < 0 ? chosen : end;
    for (const { ends, line, group, text } of lines) for (const one of [line, group, text]) one?.classList.toggle("dim", focus >= 0 && !ends.includes(focus));
  }

  function settle() {
    const { scale, seen } = place();
    if (!last) return;
    if (scale !== drawnAt) for (const { x, y, group, text, free } of [...marks, ...lines]) for (const one of free ? [group, text] : [group]) one?.setAttribute("transform", `translate(${x},${y}) scale(${scale.toFixed(3)})`);
    drawnAt = scale;
    const first = [...marks].sort((x, y) => (y.number === chosen) - (x.number === chosen) || y.alive - x.alive || y.many - x.many || x.number - y.number);
    const without = name([...first, ...lines.filter((one) => one.text)], scale, seen);
    const unnamed = silent(marks);
    note.textContent = `${last}${unnamed}${without && !unnamed ? "; some ties are named only closer up" : ""}. A tie: told of together.`;
  }

  return (state, shown, called) => {
    const { count, disputed, asserted } = tally(told, size, shown, model);
    let facts = 0, there = 0;
    for (const key of keys) facts += count[key] ? 1 : 0;
    for (const one of marks) { one.alive = false; one.many = 0; }
    for (const { key, ends, line, group, text } of lines) {
      const many = count[key];
      if (many) { there++; for (const end of ends) { marks[end].alive = true; marks[end].many += many; } }
      put(line, "class", `tie${many ? "" : " off"}${disputed[key] ? " disputed" : ""}${many && !asserted[key] ? " unasserted" : ""}`);
      put(line, "stroke-width", many ? 0.8 + (2.4 * Math.log2(many)) / widest : 0.8);
      put(group, "visibility", many && disputed[key] ? "visible" : "hidden");
      if (text) put(text, "visibility", many ? "visible" : "hidden");
    }
    chosen = -1;
    nodes.forEach(([thing], number) => {
      const one = marks[number], label = called(thing);
      one.alive ||= model.statementsOf.of(thing).some((statement) => shown.statement[statement]);
      if (state.selected === thing) chosen = number;
      one.group.classList.toggle("off", !one.alive);
      one.group.classList.toggle("selected", state.selected === thing);
      put(one.button, "aria-label", `${label}, ${model.raw.things.kind[thing]}${one.alive ? "" : ", nothing here"}`);
      if (one.title.textContent !== label) { one.title.textContent = label; one.lines = broken(shortened(label, 34)); }
    });
    const counted = marks.reduce((sum, one) => sum + one.alive, 0);
    last = `${counted} of ${size} drawn things, ${there} ties${facts > there ? `, ${facts - there} weaker ties not drawn` : ""}${undrawn ? `; ${undrawn} less linked things stand in the list only` : ""}`;
    light(pointed);
    settle();
  };
}

// Returns for each tie by which predicates it is told, in words.
function predicates(told, size, model) {
  const found = new Map();
  for (let at = 0; at < told.direct.length; at += 4) {
    const [from, to, , predicate] = told.direct.subarray(at, at + 4);
    const key = from < to ? from * size + to : to * size + from, words = model.raw.predicates[predicate];
    if (found.has(key)) found.get(key).add(words); else found.set(key, new Set([words]));
  }
  return new Map([...found].map(([key, words]) => [key, shortened([...words].join(", "), 26)]));
}
