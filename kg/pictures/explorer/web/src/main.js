// Starts the page: one state, the views that are functions of it, the controls that change it, its place in the address.

import { ZONES, moment, read, typed, zoneOf } from "./clock.js";
import { differences, differencesList } from "./compare.js";
import { count, load, pause } from "./data.js";
import { $, h, s, shape } from "./dom.js";
import { csv, geojson, png, save, svgOf, trig } from "./export.js";
import { list, visible } from "./list.js";
import { map } from "./map.js";
import { namer } from "./names.js";
import { network } from "./network.js";
import { player } from "./play.js";
import { command, sparql } from "./query.js";
import { select } from "./slice.js";
import { fromHash, initial, toHash } from "./state.js";
import { story } from "./story.js";
import { timeline } from "./timeline.js";

const TIMES = ["from", "to", "known"];

async function start() {
  const model = await load();
  let state = fromHash(model, location.hash), shown, entries, name, told = null, saving = null;
  const choose = (subject) => { change({ selected: subject === state.selected ? null : subject }); if (subject !== null) told.focus(subject); };
  ground();
  const sides = [];
  for (const id of ["a", "b"]) {
    await pause();
    sides.push({ network: network($(id).querySelector(".network"), model, choose) });
    await pause();
    sides.at(-1).map = map($(id).querySelector(".map"), model, choose);
  }
  await pause();
  const when = timeline($("timeline"), model, change, choose);
  told = list(model, choose);

  function change(part) { state = { ...state, ...part }; render(); }

  function render() {
    name = namer(model, state);
    const one = select(model, state), other = state.vs === null ? null : select(model, { ...state, who: [state.vs] });
    shown = other ? joined(one, other) : one;
    entries = visible(model, shown);
    sides[0].network(state, one, name);
    sides[0].map(state, one, name);
    $("b").hidden = !other;
    if (other) { sides[1].network(state, other, name); sides[1].map(state, other, name); }
    $("a-name").textContent = state.who.length ? state.who.map(name).join(", ") : "Everybody";
    $("b-name").textContent = other ? name(state.vs) : "";
    $("differences").replaceChildren(...(other ? differencesList(model, state, differences(model, one, other), name, [$("a-name").textContent, name(state.vs)]) : []));
    when(state, shown, name);
    told.update(state, shown, entries, name);
    status();
    write();
    for (const [kind, button] of kinds) button.setAttribute("aria-pressed", String(state.kind === kind));
  }

  // Browsers count how often an address changes: it waits until a slider rests.
  function address() {
    try { history.replaceState(null, "", toHash(model, state)); } catch { /* a frame without an address, as in a notebook */ }
  }

  function status() {
    const all = model.stance.length, claims = count(shown.claim);
    let disputed = 0;
    for (let one = 0; one < shown.statement.length; one++) if (shown.statement[one] && model.disputed[one]) disputed++;
    const zone = zoneOf(state), parts = [`${claims} of ${all} claims`, `${count(shown.statement)} statements`, `${entries.length} subjects`, `${disputed} statements disputed`];
    if (claims < all) parts.push(`${all - claims} claims not in this selection`);
    if (state.at !== null) parts.push(`held ${state.sure ? "certainly" : "possibly"} at ${moment(state.at, zone)}`);
    if (state.from !== null) parts.push(`held ${state.sure ? "certainly" : "possibly"} between ${moment(state.from, zone)} and ${moment(state.to, zone)}`);
    if (state.known !== null) parts.push(`said by ${moment(state.known, zone)}`);
    $("status").textContent = `${parts.join("; ")} (${state.zone === "written" ? "UTC, and as written" : state.zone}).`;
  }

  function write() {
    const zone = zoneOf(state);
    for (const id of ["q", "kind"]) if ($(id).value !== state[id]) $(id).value = state[id];
    $("who").value = state.who[0] ?? "";
    for (const [id, key] of [["vs", "vs"], ["type", "type"], ["source", "source"], ["names", "names"]]) $(id).value = state[key] ?? "";
    $("stance").value = state.stances[0] ?? "";
    $("zone").value = state.zone;
    $("disputed").checked = state.disputed;
    $("unsourced").checked = state.unsourced;
    $("organs").checked = !state.organs;
    $(state.sure ? "certain" : "possible").checked = true;
    const held = state.at !== null || state.from !== null;
    $("held").checked = held;
    $("instant").checked = state.at !== null;
    $("said").checked = state.known !== null;
    $("to-row").hidden = state.at !== null;
    const seconds = { from: state.at ?? state.from, to: state.to, known: state.known };
    for (const id of TIMES) {
      const at = seconds[id], slider = $(`${id}-slider`);
      $(id).disabled = slider.disabled = at === null;
      if (document.activeElement !== $(id)) $(id).value = at === null ? "" : moment(at, zone);
      slider.value = at === null ? 0 : Math.round(((at - state.span[0]) / (state.span[1] - state.span[0])) * 2000);
      slider.setAttribute("aria-valuetext", at === null ? "not set" : `${moment(at, zone)} ${zone}`);
    }
    clearTimeout(saving);
    saving = setTimeout(address, 120);
  }

  await pause();
  controls(model, () => state, change);
  await pause();
  for (const button of document.querySelectorAll(".larger")) button.addEventListener("click", () => button.setAttribute("aria-pressed", String($("panes").classList.toggle("large"))));
  const kinds = legend(model, change);
  const steps = story(model, () => state, (hash) => { state = fromHash(model, hash); render(); });
  player(() => state, change);
  addEventListener("hashchange", () => { state = fromHash(model, location.hash); render(); });
  takeAlong(model, () => ({ state, shown, name, steps }));
  keys(() => ({ state, entries }), choose);
  await pause();
  document.documentElement.classList.add("live");
  $("app").hidden = false;
  render();
  // For the console and for tests: what is visible, and the state as an address.
  window.conflictKg = Object.freeze({
    claims: () => [...shown.claim.keys()].filter((one) => shown.claim[one]).map((one) => model.iri(model.claimId[one])),
    statements: () => [...shown.statement.keys()].filter((one) => shown.statement[one]).map((one) => model.iri(model.raw.statements.id[one])),
    state: () => toHash(model, state),
    go: (hash) => { state = fromHash(model, hash); render(); address(); },
    sparql: () => sparql(model, state),
    command: () => command(model, state),
    differences: () => (state.vs === null ? null : differences(model, select(model, state), select(model, { ...state, who: [state.vs] }))),
    clock: Object.freeze({ read, moment }),
    file: (kind) => ({ csv: () => csv(model, shown, name), geojson: () => geojson(model, shown, name), trig: () => trig(model, shown) })[kind](),
  });
  document.documentElement.dataset.ready = "yes";
}

// The ground of both maps is that of the figure for print.
function ground() {
  const shapes = ["sea", "lake", "river", "boundary"].flatMap((layer) => [...document.querySelectorAll(`#figures path.${layer}`)]);
  for (const id of ["a", "b"]) $(id).querySelector(".ground").append(...shapes.map((shape) => s("path", { class: shape.getAttribute("class"), d: shape.getAttribute("d") })));
}

function joined(one, other) {
  const both = (x, y) => x.map((flag, number) => flag | y[number]);
  return { claim: both(one.claim, other.claim), statement: both(one.statement, other.statement), asserted: both(one.asserted, other.asserted) };
}

// The legend says what each shape is, and shows one kind alone.
function legend(model, change) {
  const kinds = [...new Set([...model.raw.nodes.map(([thing]) => model.raw.things.kind[thing]), "event"])].sort(), buttons = new Map();
  for (const kind of kinds) {
    const button = h("button", { type: "button", "aria-pressed": "false" }, s("svg", { viewBox: "-11 -11 22 22", "aria-hidden": "true" }, s("g", { class: `node ${kind}` }, s("path", { d: shape(kind, 9) }))), kind);
    button.addEventListener("click", () => change({ kind: button.getAttribute("aria-pressed") === "true" ? "" : kind }));
    buttons.set(kind, button);
  }
  $("legend").append(...buttons.values());
  return buttons;
}

function options(select, pairs) {
  select.append(...pairs.map(([value, words]) => h("option", { value }, words)));
}

const byWords = (x, y) => x[1].localeCompare(y[1], "en");

function controls(model, now, change) {
  const spoken = new Map();
  for (const agent of model.speaker) spoken.set(agent, (spoken.get(agent) ?? 0) + 1);
  const owners = model.raw.organs.map(([, owner]) => owner);
  const agents = [...new Set([...spoken.keys(), ...owners, ...model.raw.behalf.map(([, agent]) => agent)])].map((agent) => [agent, `${model.label(agent)}${spoken.has(agent) ? ` (${spoken.get(agent)})` : ""}`]).sort(byWords);
  options($("who"), agents);
  options($("vs"), agents);
  options($("kind"), [...new Set(model.subject)].map((subject) => model.raw.things.kind[subject]).filter((kind, nth, all) => kind && all.indexOf(kind) === nth).sort().map((kind) => [kind, kind]));
  options($("type"), [...model.types.keys()].map((type) => [type, model.label(type)]).sort(byWords));
  options($("source"), model.raw.sources.map(([id, title], number) => [number, `${title || id}`.slice(0, 80)]).sort(byWords));
  options($("names"), namersOf(model).map((agent) => [agent, model.label(agent)]).sort(byWords));
  options($("zone"), ZONES);
  const number = (text) => (text === "" ? null : Number(text));
  const on = (id, kind, act) => $(id).addEventListener(kind, (event) => act(event.target));
  on("who", "change", ({ value }) => change({ who: value === "" ? [] : [Number(value)] }));
  for (const id of ["vs", "type", "source", "names"]) on(id, "change", ({ value }) => change({ [id]: number(value) }));
  on("stance", "change", ({ value }) => change({ stances: value ? [value] : [] }));
  for (const id of ["kind", "zone"]) on(id, "change", ({ value }) => change({ [id]: value }));
  on("q", "input", ({ value }) => change({ q: value }));
  for (const id of ["disputed", "unsourced"]) on(id, "change", ({ checked }) => change({ [id]: checked }));
  on("organs", "change", ({ checked }) => change({ organs: !checked }));
  for (const id of ["possible", "certain"]) on(id, "change", () => change({ sure: id === "certain" }));
  on("theme", "change", ({ value }) => { document.documentElement.dataset.theme = value; });
  $("clear").addEventListener("click", () => change({ ...initial(model), zone: now().zone }));
  times(model, now, change);
}

// Returns who says what things are called.
function namersOf(model) {
  const wanted = model.raw.predicates.indexOf("name"), { statement, predicate } = model.facts, found = new Set();
  predicate.forEach((one, fact) => { if (one === wanted) for (const claim of model.claimsOf.of(statement[fact])) found.add(model.speaker[claim]); });
  return [...found];
}

function times(model, now, change) {
  const middle = ([first, last], part) => Math.round((first + part * (last - first)) / 60) * 60;
  const set = (id, seconds) => {
    const state = now();
    if (id === "known") return change({ known: seconds });
    if (state.at !== null) return change({ at: seconds });
    if (id === "from") return change({ from: seconds, to: Math.max(state.to, seconds + 60) });
    return change({ to: seconds, from: Math.min(state.from, seconds - 60) });
  };
  for (const id of TIMES) {
    $(id).addEventListener("change", ({ target }) => {
      const seconds = typed(target.value, zoneOf(now()));
      target.setAttribute("aria-invalid", String(seconds === null));
      if (seconds !== null) { target.blur(); set(id, seconds); }
    });
    $(`${id}-slider`).addEventListener("input", ({ target }) => set(id, middle(now().span, target.value / 2000)));
  }
  $("held").addEventListener("change", ({ target }) => change(target.checked ? { at: null, from: middle(now().span, 0.3), to: middle(now().span, 0.7) } : { at: null, from: null, to: null }));
  $("instant").addEventListener("change", ({ target }) => { const { from, at, span } = now(); change(target.checked ? { at: from ?? middle(span, 0.5), from: null, to: null } : { at: null, from: at ?? middle(span, 0.3), to: (at ?? middle(span, 0.3)) + 86400 }); });
  $("said").addEventListener("change", ({ target }) => change({ known: target.checked ? middle(now().span, 0.5) : null }));
  const zoomed = (factor, shift) => () => { const { span: [first, last] } = now(), half = ((last - first) / 2) * factor, centre = (first + last) / 2 + shift * (last - first); if (half * 2 >= 3600 && half < 4e9) change({ span: [Math.max(-8520336000, Math.round(centre - half)), Math.min(7258118400, Math.round(centre + half))] }); };
  for (const [id, factor, shift] of [["closer", 0.5, 0], ["wider", 2, 0], ["left", 1, -0.25], ["right", 1, 0.25]]) $(id).addEventListener("click", zoomed(factor, shift));
}

function takeAlong(model, now) {
  const copies = {
    link: ["Link to this state", () => location.href.split("#")[0] + toHash(model, now().state)],
    command: ["The same as kg query", () => command(model, now().state)],
    sparql: ["The same in SPARQL", () => sparql(model, now().state)],
  };
  for (const button of document.querySelectorAll("[data-copy]")) button.addEventListener("click", async () => {
    const [title, text] = copies[button.dataset.copy];
    $("copy-name").textContent = title;
    $("copied").value = text();
    $("copy").showModal();
    $("copied").select();
    try { await navigator.clipboard.writeText($("copied").value); $("copy-name").textContent = `${title} (copied)`; } catch { /* the text is selected: Ctrl-C copies it */ }
  });
  const drawing = () => ({ network: $("a").querySelector(".network svg"), map: $("a").querySelector(".map svg"), time: $("timeline") })[$("pane").value];
  const files = {
    csv: () => save("view.csv", csv(model, now().shown, now().name), "text/csv"),
    geojson: () => save("view.geojson", geojson(model, now().shown, now().name), "application/geo+json"),
    trig: async () => save("view.trig", await trig(model, now().shown), "application/trig"),
    svg: () => save(`${$("pane").value}.svg`, svgOf(drawing()), "image/svg+xml"),
    png: () => png(drawing(), (blob) => save(`${$("pane").value}.png`, blob, "image/png")),
    story: () => save("story.json", `${JSON.stringify(now().steps(), null, 1)}\n`, "application/json"),
  };
  for (const button of document.querySelectorAll("[data-save]")) button.addEventListener("click", () => files[button.dataset.save]());
}

function keys(now, choose) {
  addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA|BUTTON|SUMMARY)$/.test(event.target.tagName) && event.key !== "Escape") return;
    const { state, entries } = now(), at = entries.indexOf(state.selected);
    const to = { j: Math.min(entries.length - 1, at + 1), k: Math.max(0, at - 1) }[event.key];
    if (event.key === "/") $("q").focus();
    else if (event.key === " ") $("play").click();
    else if (event.key === "Escape") { if (state.selected !== null) choose(state.selected); }
    else if (to !== undefined && entries.length) { if (to !== at) choose(entries[to]); }
    else return;
    event.preventDefault();
  });
}

start().catch((error) => {
  document.documentElement.dataset.ready = "no";
  console.error(error);
});
