// The one state of the page, and its place in the address. What stands there is not to be trusted.

import { BEGINNING, FOREVER, ZONES, iso } from "./clock.js";

const LONGEST = 4000;
export const STANCES = ["asserts", "denies", "doubts", "callsFor", "promises", "reports", "withdraws"];

export function initial(model) {
  const zone = ZONES.some(([name]) => name === model.raw.zone) ? model.raw.zone : "UTC";
  return {
    at: null, from: null, to: null, known: null, recorded: null, who: [], vs: null, sure: false, stances: [], organs: true,
    unsourced: false, kind: "", type: null, source: null, q: "", disputed: false, selected: null, zone, names: null, span: model.raw.span,
  };
}

function seconds(text) {
  const value = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text ?? "") ? Date.parse(text) / 1000 : NaN;
  return value >= BEGINNING && value <= FOREVER ? value : null;
}

// Returns the state that an address describes; whatever in it is not understood is left at its default.
export function fromHash(model, hash) {
  const state = initial(model);
  let given;
  try { given = new URLSearchParams(hash.replace(/^#/, "").slice(0, LONGEST)); } catch { return state; }
  if (given.get("v") !== "1") return state;
  const thing = (id) => (model.idOf.has(id) ? model.idOf.get(id) : null);
  state.at = seconds(given.get("at"));
  const [from, to] = [seconds(given.get("from")), seconds(given.get("to"))];
  if (state.at === null && from !== null && to !== null && from < to) [state.from, state.to] = [from, to];
  state.known = seconds(given.get("known"));
  state.recorded = seconds(given.get("recorded"));
  state.who = given.getAll("who").map(thing).filter((one) => one !== null);
  state.vs = thing(given.get("vs"));
  state.stances = given.getAll("stance").filter((one) => STANCES.includes(one));
  for (const flag of ["sure", "disputed", "unsourced"]) state[flag] = given.get(flag) === "1";
  state.organs = given.get("organs") !== "0";
  if (model.raw.things.kind.includes(given.get("kind"))) state.kind = given.get("kind");
  const type = thing(given.get("type"));
  if (model.types.has(type)) state.type = type;
  const source = model.raw.sources.findIndex(([id]) => id === given.get("source"));
  if (source >= 0) state.source = source;
  state.q = (given.get("q") ?? "").slice(0, 200);
  const selected = thing(given.get("selected"));
  if (selected !== null) state.selected = selected;
  if (ZONES.some(([name]) => name === given.get("zone"))) state.zone = given.get("zone");
  state.names = thing(given.get("names"));
  const [first, last] = [seconds(given.get("x0")), seconds(given.get("x1"))];
  if (first !== null && last !== null && last - first >= 3600) state.span = [first, last];
  return state;
}

export function toHash(model, state) {
  const id = (thing) => model.raw.things.id[thing], whole = initial(model), said = new URLSearchParams({ v: "1" });
  for (const name of ["at", "from", "to", "known", "recorded"]) if (state[name] !== null) said.set(name, iso(state[name]));
  for (const agent of state.who) said.append("who", id(agent));
  for (const name of ["vs", "type", "selected", "names"]) if (state[name] !== null) said.set(name, id(state[name]));
  for (const stance of state.stances) said.append("stance", stance);
  for (const flag of ["sure", "disputed", "unsourced"]) if (state[flag]) said.set(flag, "1");
  if (!state.organs) said.set("organs", "0");
  if (state.kind) said.set("kind", state.kind);
  if (state.source !== null) said.set("source", model.raw.sources[state.source][0]);
  if (state.q) said.set("q", state.q);
  if (state.zone !== whole.zone) said.set("zone", state.zone);
  if (state.span[0] !== whole.span[0] || state.span[1] !== whole.span[1]) { said.set("x0", iso(state.span[0])); said.set("x1", iso(state.span[1])); }
  return `#${said}`;
}
