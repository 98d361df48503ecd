// Two accounts side by side: what only one says, what both say, and where they contradict each other.

import { phrase, zoneOf } from "./clock.js";
import { factsIn, told } from "./data.js";
import { h } from "./dom.js";

const SHOWN = 30;

// Returns statements asserted by one side, the other, both, and the pairs of claims that stand against each other.
export function differences(model, one, other) {
  const found = { first: [], second: [], both: [], against: [] };
  for (let statement = 0; statement < one.asserted.length; statement++) {
    const [a, b] = [one.asserted[statement], other.asserted[statement]];
    if (a && b) found.both.push(statement);
    else if (a) found.first.push(statement);
    else if (b) found.second.push(statement);
  }
  const seen = new Set();
  const pair = (x, y, why) => {
    const [left, right] = one.claim[x] && other.claim[y] ? [x, y] : one.claim[y] && other.claim[x] ? [y, x] : [];
    if (left === undefined || left === right || seen.has(`${left} ${right}`)) return;
    seen.add(`${left} ${right}`);
    found.against.push([left, right, why]);
  };
  for (const [claim, denied] of model.raw.links.denies) pair(claim, denied, "denial");
  for (const [x, y, kinds, certainty] of model.raw.conflicts) pair(x, y, `${kinds}, ${certainty}`);
  return found;
}

export function differencesList(model, state, found, name, names) {
  const words = (statement) => h("li", {}, `${name(model.subject[statement])}: ${factsIn(model, statement).map((fact) => told(model, fact, name).join(" ")).join("; ")} `, h("small", {}, phrase(model, model.held[statement], zoneOf(state))));
  const against = ([x, y, why]) => h("li", {}, h("span", { class: "disputed" }, "◆ "), `${name(model.speaker[x])} ${model.stance[x]}: ${model.gist(x)} `, h("b", {}, "against"), ` ${name(model.speaker[y])} ${model.stance[y]}: ${model.gist(y)} `, h("small", {}, `(${why})`));
  const part = (title, items, one) => h("details", { open: items.length > 0 && items.length <= SHOWN }, h("summary", {}, `${title}: ${items.length}`), h("ul", {}, ...items.slice(0, SHOWN).map(one)), items.length > SHOWN ? h("p", { class: "small" }, `and ${items.length - SHOWN} more; the CSV has all`) : "");
  return [part("Where they contradict", found.against, against), part("Both say", found.both, words), part(`Only ${names[0]} says`, found.first, words), part(`Only ${names[1]} says`, found.second, words)];
}
