// The map: one mark for each place, as large as there are subjects told of there; what is off it is counted beside it.

import { select as d3select } from "d3-selection";
import { zoom, zoomIdentity } from "d3-zoom";
import { h, mark, s, shortened } from "./dom.js";

const EXACT = new Set(["gazetteerPoint", "outline"]), LABELS = 12;

// Returns the pairs of place and subject told of there, each with its statements, those of a place together.
function placings(model, placed) {
  const pairs = new Map(), { statement, thing } = model.facts;
  const add = (place, one) => {
    const key = place * model.raw.things.id.length + model.subject[one];
    if (!pairs.has(key)) pairs.set(key, { place, subject: model.subject[one], statements: [] });
    pairs.get(key).statements.push(one);
  };
  for (let fact = 0; fact < statement.length; fact++) if (thing[fact] >= 0 && placed.has(thing[fact])) add(thing[fact], statement[fact]);
  for (const place of placed) for (const one of model.statementsOf.of(place)) add(place, one);
  return [...pairs.values()];
}

export function map(figure, model, choose) {
  const svg = figure.querySelector("svg"), note = figure.querySelector(".note"), tray = figure.querySelector(".tray");
  const layer = svg.querySelector(".marks"), spread = svg.querySelector(".zoom");
  const { places, away } = model.raw, placed = new Set([...places, ...away].map(([thing]) => thing));
  const told = placings(model, placed), whole = new Map();
  for (const { place } of told) whole.set(place, (whole.get(place) ?? 0) + 1);
  // The largest mark is that of the place most told of in the whole page: sizes compare from state to state.
  const largest = Math.min(4, 26 / Math.sqrt(Math.max(1, ...whole.values())));
  const marks = new Map(places.map(([thing, x, y, , , quality, source]) => {
    const circle = s("circle", { r: 4 }), diamond = s("path", { class: "dispute", d: "M0,-10l8,10l-8,10l-8,-10z" });
    return [thing, { thing, x, y, quality, source, circle, diamond, ...mark({ class: EXACT.has(quality) ? "place" : "place vague", transform: `translate(${x},${y})` }, [circle, diamond], () => choose(thing)) }];
  }));
  layer.append(...[...marks.values()].map((one) => one.group));
  const zooming = zoom().scaleExtent([1, 12]).filter((event) => event.type !== "wheel" || event.ctrlKey).on("zoom", ({ transform }) => {
    spread.setAttribute("transform", transform);
    for (const { x, y, group } of marks.values()) group.setAttribute("transform", `translate(${x},${y}) scale(${1 / transform.k})`);
  });
  d3select(svg).call(zooming).on("dblclick.zoom", () => d3select(svg).call(zooming.transform, zoomIdentity));
  return (state, shown, name) => {
    const counts = new Map(), disputed = new Set(), located = new Uint8Array(model.raw.things.id.length);
    for (const { place, subject, statements } of told) {
      let any = false;
      for (const one of statements) if (shown.statement[one]) { any = true; if (model.disputed[one]) disputed.add(place); }
      if (!any) continue;
      counts.set(place, (counts.get(place) ?? 0) + 1);
      located[subject] = 1;
    }
    const count = (thing) => counts.get(thing) ?? 0;
    for (const one of marks.values()) {
      const many = count(one.thing), label = name(one.thing);
      one.r = many ? 6 + largest * Math.sqrt(many) : 4;
      one.circle.setAttribute("r", one.r);
      one.group.classList.toggle("off", !many);
      one.group.classList.toggle("disputed", disputed.has(one.thing));
      one.group.classList.toggle("selected", state.selected === one.thing);
      one.button.setAttribute("tabindex", many || state.selected === one.thing ? 0 : -1);
      one.diamond.setAttribute("visibility", disputed.has(one.thing) ? "visible" : "hidden");
      one.diamond.setAttribute("transform", `translate(${one.r},${-one.r})`);
      const told = `${label}: ${many} subjects${disputed.has(one.thing) ? ", disputed" : ""}. Coordinates: ${one.source || "of the graph"}${EXACT.has(one.quality) ? "" : `, ${one.quality}`}`;
      one.button.setAttribute("aria-label", told);
      if (one.title.textContent !== told) one.title.textContent = told;
    }
    label([...marks.values()], state, count, name, model.raw.land);
    const others = away.filter(([thing]) => count(thing));
    tray.replaceChildren(...(others.length ? ["Off this map: ", ...others.flatMap(([thing]) => { const button = h("button", { type: "button" }, `${name(thing)} ${count(thing)}`); button.addEventListener("click", () => choose(thing)); return [button, " "]; })] : []));
    const visible = new Uint8Array(located.length);
    let without = 0;
    for (let one = 0; one < shown.statement.length; one++) {
      const subject = model.subject[one];
      if (shown.statement[one] && !visible[subject]) { visible[subject] = 1; if (!located[subject]) without++; }
    }
    note.textContent = `${[...marks.values()].filter((one) => count(one.thing)).length} places here, ${others.length} off the map; ${without} subjects have no place with coordinates. A dashed mark: approximate.`;
  };
}

// Names the places most told of, where no name lies on another.
function label(marks, state, count, name, [left, , wide]) {
  const taken = [], ranked = [...marks].sort((x, y) => (y.thing === state.selected) - (x.thing === state.selected) || count(y.thing) - count(x.thing) || x.thing - y.thing);
  let named = 0;
  for (const one of ranked) {
    const words = shortened(name(one.thing), 26), half = words.length * 7;
    const spots = [[0, one.r + 26], [0, -one.r - 7], [one.r + half + 6, 7], [-one.r - half - 6, 7]];
    const free = count(one.thing) && named < LABELS ? spots.find(([x, y]) => { const box = [one.x + x - half, one.y + y - 23, one.x + x + half, one.y + y + 5]; return box[0] > left && box[2] < left + wide && !taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]); }) : undefined;
    one.text.textContent = free ? words : "";
    if (!free) continue;
    named++;
    one.text.setAttribute("x", free[0]);
    one.text.setAttribute("y", free[1]);
    taken.push([one.x + free[0] - half, one.y + free[1] - 23, one.x + free[0] + half, one.y + free[1] + 5]);
  }
}
