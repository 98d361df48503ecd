// The slice: which claims and statements a state leaves. It is the rule of kg/slice.py, and the tests hold the two equal.

export function speakersOf(model, who, organs) {
  const chosen = new Set(), waiting = [...who];
  while (waiting.length) {
    const agent = waiting.pop();
    if (chosen.has(agent)) continue;
    chosen.add(agent);
    if (organs) waiting.push(...model.organs(agent));
  }
  return chosen;
}

function saidBy(model, claim, state) {
  const said = model.said[claim];
  if (state.known !== null && !(state.sure ? model.d[said] <= state.known : model.a[said] < state.known)) return false;
  return state.recorded === null || model.recorded[claim] <= state.recorded;
}

function holds(model, time, state) {
  const { a, b, c, d } = model;
  if (state.at !== null) {
    return state.sure ? b[time] <= state.at && state.at < c[time] : a[time] <= state.at && state.at < d[time];
  }
  if (state.from === null) return true;
  if (!state.sure) return a[time] < state.to && state.from < d[time];
  return (b[time] < state.to || d[time] <= state.to) && (state.from < c[time] || state.from <= a[time]);
}

function takenBack(model, allowed) {
  // What speakers took back by then: denied statements with when, and withdrawn, superseded or denied claims.
  const denied = new Map(), claims = new Set();
  const { denies, withdraws, supersedes } = model.raw.links;
  for (const [claim, other] of [...denies, ...withdraws, ...supersedes]) {
    if (allowed[claim]) claims.add(`${model.speaker[claim]} ${other}`);
  }
  for (let claim = 0; claim < allowed.length; claim++) {
    if (!allowed[claim] || model.stance[claim] !== "denies") continue;
    for (const statement of model.content.of(claim)) {
      const key = `${model.speaker[claim]} ${statement}`;
      denied.set(key, Math.max(denied.get(key) ?? -Infinity, model.d[model.said[claim]]));
    }
  }
  return (claim, statement) => {
    const speaker = model.speaker[claim];
    if (claims.size && claims.has(`${speaker} ${claim}`)) return true;
    if (!denied.size) return false;
    return model.a[model.said[claim]] < (denied.get(`${speaker} ${statement}`) ?? -Infinity);
  };
}

function filters(model, state) {
  const tests = [];
  if (state.kind) tests.push((claim, statement) => statement >= 0 && model.raw.things.kind[model.subject[statement]] === state.kind);
  if (state.type !== null) {
    const subjects = model.types.get(state.type) ?? new Set();
    tests.push((claim, statement) => statement >= 0 && subjects.has(model.subject[statement]));
  }
  if (state.source !== null) tests.push((claim) => model.source[claim] === state.source);
  if (state.disputed) {
    tests.push((claim, statement) => (statement >= 0 && model.disputed[statement] === 1) || model.deniedBy(claim).length > 0);
  }
  if (state.q) {
    const words = state.q.toLowerCase();
    const has = (text) => text.toLowerCase().includes(words);
    tests.push((claim, statement) => has(model.gist(claim)) || (statement >= 0 && has(model.label(model.subject[statement]))));
  }
  return tests;
}

// Returns what is left: 1 for each claim and statement.
export function select(model, state) {
  const { rows } = model, claims = model.stance.length;
  const allowed = new Uint8Array(claims);
  for (let claim = 0; claim < claims; claim++) allowed[claim] = saidBy(model, claim, state) ? 1 : 0;
  const speakers = state.who.length ? speakersOf(model, state.who, state.organs) : null;
  const speaks = (claim) => speakers === null || speakers.has(model.speaker[claim]) || model.behalf(claim).some((agent) => speakers.has(agent));
  const dropped = state.stances.length ? takenBack(model, allowed) : null;
  const heard = new Uint8Array(claims);
  for (let claim = 0; claim < claims; claim++) heard[claim] = allowed[claim] && (state.unsourced || !model.unsourced[claim]) && speaks(claim) ? 1 : 0;
  const timed = state.at !== null || state.from !== null, tests = filters(model, state);
  const holding = timed ? Uint8Array.from(model.a, (_, time) => (holds(model, time, state) ? 1 : 0)) : null;
  const found = { claim: new Uint8Array(claims), statement: new Uint8Array(model.held.length), asserted: new Uint8Array(model.held.length) };
  for (let row = 0; row < rows.claim.length; row++) {
    const claim = rows.claim[row], statement = rows.statement[row];
    if (!heard[claim] || (timed && (statement < 0 || !holding[model.held[statement]]))) continue;
    if (dropped && (statement < 0 || !state.stances.includes(model.stance[claim]) || dropped(claim, statement))) continue;
    if (tests.length && !tests.every((test) => test(claim, statement))) continue;
    found.claim[claim] = 1;
    if (statement < 0) continue;
    found.statement[statement] = 1;
    if (model.stance[claim] === "asserts" || model.stance[claim] === "reports") found.asserted[statement] = 1;
  }
  return found;
}
