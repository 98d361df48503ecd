// The state as a command and as SPARQL over the whole graph: what the page shows, asked anywhere.

import { iso } from "./clock.js";

const PREFIX = "PREFIX k: <https://w3id.org/conflict-kg/ontology#>\nPREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n";
const PREFIXES = { s: "statement#" };
const moment = (seconds) => `"${iso(seconds)}"^^xsd:dateTime`;
const iri = (model, thing) => `<${model.iri(model.raw.things.id[thing])}>`;
const quoted = (text) => `"${text.replace(/[\\"]/g, "\\$&").replace(/\s/g, " ")}"`;

export function command(model, state) {
  const parts = ["kg query"];
  if (state.at !== null) parts.push(`--at ${iso(state.at)}`);
  if (state.from !== null) parts.push(`--during ${iso(state.from)}/${iso(state.to)}`);
  if (state.known !== null) parts.push(`--as-known ${iso(state.known)}`);
  if (state.recorded !== null) parts.push(`--recorded-by ${iso(state.recorded)}`);
  for (const agent of state.who) parts.push(`--according-to ${curie(model.raw.things.id[agent])}`);
  if (state.sure) parts.push("--certainty certain");
  if (!state.organs) parts.push("--no-organs");
  if (state.unsourced) parts.push("--unsourced");
  parts.push("'SELECT * WHERE { ?subject ?property ?value }'");
  return `${parts.join(" ")}\n# the plain triples of what is asserted; the SPARQL beside it gives claims and statements as shown here`;
}

function curie(id) {
  const slash = id.indexOf("/");
  return id.includes("://") || slash < 0 ? `'${id.replace(/'/g, "")}'` : `${id.slice(0, slash)}:${id.slice(slash + 1)}`;
}

function saidTest(state, claim, said) {
  const tests = [];
  if (state.known !== null) tests.push(state.sure ? `?${said}D <= ${moment(state.known)}` : `?${said}A < ${moment(state.known)}`);
  if (state.recorded !== null) tests.push(`?${claim}Recorded <= ${moment(state.recorded)}`);
  return tests.length ? `FILTER(${tests.join(" && ")})` : "";
}

function heldTest(state) {
  if (state.at !== null) return state.sure ? `FILTER(?b <= ${moment(state.at)} && ${moment(state.at)} < ?c)` : `FILTER(?a <= ${moment(state.at)} && ${moment(state.at)} < ?d)`;
  if (state.from === null) return "";
  const [from, to] = [moment(state.from), moment(state.to)];
  return state.sure ? `FILTER((?b < ${to} || ?d <= ${to}) && (${from} < ?c || ${from} <= ?a))` : `FILTER(?a < ${to} && ${from} < ?d)`;
}

const HELD = "?statement k:held ?held . ?held k:beginEarliest ?a ; k:beginLatest ?b ; k:endEarliest ?c ; k:endLatest ?d .";
const about = (name) => `?${name} k:speaker ?speaker ; k:said ?${name}Said ; k:recorded ?${name}Recorded . ?${name}Said k:beginEarliest ?${name}SaidA ; k:endLatest ?${name}SaidD .`;

export function sparql(model, state, speakers) {
  const lines = [`?claim a k:Claim ; k:stance ?stance . ${about("claim")} ${saidTest(state, "claim", "claimSaid")}`];
  const timed = state.at !== null || state.from !== null;
  const needed = timed || state.stances.length || state.kind || state.type !== null;
  const content = `GRAPH ?g { ?claim k:content ?statement . ?statement k:subject ?subject . ${timed ? `${HELD} ${heldTest(state)}` : ""} }`;
  lines.push(needed ? content : `OPTIONAL { ${content} }`);
  if (!state.unsourced) lines.push("FILTER NOT EXISTS { GRAPH ?g1 { ?claim k:sourcing k:unsourced } }");
  if (speakers) {
    const agents = [...speakers].sort((x, y) => x - y).map((agent) => iri(model, agent)).join(", ");
    lines.push(`FILTER(?speaker IN (${agents}) || EXISTS { GRAPH ?g2 { ?claim k:onBehalfOf ?agent } FILTER(?agent IN (${agents})) })`);
  }
  if (state.stances.length) {
    lines.push(`FILTER(?stance IN (${state.stances.map((stance) => `k:${stance}`).join(", ")}))`);
    const back = `${about("back")} ${saidTest(state, "back", "backSaid")}`;
    lines.push(`FILTER NOT EXISTS { GRAPH ?g3 { ?back k:denies|k:withdraws|k:supersedes ?claim . ${back} } }`);
    lines.push(`FILTER NOT EXISTS { GRAPH ?g4 { ?back k:stance k:denies ; k:content ?statement . ${back} } FILTER(?claimSaidA < ?backSaidD) }`);
  }
  if (state.kind) lines.push(`FILTER(STRSTARTS(STR(?subject), "${model.raw.base}${state.kind}/"))`);
  if (state.type !== null) lines.push(`FILTER EXISTS { GRAPH ?g5 { ?typed k:subject ?subject ; <${model.raw.base}${PREFIXES.s}eventType> ${iri(model, state.type)} } }`);
  if (state.source !== null) lines.push(`?claim k:source <${model.iri(model.raw.sources[state.source][0])}> .`);
  if (state.disputed) {
    lines.push("FILTER(EXISTS { GRAPH ?g6 { ?denial k:denies ?claim } } || EXISTS { GRAPH ?g7 { ?no k:content ?statement ; k:stance k:denies } } || EXISTS { GRAPH ?g8 { ?other k:content ?statement } GRAPH ?g9 { ?no k:denies ?other } })");
  }
  if (state.q) lines.push(`OPTIONAL { GRAPH ?gq { ?claim k:gist ?gist } } OPTIONAL { GRAPH ?gl { ?subject <http://www.w3.org/2000/01/rdf-schema#label> ?label } }\n  FILTER(CONTAINS(LCASE(STR(?gist)), LCASE(${quoted(state.q)})) || CONTAINS(LCASE(STR(?label)), LCASE(${quoted(state.q)})))`);
  const inGraph = `GRAPH ?source {\n  ${lines[0]} }\n  ${lines.slice(1).join("\n  ")}`;
  return `${PREFIX}SELECT DISTINCT ?claim ?statement WHERE { ${inGraph}\n} ORDER BY ?claim ?statement`;
}
