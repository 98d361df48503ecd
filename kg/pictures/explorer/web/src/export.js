// The current view as files: the claims as CSV and TriG, the places as GeoJSON, each drawing as SVG and PNG.

import { iso } from "./clock.js";
import { factsIn, told } from "./data.js";

const ONTOLOGY = "https://w3id.org/conflict-kg/ontology#", STATEMENT = "https://w3id.org/conflict-kg/statement#";
const LOOKS = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-opacity", "opacity", "font-family", "font-size", "font-weight", "font-style", "text-anchor", "visibility", "paint-order"];

export function save(name, data, type) {
  const url = URL.createObjectURL(data instanceof Blob ? data : new Blob([data], { type })), anchor = document.createElement("a");
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

const chosen = (flags) => [...flags.keys()].filter((one) => flags[one]);

// A cell that a spreadsheet would take for a formula gets a quote before it.
const cell = (told) => { const text = String(told ?? "").replace(/^[=+\-@\t\r]/, "'$&"); return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text; };

export function csv(model, shown, name) {
  const heads = ["claim", "speaker", "stance", "said_begin_earliest", "said_end_latest", "gist", "source", "statement", "subject", "predicate", "value", "begin_earliest", "begin_latest", "end_earliest", "end_latest", "disputed"];
  const lines = [heads];
  for (const claim of chosen(shown.claim)) {
    const time = model.said[claim];
    const words = [model.iri(model.claimId[claim]), name(model.speaker[claim]), model.stance[claim], iso(model.a[time]), iso(model.d[time]), model.gist(claim), model.iri(model.raw.sources[model.source[claim]][0])];
    const statements = [...model.content.of(claim)].filter((one) => shown.statement[one]);
    if (!statements.length) lines.push([...words, ...Array(9).fill("")]);
    for (const statement of statements) {
      const held = model.held[statement], bounds = [model.a, model.b, model.c, model.d].map((column) => iso(column[held]));
      for (const fact of factsIn(model, statement)) lines.push([...words, model.iri(model.raw.statements.id[statement]), name(model.subject[statement]), ...told(model, fact, name), ...bounds, model.disputed[statement] ? "disputed" : ""]);
    }
  }
  return `\ufeff${lines.map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`;
}

export function geojson(model, shown, name) {
  const where = new Map([...model.raw.places, ...model.raw.away].map((place) => [place[0], place]));
  const features = [], seen = new Set();
  const add = (statement, thing) => {
    const subject = model.subject[statement], key = `${statement} ${thing}`;
    if (!where.has(thing) || seen.has(key)) return;
    seen.add(key);
    const [, , , longitude, latitude, quality, source] = where.get(thing), held = model.held[statement];
    const claims = [...model.claimsOf.of(statement)].filter((claim) => shown.claim[claim]).map((claim) => model.iri(model.claimId[claim]));
    features.push({ type: "Feature", geometry: { type: "Point", coordinates: [longitude, latitude] }, properties: { subject: model.iri(model.raw.things.id[subject]), label: name(subject), place: name(thing), coordinates: quality, coordinatesFrom: source, start: iso(model.a[held]), end: iso(model.d[held]), disputed: model.disputed[statement] === 1, claims } });
  };
  for (const statement of chosen(shown.statement)) {
    add(statement, model.subject[statement]);
    for (const fact of factsIn(model, statement)) if (model.facts.thing[fact] >= 0) add(statement, model.facts.thing[fact]);
  }
  return `${JSON.stringify({ type: "FeatureCollection", features }, null, 1)}\n`;
}

const ESCAPED = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" };
const text = (words) => `"${words.replace(/[\\"\n\r\t]/g, (sign) => ESCAPED[sign])}"`;
const node = (iri) => `<${iri.replace(/[\u0000-\u0020<>"{}|^`\\]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, "0").toUpperCase()}`)}>`;
const dateTime = (seconds) => `"${iso(seconds)}"^^<http://www.w3.org/2001/XMLSchema#dateTime>`;

function literal(word) {
  if (typeof word === "string") return text(word);
  return word[1].startsWith("@") ? text(word[0]) + word[1] : `${text(word[0])}^^${node(word[1])}`;
}

// The name of an interval is the hash of what it says, as kg/iri.py makes it.
async function timeName(model, time) {
  const { mode, begin, end, precision } = model.raw.times;
  const said = [model.a, model.b, model.c, model.d].map((column) => iso(column[time]));
  const bytes = new TextEncoder().encode([...said, mode[time], begin[time], end[time], precision[time]].join("\u001e"));
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...hash.slice(0, 10)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// The claims and statements of the view in the shape of the graph; its readings and passages are in kg export.
export async function trig(model, shown) {
  const { raw } = model, thing = (number) => node(model.iri(raw.things.id[number])), named = new Map();
  const used = [...chosen(shown.claim).map((one) => model.said[one]), ...chosen(shown.statement).map((one) => model.held[one])];
  for (const one of used) if (!named.has(one)) named.set(one, await timeName(model, one));
  const time = (number) => node(`${raw.base}time/${named.get(number)}`);
  const statement = (number) => node(model.iri(raw.statements.id[number])), lines = [`@prefix k: <${ONTOLOGY}> .`, `@prefix s: <${STATEMENT}> .`, ""];
  for (const claim of chosen(shown.claim)) {
    const content = [...model.content.of(claim)].filter((one) => shown.statement[one]);
    const told = [`a k:Claim`, `k:speaker ${thing(model.speaker[claim])}`, `k:stance k:${model.stance[claim]}`, `k:said ${time(model.said[claim])}`, `k:source ${node(model.iri(raw.sources[model.source[claim]][0]))}`, `k:recorded ${dateTime(model.recorded[claim])}`, `k:gist ${text(model.gist(claim))}@en`, ...content.map((one) => `k:content ${statement(one)}`)];
    for (const [name, pairs] of Object.entries({ denies: raw.links.denies, withdraws: raw.links.withdraws, supersedes: raw.links.supersedes })) for (const [one, other] of pairs) if (one === claim && shown.claim[other]) told.push(`k:${name} ${node(model.iri(model.claimId[other]))}`);
    lines.push(`${node(model.iri(model.claimId[claim]))} ${told.join(" ;\n  ")} .`);
  }
  for (const one of chosen(shown.statement)) {
    const { predicate, thing: values, word: texts } = model.facts;
    const facts = factsIn(model, one).map((fact) => `s:${raw.predicates[predicate[fact]]} ${values[fact] >= 0 ? thing(values[fact]) : literal(raw.words[texts[fact]])}`);
    lines.push(`${statement(one)} ${["a k:Statement", `k:subject ${thing(model.subject[one])}`, `k:held ${time(model.held[one])}`, ...facts].join(" ;\n  ")} .`);
  }
  for (const one of named.keys()) lines.push(`${time(one)} a k:Interval ; k:beginEarliest ${dateTime(model.a[one])} ; k:beginLatest ${dateTime(model.b[one])} ; k:endEarliest ${dateTime(model.c[one])} ; k:endLatest ${dateTime(model.d[one])} ; k:mode k:${raw.times.mode[one]} ; k:beginKind k:${raw.times.begin[one]} ; k:endKind k:${raw.times.end[one]} ; k:precision k:${raw.times.precision[one]} .`);
  return `${lines.join("\n")}\n`;
}

// A drawing by itself: the looks that the page gives are written onto each element.
export function svgOf(drawing) {
  const copy = drawing.cloneNode(true), from = [drawing, ...drawing.querySelectorAll("*")], to = [copy, ...copy.querySelectorAll("*")];
  from.forEach((element, number) => {
    const looks = getComputedStyle(element);
    for (const name of LOOKS) to[number].setAttribute(name, looks.getPropertyValue(name));
    for (const name of ["class", "tabindex", "role", "aria-label"]) to[number].removeAttribute(name);
  });
  const [, , wide, high] = drawing.getAttribute("viewBox").split(" ");
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", wide);
  copy.setAttribute("height", high);
  const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect"), [x, y] = drawing.getAttribute("viewBox").split(" ");
  for (const [name, told] of Object.entries({ x, y, width: wide, height: high, fill: getComputedStyle(document.body).backgroundColor })) ground.setAttribute(name, told);
  copy.prepend(ground);
  return new XMLSerializer().serializeToString(copy);
}

export function png(drawing, done) {
  const image = new Image(), [, , wide, high] = drawing.getAttribute("viewBox").split(" ").map(Number);
  image.addEventListener("load", () => {
    const canvas = document.createElement("canvas");
    canvas.width = 2 * wide;
    canvas.height = 2 * high;
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob(done, "image/png");
  });
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgOf(drawing))}`;
}
