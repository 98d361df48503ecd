// What was said: the entries of the state with their claims, a page at a time; the accessible view of all the others.

import { FOREVER, iso, moment, phrase, zoneOf } from "./clock.js";
import { count, factsIn, told, word } from "./data.js";
import { $, h, link } from "./dom.js";

const PAGE = 40, OPEN = 60;
const VERBS = { __proto__: null, callsFor: "calls for" };
const MARKS = { __proto__: null, asserts: "▲", reports: "▲", denies: "✕", doubts: "?", callsFor: "!", promises: "→", withdraws: "↶" };

function firstOf(model, statements) {
  let first = FOREVER;
  for (const one of statements) {
    const time = model.held[one];
    for (const second of [model.a[time], model.d[time]]) if (second > -8e9 && second < 7e9) first = Math.min(first, second);
  }
  return first;
}

// Returns the subjects of a state in the order of the page; -1 stands for claims without a statement.
export function visible(model, shown) {
  const seen = new Uint8Array(model.raw.things.id.length), found = [];
  for (let one = 0; one < shown.statement.length; one++) if (shown.statement[one]) seen[model.subject[one]] = 1;
  for (let subject = 0; subject < seen.length; subject++) if (seen[subject]) found.push(subject);
  for (let claim = 0; claim < shown.claim.length; claim++) if (shown.claim[claim] && !model.content.of(claim).length) { found.push(-1); break; }
  return found;
}

function entryOf(model, shown, subject) {
  if (subject < 0) return { subject, statements: [], claims: [...shown.claim.keys()].filter((claim) => shown.claim[claim] && !model.content.of(claim).length) };
  const statements = [...model.statementsOf.of(subject)].filter((one) => shown.statement[one]);
  const claims = new Set(statements.flatMap((one) => [...model.claimsOf.of(one)].filter((claim) => shown.claim[claim])));
  return { subject, statements, claims: [...claims].sort((x, y) => x - y) };
}

export function list(model, choose) {
  let pages = 1, last = null, made = new Map();
  const holder = $("list"), more = $("more"), buttons = new Map();
  const draw = (state, shown, subjects, name) => {
    const most = pages * PAGE, kept = subjects.slice(0, most), chosen = subjects.indexOf(state.selected);
    if (chosen >= most) kept.unshift(subjects[chosen]);
    const open = count(shown.claim) <= OPEN;
    const focused = document.activeElement?.dataset?.entry, inside = holder.contains(document.activeElement);
    const seen = new Set(), before = made;
    made = new Map();
    buttons.clear();
    const articles = kept.map((subject) => {
      const entry = entryOf(model, shown, subject), selected = subject === state.selected;
      const full = entry.claims.map((claim) => selected || !seen.has(claim));
      for (const claim of entry.claims) seen.add(claim);
      // What has not changed is kept: a step of a slider changes little.
      const key = `${entry.claims} ${entry.statements} ${open || selected} ${selected} ${full} ${state.zone} ${state.names}`;
      const old = before.get(subject), element = old?.key === key ? old.element : article(model, state, entry, name, open || selected, full, choose);
      made.set(subject, { key, element });
      buttons.set(subject, element.querySelector(".name"));
      return element;
    });
    arrange(holder, articles);
    if (inside && focused !== undefined) buttons.get(Number(focused))?.focus({ preventScroll: true });
    const left = subjects.length - Math.min(subjects.length, most);
    more.hidden = !left;
    more.textContent = `Show ${Math.min(PAGE, left)} more of ${left} entries`;
    if (!subjects.length) holder.append(h("p", {}, "Nothing of this selection. Widen the time, or choose everybody."));
  };
  const update = (...args) => {
    const key = `${args[0].who} ${args[0].kind} ${args[0].q}`;
    if (last?.key !== key) pages = 1;
    last = { key, args };
    draw(...args);
  };
  more.addEventListener("click", () => { pages++; draw(...last.args); });
  return { update, focus: (subject) => { const button = buttons.get(subject); button?.focus({ preventScroll: true }); button?.closest("article").scrollIntoView({ block: "nearest" }); } };
}

// Makes the children of an element these, touching only those that are others.
export function arrange(holder, children) {
  children.forEach((child, place) => { if (holder.childNodes[place] !== child) holder.insertBefore(child, holder.childNodes[place] ?? null); });
  while (holder.childNodes.length > children.length) holder.lastChild.remove();
}

function article(model, state, entry, name, open, full, choose) {
  const { subject, statements } = entry, zone = zoneOf(state), disputed = statements.some((one) => model.disputed[one]);
  const selected = subject === state.selected, label = subject < 0 ? "Claims without a statement" : name(subject);
  const button = h("button", { type: "button", class: "name", "data-entry": subject, "aria-expanded": String(open) }, label);
  button.addEventListener("click", () => choose(subject));
  const kind = subject < 0 ? "" : model.raw.things.kind[subject], speakers = new Set(entry.claims.map((claim) => model.speaker[claim])).size;
  const several = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;
  const when = firstOf(model, statements) < FOREVER ? `, ${phrase(model, earliest(model, statements), zone)}` : ", without a date";
  const meta = h("p", { class: "small" }, `${kind}${when}: ${several(entry.claims.length, "claim")} by ${several(speakers, "speaker")}`, disputed ? h("strong", { class: "disputed" }, " ◆ disputed") : "");
  const items = () => entry.claims.map((claim, nth) => (full[nth] ? item(model, state, claim, name, zone) : brief(model, claim, name)));
  return h("article", { class: selected ? "selected" : null }, h("h3", {}, button), meta, ...(open ? [facts(model, statements, name, zone), h("ol", {}, ...items())] : []));
}

function earliest(model, statements) {
  return statements.map((one) => model.held[one]).sort((x, y) => model.a[x] - model.a[y] || model.d[x] - model.d[y]).find((time) => model.a[time] > -8e9) ?? model.held[statements[0]];
}

function facts(model, statements, name, zone) {
  const lines = statements.map((statement) => {
    const words = factsIn(model, statement).map((fact) => told(model, fact, name).join(": ")).join("; ");
    return h("li", {}, words, " ", h("small", {}, phrase(model, model.held[statement], zone)), model.disputed[statement] ? h("small", { class: "disputed" }, " ◆ disputed") : "");
  });
  return h("ul", { class: "facts" }, ...lines);
}

// A claim that stands in full further up.
function brief(model, claim, name) {
  const stance = model.stance[claim];
  return h("li", { class: stance }, h("p", { class: "small" }, h("span", { class: "mark", "aria-hidden": "true" }, MARKS[stance] ?? "•"), ` ${name(model.speaker[claim])} ${VERBS[stance] ?? stance}, as above: ${model.gist(claim)}`));
}

function item(model, state, claim, name, zone) {
  const stance = model.stance[claim], [id, title, publisher, url] = model.raw.sources[model.source[claim]];
  const written = model.written(claim).map((number) => (number < 0 ? "" : word(model, number)));
  const quoted = [written[0] && `said “${written[0]}”`, written[1] && `held “${written[1]}”`, written[2] && `zone ${written[2]}`].filter(Boolean).join(", ");
  const time = model.said[claim], from = model.a[time], words = state.zone === "written" && written[0] ? `“${written[0]}”` : phrase(model, time, zone);
  const passages = model.passages(claim).map(([start, end]) => `characters ${start} to ${end}`);
  const others = [...model.denies(claim).map((one) => `denies: ${model.gist(one)}`), ...model.deniedBy(claim).map((one) => `denied by ${name(model.speaker[one])}: ${model.gist(one)}`)];
  return h("li", { class: stance },
    h("p", {}, h("span", { class: "mark", "aria-hidden": "true" }, MARKS[stance] ?? "•"), " ", h("b", {}, name(model.speaker[claim])), ` ${VERBS[stance] ?? stance}, said `, from > -8e9 ? h("time", { datetime: iso(from), title: `${moment(from, "UTC")} UTC` }, words) : words, model.deniedBy(claim).length ? h("strong", { class: "disputed" }, " ◆ disputed") : ""),
    h("p", { class: "gist" }, model.gist(claim)),
    ...model.quotes(claim).map((quote) => h("blockquote", {}, quote)),
    ...others.map((other) => h("p", { class: "small" }, other)),
    h("p", { class: "small" }, link(url, title || id), publisher && publisher !== title ? ` (${publisher})` : "", passages.length ? `, ${passages.join(", ")}` : "", quoted ? `; as written: ${quoted}` : ""),
  );
}
