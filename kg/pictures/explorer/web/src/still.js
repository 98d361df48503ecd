// Stands for d3-transition and d3-interpolate, which d3-zoom and d3-brush ask for: nothing moves by itself on this page.

import { selection } from "d3-selection";

export const interrupt = () => {};
selection.prototype.interrupt = function () { return this; };

function never() {
  throw new Error("a transition was asked for");
}

export { never as interpolate, never as interpolateZoom };
