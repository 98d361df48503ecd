// Play moves a time through the span. It never starts by itself, and steps slowly where motion is unwanted.

import { $ } from "./dom.js";

const STEPS = 60;

export function player(now, change) {
  let timer = null;
  const stop = () => { clearInterval(timer); timer = null; $("play").textContent = "Play"; $("play").setAttribute("aria-pressed", "false"); $("status").setAttribute("aria-live", "polite"); };
  const step = () => {
    const state = now(), [first, last] = state.span, by = Math.round((last - first) / STEPS);
    if ($("moves").value === "known") {
      const at = (state.known ?? first) + by;
      change({ known: at });
      if (at >= last) stop();
    } else if (state.at !== null) {
      change({ at: state.at + by });
      if (state.at + by >= last) stop();
    } else {
      const wide = state.from === null ? 4 * by : state.to - state.from, from = state.from === null ? first : state.from + by;
      change({ from, to: from + wide });
      if (from >= last) stop();
    }
  };
  $("play").addEventListener("click", () => {
    if (timer !== null) { stop(); return; }
    $("play").textContent = "Pause";
    $("play").setAttribute("aria-pressed", "true");
    $("status").setAttribute("aria-live", "off");
    const [first, last] = now().span;
    if ($("moves").value === "known" ? (now().known ?? first) >= last : (now().at ?? now().from ?? first) >= last) change($("moves").value === "known" ? { known: first } : { at: null, from: null, to: null });
    timer = setInterval(step, matchMedia("(prefers-reduced-motion: reduce)").matches ? 1500 : 250);
  });
}
