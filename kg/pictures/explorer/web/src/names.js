// Names are claims too: what a thing is called by the speaker whose names are asked for, else the label of the graph.

import { factsIn, word } from "./data.js";
import { speakersOf } from "./slice.js";

export function namer(model, state) {
  if (state.names === null) return model.label;
  const predicate = model.raw.predicates.indexOf("name"), speakers = speakersOf(model, [state.names], true), found = new Map();
  const { predicate: predicates, thing, word: texts } = model.facts;
  model.stance.forEach((stance, claim) => {
    if (!speakers.has(model.speaker[claim]) || stance === "denies") return;
    const said = model.a[model.said[claim]];
    for (const statement of model.content.of(claim)) {
      for (const fact of factsIn(model, statement)) {
        if (predicates[fact] !== predicate || thing[fact] >= 0) continue;
        const subject = model.subject[statement], before = found.get(subject);
        if (!before || before[0] <= said) found.set(subject, [said, word(model, texts[fact])]);
      }
    }
  });
  return (thing) => found.get(thing)?.[1] ?? model.label(thing);
}
