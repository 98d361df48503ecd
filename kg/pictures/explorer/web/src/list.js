// What was said: the entries of the state with their claims, a page at a time; the accessible view of all the others.

import { FOREVER, iso, moment, phrase, zoneOf } from "./clock.js";
import { value } from "./data.js";
import { $, h, link } from "./dom.js";

const PAGE = 40, OPEN = 60;
const VERBS = { __proto__: null, callsFor: "calls for" };
const MARKS = { __proto__: null, asserts: "▲", reports: "▲", denies: "✕", doubts: "?", callsFor: "!", promises: "→", withdraws: "↶" };

function firstOf(model, statements) {
  let first = FOREVER;
  for (const one of statements) {
    const { a, d } = model, time = model.held[one];
    for (const second of [a[time], d[time]]) if (second > -8e9 && second < 7e9) first = Math.min(first, second);
  }
  return first;
}

// Returns the subjects of a state with their visible statements and claims, in the order of the page.
export function visible(model, shown) {
  const found = new Map();
  for (let claim = 0; claim < shown.claim.length; claim++) {
    if (!shown.claim[claim]) continue;
    const statements = model.content[claim].filter((one) => shown.statement[one]);
    for (const subject of statements.length ? new Set(statements.map((one) => model.subject[one])) : [-1]) {
      if (!found.has(subject)) found.set(subject, { subject, claims: [], statements: new Set() });
      const entry = found.get(subject);
      entry.claims.push(claim);
      for (const one of statements) if (model.subject[one] === subject) entry.statements.add(one);
    }
  }
  return [...found.values()].sort((x, y) => (x.subject < 0) - (y.subject < 0) || x.subject - y.subject);
}

export function list(model, choose) {
  let pages = 1, last = null;
  const holder = $("list"), more = $("more");
  const buttons = new Map();
  const draw = (state, shown, entries, name) => {
    const zone = zoneOf(state), open = entries.reduce((sum, entry) => sum + entry.claims.length, 0) <= OPEN;
    const chosen = entries.findIndex((entry) => entry.subject === state.selected);
    const most = Math.max(pages * PAGE, 0), kept = entries.slice(0, most);
    if (chosen >= most) kept.unshift(entries[chosen]);
    const focused = document.activeElement?.dataset?.entry, inside = holder.contains(document.activeElement);
    const told = new Set();
    buttons.clear();
    holder.replaceChildren(...kept.map((entry) => article(model, state, entry, name, zone, open || entry.subject === state.selected, choose, buttons, told)));
    if (inside && focused !== undefined) buttons.get(Number(focused))?.focus();
    const left = entries.length - Math.min(entries.length, most);
    more.hidden = !left;
    more.textContent = `Show ${Math.min(PAGE, left)} more of ${left} entries`;
    if (!entries.length) holder.append(h("p", {}, "Nothing of this selection. Widen the time, or choose everybody."));
  };
  const update = (state, shown, entries, name) => {
    const key = `${state.who} ${state.kind} ${state.q}`;
    if (last?.key !== key) pages = 1;
    last = { key, args: [state, shown, entries, name] };
    draw(state, shown, entries, name);
  };
  more.addEventListener("click", () => { pages++; draw(...last.args); });
  return { update, focus: (subject) => { const button = buttons.get(subject); button?.focus({ preventScroll: true }); button?.closest("article").scrollIntoView({ block: "nearest" }); } };
}

function article(model, state, entry, name, zone, open, choose, buttons, told) {
  const { subject } = entry, statements = [...entry.statements], disputed = statements.some((one) => model.disputed[one]);
  const first = firstOf(model, statements), label = subject < 0 ? "Claims without a statement" : name(subject);
  const button = h("button", { type: "button", class: "name", "data-entry": subject, "aria-expanded": String(open) }, label);
  button.addEventListener("click", () => choose(subject === state.selected ? null : subject));
  buttons.set(subject, button);
  const kind = subject < 0 ? "" : model.raw.things.kind[subject];
  const speakers = new Set(entry.claims.map((claim) => model.speaker[claim])).size;
  const count = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;
  const meta = h("p", { class: "small" }, `${kind}${first < FOREVER ? `, ${phrase(model, earliest(model, statements), zone)}` : ", without a date"}: ${count(entry.claims.length, "claim")} by ${count(speakers, "speaker")}`, disputed ? h("strong", { class: "disputed" }, " ◆ disputed") : "");
  const parts = open ? [facts(model, entry, name, zone), h("ol", {}, ...entry.claims.map((claim) => (told.has(claim) && subject !== state.selected ? brief(model, claim, name) : item(model, state, claim, name, zone, told))))] : [];
  return h("article", { class: subject === state.selected ? "selected" : null }, h("h3", {}, button), meta, ...parts);
}

function earliest(model, statements) {
  return statements.map((one) => model.held[one]).sort((x, y) => model.a[x] - model.a[y] || model.d[x] - model.d[y]).find((time) => model.a[time] > -8e9) ?? model.held[statements[0]];
}

function facts(model, entry, name, zone) {
  const lines = [];
  for (const statement of entry.statements) {
    const told = model.facts[statement].map((fact) => `${model.raw.predicates[fact[1]]}: ${fact[2] >= 0 ? name(fact[2]) : value(model, fact)}`).join("; ");
    lines.push(h("li", { class: model.disputed[statement] ? "disputed-fact" : null }, told, " ", h("small", {}, phrase(model, model.held[statement], zone)), model.disputed[statement] ? h("small", { class: "disputed" }, " ◆ disputed") : ""));
  }
  return h("ul", { class: "facts" }, ...lines);
}

// A claim that stands in full further up.
function brief(model, claim, name) {
  const stance = model.stance[claim];
  return h("li", { class: stance }, h("p", { class: "small" }, h("span", { class: "mark", "aria-hidden": "true" }, MARKS[stance] ?? "•"), ` ${name(model.speaker[claim])} ${VERBS[stance] ?? stance}, as above: ${model.gist(claim)}`));
}

function item(model, state, claim, name, zone, told) {
  told.add(claim);
  const row = model.raw.claims[claim], stance = model.stance[claim], [id, title, publisher, url] = model.raw.sources[model.source[claim]];
  const written = (row[7] ?? []).map((word) => (word < 0 ? "" : value(model, [0, 0, -1, word])));
  const quoted = [written[0] && `said “${written[0]}”`, written[1] && `held “${written[1]}”`, written[2] && `zone ${written[2]}`].filter(Boolean).join(", ");
  const time = model.said[claim], from = model.a[time], words = state.zone === "written" && written[0] ? `“${written[0]}”` : phrase(model, time, zone);
  const passages = model.raw.passages.filter((span) => span[0] === claim).map(([, start, end]) => `characters ${start} to ${end}`);
  const others = [...model.denies[claim].map((one) => `denies: ${model.gist(one)}`), ...model.deniedBy[claim].map((one) => `denied by ${name(model.speaker[one])}: ${model.gist(one)}`)];
  return h("li", { class: stance },
    h("p", {}, h("span", { class: "mark", "aria-hidden": "true" }, MARKS[stance] ?? "•"), " ", h("b", {}, name(model.speaker[claim])), ` ${VERBS[stance] ?? stance}, said `, from > -8e9 ? h("time", { datetime: iso(from), title: moment(from, "UTC") + " UTC" }, words) : words, model.deniedBy[claim].length ? h("strong", { class: "disputed" }, " ◆ disputed") : "" ),
    h("p", { class: "gist" }, model.gist(claim)),
    ...model.quotes(claim).map((quote) => h("blockquote", {}, quote)),
    ...others.map((other) => h("p", { class: "small other" }, other)),
    h("p", { class: "small" }, link(url, title || id), publisher && publisher !== title ? ` (${publisher})` : "", passages.length ? `, ${passages.join(", ")}` : "", quoted ? `; as written: ${quoted}` : ""),
  );
}
