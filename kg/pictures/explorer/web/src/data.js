// Reads the data of the page into arrays, once. Labels of entries and sentences of claims come from the list.

const element = document.getElementById("data");

async function text() {
  if (element.type === "application/json") return element.textContent;
  const bytes = Uint8Array.from(atob(element.textContent), (sign) => sign.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

function numbers(column) {
  return Float64Array.from(column);
}

function grouped(pairs, length) {
  const found = Array.from({ length }, () => []);
  for (const [key, value] of pairs) found[key].push(value);
  return found;
}

function listed(order) {
  // The list is in the order of the entries; a claim's sentence is the paragraph of its item.
  const articles = document.querySelectorAll("#all article");
  const places = new Map();
  order.forEach((claims, entry) => claims.forEach((claim, nth) => places.set(claim, [entry, nth])));
  const item = (claim) => {
    const [entry, nth] = places.get(claim);
    return articles[entry].querySelector("ol").children[nth];
  };
  return {
    label: (entry) => articles[entry].firstElementChild.textContent,
    gist: (claim) => item(claim).querySelector("p").textContent,
    quotes: (claim) => [...item(claim).querySelectorAll("blockquote")].map((quote) => quote.textContent),
  };
}

function rowsOf(content) {
  const claim = [], statement = [];
  content.forEach((statements, number) => {
    for (const one of statements.length ? statements : [-1]) { claim.push(number); statement.push(one); }
  });
  return { claim: Int32Array.from(claim), statement: Int32Array.from(statement) };
}

function disputed(raw, stances, content) {
  // As View.disputed: the content of a denial, or of a claim that is denied.
  const found = new Uint8Array(raw.statements.id.length);
  const denied = new Set(raw.links.denies.map(([, other]) => other));
  content.forEach((statements, claim) => {
    if (stances[claim] === "denies" || denied.has(claim)) for (const one of statements) found[one] = 1;
  });
  return found;
}

export async function load() {
  const raw = JSON.parse(await text());
  const { times, claims, content, statements } = raw;
  const a = numbers(times.a), [b, c, d] = ["b", "c", "d"].map((name) => numbers(times[name]).map((length, number) => a[number] + length));
  const entries = raw.order.length;
  const stance = claims.map((row) => row[2]);
  const page = listed(raw.order);
  const labels = new Map();
  const known = (key, read) => { if (!labels.has(key)) labels.set(key, read()); return labels.get(key); };
  const idOf = new Map(raw.things.id.map((id, number) => [id, number]));
  const model = {
    raw, a, b, c, d, entries, stance, content, idOf,
    held: Int32Array.from(statements.held),
    subject: Int32Array.from(statements.subject),
    speaker: Int32Array.from(claims.map((row) => row[1])),
    said: Int32Array.from(claims.map((row) => row[3])),
    source: Int32Array.from(claims.map((row) => row[4])),
    recorded: numbers(claims.map((row) => row[5])),
    unsourced: Uint8Array.from(claims.map((row) => row[6])),
    rows: rowsOf(content),
    facts: grouped(raw.facts.map((fact) => [fact[0], fact]), statements.id.length),
    behalf: grouped(raw.behalf, claims.length),
    organs: grouped(raw.organs.map(([organ, owner]) => [owner, organ]), raw.things.id.length),
    disputed: disputed(raw, stance, content),
    deniedBy: grouped(raw.links.denies.map(([claim, other]) => [other, claim]), claims.length),
    denies: grouped(raw.links.denies, claims.length),
    label: (thing) => known(thing, () => (thing < entries ? page.label(thing) : raw.things.label[thing - entries])),
    gist: (claim) => known(`c${claim}`, () => page.gist(claim)),
    quotes: page.quotes,
    iri: (id) => (id.includes("://") ? id : raw.base + id),
  };
  model.types = eventTypes(model);
  model.tied = new Set(raw.nodes.map(([thing]) => thing));
  return model;
}

function eventTypes(model) {
  const predicate = model.raw.predicates.indexOf("eventType");
  const found = new Map();
  for (const [statement, name, value] of model.raw.facts) {
    if (name !== predicate || value < 0) continue;
    const subject = model.subject[statement];
    if (!found.has(value)) found.set(value, new Set());
    found.get(value).add(subject);
  }
  return found;
}

export function value(model, fact) {
  if (fact[2] >= 0) return model.label(fact[2]);
  const word = model.raw.words[fact[3]];
  return typeof word === "string" ? word : word[0];
}
