// When: statements counted by when they held, claims by when they were said; single claims in lanes where they fit.

import { brushX } from "d3-brush";
import { select as d3select } from "d3-selection";
import { moment, zoneOf } from "./clock.js";
import { count } from "./data.js";
import { choosable, s, shortened } from "./dom.js";
import { arrange } from "./list.js";
import { scale as scaled, ticks } from "./scale.js";

const WIDE = 1160, LEFT = 8, BINS = 116, TOP = 26, HELD = 74, SAID = 44, GAP = 22, LANES = 60, ROW = 24;

// Counts times in bins: each in every bin that it may touch, and apart where it certainly does.
function bins(model, flags, times, marked, [first, last]) {
  const step = (last - first) / BINS, maybe = new Int32Array(BINS + 1), sure = new Int32Array(BINS + 1), disputed = new Int32Array(BINS + 1);
  let before = 0, after = 0, undated = 0;
  const range = (line, from, to) => {
    const low = Math.max(0, Math.floor((from - first) / step)), high = Math.min(BINS - 1, Math.ceil((to - first) / step) - 1);
    if (low <= high) { line[low]++; line[high + 1]--; }
  };
  for (let number = 0; number < flags.length; number++) {
    if (!flags[number]) continue;
    const time = times[number], a = model.a[time], b = model.b[time], c = model.c[time], d = model.d[time];
    if (a < -8e9 && d > 7e9) undated++;
    else if (d <= first) before++;
    else if (a >= last) after++;
    else {
      range(maybe, a, d);
      if (b < c) range(sure, b, c);
      if (marked[number]) range(disputed, a, d);
    }
  }
  for (const line of [maybe, sure, disputed]) for (let bin = 1; bin < BINS; bin++) line[bin] += line[bin - 1];
  return { maybe, sure, disputed, before, after, undated };
}

function columns(found, high, base, most) {
  const step = (WIDE - 2 * LEFT) / BINS, path = { maybe: "", sure: "", disputed: "" };
  for (let bin = 0; bin < BINS; bin++) {
    const x = (LEFT + bin * step).toFixed(1), wide = (step - 0.8).toFixed(1);
    for (const name of Object.keys(path)) {
      const tall = most ? (found[name][bin] / most) * high : 0;
      if (tall) path[name] += name === "disputed" ? `M${x},${(base + 3).toFixed(1)}h${wide}v3h-${wide}z` : `M${x},${base}v${(-Math.max(1, tall)).toFixed(1)}h${wide}V${base}z`;
    }
  }
  return path;
}

export function timeline(svg, model, change, choose) {
  const parts = Object.fromEntries(["axis", "held", "said", "brush", "lanes", "known"].map((name) => [name, s("g", { class: name })]));
  const heldBase = TOP + HELD, saidBase = heldBase + GAP + SAID;
  const words = { held: s("text", { x: LEFT, y: TOP + 10, class: "small" }), said: s("text", { x: LEFT, y: heldBase + GAP + 6, class: "small" }) };
  parts.axis.setAttribute("transform", `translate(0,${TOP - 4})`);
  const paths = Object.fromEntries(["held", "said"].map((name) => [name, Object.fromEntries(["maybe", "sure", "disputed"].map((kind) => { const path = s("path", { class: kind }); parts[name].append(path); return [kind, path]; }))]));
  const line = s("path", { class: "known-line" });
  parts.known.append(line);
  svg.append(...Object.values(parts), words.held, words.said);
  let scale, quiet = false;
  const denials = Uint8Array.from(model.stance, (stance, claim) => (stance === "denies" || model.deniedBy(claim).length ? 1 : 0));
  const drawLanes = lanes(parts.lanes, model, choose);
  const brush = brushX().extent([[LEFT, TOP], [WIDE - LEFT, heldBase]]).on("end", ({ selection, sourceEvent }) => {
    if (quiet || !sourceEvent) return;
    if (!selection) { change({ from: null, to: null, at: null }); return; }
    const [from, to] = selection.map((x) => Math.round(scale.invert(x)));
    change({ from, to: Math.max(to, from + 1), at: null });
  });
  d3select(parts.brush).call(brush);
  return (state, shown, name) => {
    scale = scaled(state.span, [LEFT, WIDE - LEFT]);
    const held = bins(model, shown.statement, model.held, model.disputed, state.span), said = bins(model, shown.claim, model.said, denials, state.span);
    const claims = count(shown.claim);
    const named = `${state.span} ${zoneOf(state)}`;
    if (parts.axis.dataset.key !== named) parts.axis.replaceChildren(...ticks(state.span, zoneOf(state)).flatMap(([second, words]) => [s("line", { x1: scale(second), x2: scale(second), y1: -4, y2: 0 }), s("text", { x: scale(second), y: -8, "text-anchor": "middle" }, words)]));
    parts.axis.dataset.key = named;
    for (const [key, found, high, base] of [["held", held, HELD - 16, heldBase], ["said", said, SAID - 14, saidBase]]) {
      const drawn = columns(found, high, base, Math.max(1, ...found.maybe));
      for (const kind of Object.keys(drawn)) paths[key][kind].setAttribute("d", drawn[kind]);
    }
    const beside = (found) => `${found.before} before, ${found.after} after this span, ${found.undated} without a time`;
    words.held.textContent = `${count(shown.statement)} statements by when they held (dark: certainly): ${beside(held)}`;
    words.said.textContent = `${claims} claims by when they were said: ${beside(said)}`;
    quiet = true;
    const ends = state.at !== null ? [state.at, state.at + (state.span[1] - state.span[0]) / 600] : [state.from, state.to];
    d3select(parts.brush).call(brush.move, ends[0] === null ? null : ends.map((second) => Math.min(WIDE - LEFT, Math.max(LEFT, scale(second)))));
    quiet = false;
    const tall = drawLanes(state, shown, claims, scale, saidBase + 16, name);
    line.setAttribute("d", state.known === null ? "" : `M${Math.min(WIDE - LEFT, Math.max(LEFT, scale(state.known))).toFixed(1)},${heldBase + 4}V${saidBase + 12 + tall}`);
    svg.setAttribute("viewBox", `0 0 ${WIDE} ${saidBase + 22 + tall}`);
  };
}

function lanes(group, model, choose) {
  let made = new Map();
  return (state, shown, many, scale, top, name) => {
    if (many > LANES) { group.replaceChildren(s("text", { x: LEFT, y: top + 12, class: "small" }, `${many} claims are too many for a lane each; with ${LANES} or fewer each has its own.`)); return 22; }
    const claims = [...shown.claim.keys()].filter((one) => shown.claim[one]), before = made, parts = [];
    const order = claims.sort((x, y) => model.speaker[x] - model.speaker[y] || model.a[model.said[x]] - model.a[model.said[y]] || x - y);
    made = new Map();
    let y = top, last = null;
    for (const claim of order) {
      if (model.speaker[claim] !== last) { last = model.speaker[claim]; y += 20; parts.push(s("text", { x: LEFT, y: y - 4, class: "speaker" }, shortened(name(last), 60))); }
      const subject = model.content.of(claim)[0] === undefined ? null : model.subject[model.content.of(claim)[0]];
      const key = `${state.span} ${state.names} ${state.zone} ${subject !== null && subject === state.selected}`, old = before.get(claim);
      const drawn = old?.key === key ? old.drawn : lane(model, state, claim, subject, scale, name, choose);
      drawn.setAttribute("transform", `translate(0,${y})`);
      made.set(claim, { key, drawn });
      parts.push(drawn);
      y += ROW;
    }
    arrange(group, parts);
    return y - top + 6;
  };
}

function lane(model, state, claim, subject, scale, name, choose) {
  const inside = (second) => Math.min(WIDE - LEFT, Math.max(LEFT, scale(second)));
  const stance = model.stance[claim], at = inside(model.a[model.said[claim]]), row = [];
  for (const time of new Set([...model.content.of(claim)].map((one) => model.held[one]))) {
    const [a, b, c, d] = [model.a[time], model.b[time], model.c[time], model.d[time]].map(inside);
    row.push(s("rect", { class: "tail", x: a, y: 14, width: Math.max(1.5, d - a), height: 6 }));
    if (model.b[time] < model.c[time]) row.push(s("rect", { class: "core", x: b, y: 14, width: Math.max(1.5, c - b), height: 6 }));
  }
  row.push(s("line", { class: "drop", x1: at, x2: at, y1: 6, y2: 20 }), s("path", { class: "tick", d: stance === "denies" ? "M-5,-5L5,5M5,-5L-5,5" : "M0,-6L5,4H-5z", transform: `translate(${at.toFixed(1)},5)` }));
  const right = at > WIDE * 0.62, told = `${shortened(name(model.speaker[claim]), 60)} ${stance}: ${shortened(model.gist(claim), 300)}`;
  const words = s("text", { x: right ? at - 10 : at + 10, y: 10, "aria-hidden": "true", "text-anchor": right ? "end" : "start" }, shortened(model.gist(claim), 110));
  const button = choosable(s("g", { "aria-label": told }, s("title", {}, `${told} (said ${moment(model.a[model.said[claim]], zoneOf(state))})`), ...row), () => subject !== null && choose(subject));
  return s("g", { class: `lane ${stance}${model.deniedBy(claim).length ? " disputed" : ""}${subject !== null && subject === state.selected ? " selected" : ""}` }, button, words);
}
