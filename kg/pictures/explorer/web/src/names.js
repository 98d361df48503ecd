// Names are claims too: what a thing is called by the speaker whose names are asked for, else the label of the graph.

import { speakersOf } from "./slice.js";
import { value } from "./data.js";

export function namer(model, state) {
  if (state.names === null) return model.label;
  const predicate = model.raw.predicates.indexOf("name"), speakers = speakersOf(model, [state.names], true), found = new Map();
  model.content.forEach((statements, claim) => {
    if (!speakers.has(model.speaker[claim]) || model.stance[claim] === "denies") return;
    const said = model.a[model.said[claim]];
    for (const statement of statements) {
      for (const fact of model.facts[statement]) {
        if (fact[1] !== predicate) continue;
        const subject = model.subject[statement], before = found.get(subject);
        if (!before || before[0] <= said) found.set(subject, [said, value(model, fact)]);
      }
    }
  });
  return (thing) => found.get(thing)?.[1] ?? model.label(thing);
}
