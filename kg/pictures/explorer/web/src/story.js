// A story: saved states in order, each with a title and words. It comes with the page or is made in it.

import { $, h } from "./dom.js";
import { toHash } from "./state.js";

export function story(model, now, go) {
  const steps = model.raw.story.map((step) => ({ ...step }));
  let at = -1;
  const show = () => {
    const step = steps[at];
    $("step").textContent = steps.length ? `${at + 1 || "–"} of ${steps.length}` : "";
    $("earlier").disabled = at <= 0;
    $("later").disabled = at >= steps.length - 1;
    $("told").replaceChildren(...(step ? [h("h3", {}, step.title), h("p", {}, step.text)] : [h("p", {}, steps.length ? "A story comes with this page." : "No story yet: keep states in order, and save them.")]));
  };
  const to = (number) => { at = number; go(steps[at].state); show(); };
  $("earlier").addEventListener("click", () => to(at - 1));
  $("later").addEventListener("click", () => to(at + 1));
  $("keep").addEventListener("click", () => { steps.push({ title: `Step ${steps.length + 1}`, text: $("status").textContent, state: toHash(model, now()) }); at = steps.length - 1; show(); });
  show();
  return () => steps;
}
