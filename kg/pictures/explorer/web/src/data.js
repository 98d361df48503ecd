// Reads the data of the page into arrays, once. Labels of entries and sentences of claims come from the list.

const element = document.getElementById("data");

async function text() {
  if (element.type === "application/json") return element.textContent;
  const signs = atob(element.textContent), bytes = new Uint8Array(signs.length);
  for (let at = 0; at < signs.length; at++) bytes[at] = signs.charCodeAt(at);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

function numbers(column) {
  return Float64Array.from(column);
}

// Numbers that stand as steps from one to the next.
function summed(steps, column = new Int32Array(steps.length)) {
  let sum = 0;
  steps.forEach((step, at) => { column[at] = sum += step; });
  return column;
}

// Returns how many flags are set. A callback for each is many times slower.
export function count(flags) {
  let sum = 0;
  for (let at = 0; at < flags.length; at++) sum += flags[at];
  return sum;
}

const NONE = [];

// Pairs of a few keys with their values.
function sparse(pairs) {
  const found = new Map();
  for (const [key, one] of pairs) if (found.has(key)) found.get(key).push(one); else found.set(key, [one]);
  return (key) => found.get(key) ?? NONE;
}

// Lists of numbers end to end: where each begins, and all of them.
function packed(many, all) {
  const start = new Int32Array(many.length + 1);
  start.set(summed(many), 1);
  return { start, all, of: (number) => all.subarray(start[number], start[number + 1]) };
}

// The same turned round: for each value its keys, in order.
function turned(keys, values, length) {
  const start = new Int32Array(length + 1), next = new Int32Array(length);
  for (const one of values) if (one >= 0) start[one + 1]++;
  for (let one = 0; one < length; one++) start[one + 1] += start[one];
  const all = new Int32Array(start[length]);
  values.forEach((one, number) => { if (one >= 0) all[start[one] + next[one]++] = keys(number); });
  return { start, all, of: (number) => all.subarray(start[number], start[number + 1]) };
}

function listed(order) {
  // The list is in the order of the entries. A claim's sentence is the last text of its item.
  const all = document.getElementById("all"), heads = all.querySelectorAll("h4,dt"), items = all.querySelectorAll("ol>li,dd:not(.s)");
  const places = new Int32Array(items.length);
  order.forEach((claim, place) => { places[claim] = place; });
  const item = (claim) => items[places[claim]];
  return {
    label: (entry) => heads[entry].firstChild?.data ?? "",
    gist: (claim) => (item(claim).querySelector("p") ?? item(claim)).lastChild?.data?.trimEnd() ?? "",
    quotes: (claim) => [...item(claim).querySelectorAll("blockquote")].map((quote) => quote.textContent),
  };
}

// A row is a claim with a statement of its content, or with none.
function rowsOf(many, content) {
  const length = many.reduce((sum, count) => sum + Math.max(1, count), 0);
  const claim = new Int32Array(length), statement = new Int32Array(length);
  let row = 0;
  many.forEach((count, number) => { for (const one of count ? content.of(number) : [-1]) { claim[row] = number; statement[row++] = one; } });
  return { claim, statement };
}

function factsOf({ many, predicate, thing, word }) {
  // They come in the order of their statements.
  const start = new Int32Array(many.length + 1), statement = new Int32Array(predicate.length);
  many.forEach((count, one) => { start[one + 1] = start[one] + count; statement.fill(one, start[one], start[one + 1]); });
  return { statement, start, predicate: Int32Array.from(predicate), thing: Int32Array.from(thing), word: Int32Array.from(word) };
}

function disputed(links, stances, content, statements) {
  // As View.disputed: the content of a denial, or of a claim that is denied.
  const found = new Uint8Array(statements), denied = new Set(links.denies.map(([, other]) => other));
  stances.forEach((stance, claim) => { if (stance === "denies" || denied.has(claim)) for (const one of content.of(claim)) found[one] = 1; });
  return found;
}

// Lets the browser paint and listen.
export const pause = () => new Promise((done) => { setTimeout(done); });

// Reads everything, in steps.
export async function load() {
  const raw = JSON.parse(await text());
  await pause();
  const { times, statements } = raw, { claims, facts: told } = raw;
  const { many } = raw.content, content = packed(many, summed(raw.content.statement));
  delete raw.claims;
  delete raw.content;
  delete raw.facts;
  const a = summed(times.a, new Float64Array(times.a.length)), [b, c, d] = ["b", "c", "d"].map((name) => numbers(times[name]).map((length, number) => a[number] + length));
  for (const name of ["a", "b", "c", "d"]) delete times[name];
  const rows = rowsOf(many, content), entries = raw.listed, stance = claims.stance, count = statements.id.length;
  await pause();
  const facts = factsOf(told), page = listed(raw.order);
  const labels = new Map(), known = (key, read) => { if (!labels.has(key)) labels.set(key, read()); return labels.get(key); };
  const { saidWords, heldWords, zoneWords } = claims;
  const model = {
    raw, a, b, c, d, entries, stance, content, rows, facts,
    idOf: new Map(raw.things.id.map((id, number) => [id, number])),
    held: summed(statements.held), subject: summed(statements.subject),
    speaker: Int32Array.from(claims.speaker), said: summed(claims.said), source: Int32Array.from(claims.source),
    unsourced: Uint8Array.from(claims.unsourced), recorded: numbers(claims.recorded), claimId: claims.id,
    written: (claim) => [saidWords[claim], heldWords[claim], zoneWords[claim]],
    behalf: sparse(raw.behalf), organs: sparse(raw.organs.map(([organ, owner]) => [owner, organ])),
    denies: sparse(raw.links.denies), deniedBy: sparse(raw.links.denies.map(([claim, other]) => [other, claim])),
    passages: sparse(raw.passages.map(([claim, ...span]) => [claim, span])),
    disputed: disputed(raw.links, stance, content, count),
    label: (thing) => known(thing, () => (thing < entries ? page.label(thing) : raw.things.label[thing - entries])),
    gist: (claim) => known(-1 - claim, () => page.gist(claim)),
    quotes: page.quotes,
    iri: (id) => (id.includes("://") ? id : raw.base + id),
  };
  delete statements.held;
  delete statements.subject;
  await pause();
  model.claimsOf = turned((row) => rows.claim[row], rows.statement, count);
  model.statementsOf = turned((statement) => statement, model.subject, raw.things.id.length);
  model.types = eventTypes(model);
  await pause();
  return model;
}

function eventTypes(model) {
  const wanted = model.raw.predicates.indexOf("eventType"), { statement, predicate, thing } = model.facts, found = new Map();
  predicate.forEach((one, fact) => {
    if (one !== wanted || thing[fact] < 0) return;
    if (!found.has(thing[fact])) found.set(thing[fact], new Set());
    found.get(thing[fact]).add(model.subject[statement[fact]]);
  });
  return found;
}

// Returns the numbers of the facts of a statement.
export function factsIn(model, statement) {
  const { start } = model.facts;
  return Array.from({ length: start[statement + 1] - start[statement] }, (_, nth) => start[statement] + nth);
}

// Returns the words of a number of the column of texts.
export function word(model, number) {
  const told = model.raw.words[number];
  return typeof told === "string" ? told : told[0];
}

// Returns a fact in words: its predicate, and its value by the names asked for.
export function told(model, fact, name) {
  const { predicate, thing, word: texts } = model.facts;
  return [model.raw.predicates[predicate[fact]], thing[fact] >= 0 ? name(thing[fact]) : word(model, texts[fact])];
}
