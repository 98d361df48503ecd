// The map: one mark for each place, as large as there are subjects told of there; what is off it is counted beside it.

import { h, mark, put, s, shortened } from "./dom.js";
import { name as named, silent, zoomed } from "./labels.js";

const EXACT = new Set(["gazetteerPoint", "outline"]);

// Returns the pairs of place and subject told of there, and the statements that do, those of a pair together.
function placings(model, placed) {
  const pairs = new Map(), { statement, thing } = model.facts;
  const add = (place, one) => {
    const key = place * model.raw.things.id.length + model.subject[one];
    if (!pairs.has(key)) pairs.set(key, { place, subject: model.subject[one], statements: [] });
    pairs.get(key).statements.push(one);
  };
  for (let fact = 0; fact < statement.length; fact++) if (thing[fact] >= 0 && placed.has(thing[fact])) add(thing[fact], statement[fact]);
  for (const place of placed) for (const one of model.statementsOf.of(place)) add(place, one);
  const all = [...pairs.values()], start = new Int32Array(all.length + 1);
  all.forEach(({ statements }, pair) => { start[pair + 1] = start[pair] + statements.length; });
  return { start, place: Int32Array.from(all, ({ place }) => place), subject: Int32Array.from(all, ({ subject }) => subject), statement: Int32Array.from(all.flatMap(({ statements }) => statements)) };
}

export function map(figure, model, choose) {
  const svg = figure.querySelector("svg"), note = figure.querySelector(".note"), tray = figure.querySelector(".tray");
  const layer = svg.querySelector(".marks"), spread = svg.querySelector(".zoom");
  const { places, away } = model.raw, placed = new Set([...places, ...away].map(([thing]) => thing));
  const told = placings(model, placed), whole = new Map();
  for (const place of told.place) whole.set(place, (whole.get(place) ?? 0) + 1);
  // The largest mark is that of the place most told of in the whole page: sizes compare from state to state.
  const largest = Math.min(2, 13 / Math.sqrt(Math.max(1, ...whole.values())));
  const marks = new Map(places.map(([thing, x, y, , , quality, source]) => {
    const circle = s("circle", { r: 2.5 }), diamond = s("path", { class: "dispute", d: "M0,-5l4,5l-4,5l-4,-5z" });
    return [thing, { thing, x, y, many: 0, quality, source, circle, diamond, ...mark({ class: EXACT.has(quality) ? "place" : "place vague", }, [circle, diamond], () => choose(thing)) }];
  }));
  layer.append(...[...marks.values()].map((one) => one.group));
  let chosen = null, drawnAt = 0, last = null;
  const view = zoomed(svg, spread, model.raw.land, [1, 12], settle);

  function settle() {
    const { scale, seen } = view();
    if (!last) return;
    if (scale !== drawnAt) for (const { x, y, group } of marks.values()) group.setAttribute("transform", `translate(${x},${y}) scale(${scale.toFixed(3)})`);
    drawnAt = scale;
    const first = [...marks.values()].sort((x, y) => (y.thing === chosen) - (x.thing === chosen) || y.many - x.many || x.thing - y.thing);
    named(first, scale, seen);
    note.textContent = `${last}${silent(first)}. A dashed mark: approximate.`;
  }

  return (state, shown, name) => {
    const things = model.raw.things.id.length, counts = new Int32Array(things), disputed = new Uint8Array(things), located = new Uint8Array(things);
    for (let pair = 0; pair < told.place.length; pair++) {
      const place = told.place[pair];
      let any = 0;
      for (let at = told.start[pair]; at < told.start[pair + 1]; at++) {
        const one = told.statement[at];
        any |= shown.statement[one];
        disputed[place] |= shown.statement[one] & model.disputed[one];
      }
      counts[place] += any;
      located[told.subject[pair]] |= any;
    }
    for (const one of marks.values()) {
      const many = counts[one.thing], label = name(one.thing);
      one.many = many;
      one.reach = many ? 3 + largest * Math.sqrt(many) : 2.5;
      one.lines = [many || state.selected === one.thing ? shortened(label, 26) : ""];
      put(one.circle, "r", one.reach);
      one.group.classList.toggle("off", !many);
      one.group.classList.toggle("disputed", disputed[one.thing] === 1);
      one.group.classList.toggle("selected", state.selected === one.thing);
      put(one.button, "tabindex", many || state.selected === one.thing ? 0 : -1);
      put(one.diamond, "visibility", disputed[one.thing] === 1 ? "visible" : "hidden");
      put(one.diamond, "transform", `translate(${one.reach},${-one.reach})`);
      const told = `${label}: ${many} subjects${disputed[one.thing] === 1 ? ", disputed" : ""}. Coordinates: ${one.source || "of the graph"}${EXACT.has(one.quality) ? "" : `, ${one.quality}`}`;
      put(one.button, "aria-label", told);
      if (one.title.textContent !== told) one.title.textContent = told;
    }
    const others = away.filter(([thing]) => counts[thing]);
    tray.replaceChildren(...(others.length ? ["Off this map: ", ...others.flatMap(([thing]) => { const button = h("button", { type: "button" }, `${name(thing)} ${counts[thing]}`); button.addEventListener("click", () => choose(thing)); return [button, " "]; })] : []));
    const visible = new Uint8Array(located.length);
    let without = 0;
    for (let one = 0; one < shown.statement.length; one++) {
      const subject = model.subject[one];
      if (shown.statement[one] && !visible[subject]) { visible[subject] = 1; if (!located[subject]) without++; }
    }
    last = `${[...marks.values()].filter((one) => one.many).length} places here, ${others.length} off the map; ${without} subjects have no place with coordinates`;
    chosen = state.selected;
    settle();
  };
}
