// Marks and their names in sizes of the screen. No name lies on another or on a mark: the first that find room are shown.

import { select } from "d3-selection";
import { zoom, zoomIdentity } from "d3-zoom";
import { s } from "./dom.js";

const LINE = 13, SIGN = 6.3;

// Returns what tells the units of a drawing in a pixel of the screen; calls back whenever they change.
function unitOf(svg, changed) {
  let unit = 0;
  const fit = ({ width, height }) => Math.max(svg.viewBox.baseVal.width / width, svg.viewBox.baseVal.height / height);
  new ResizeObserver(([{ contentRect }]) => {
    if (!contentRect.width || fit(contentRect) === unit) return;
    unit = fit(contentRect);
    changed();
  }).observe(svg);
  return () => {
    const now = unit ? null : svg.getBoundingClientRect();
    if (now?.width) unit = fit(now);
    return unit || 1;
  };
}

// Lets a drawing be zoomed and moved, and calls back whenever its scale changes. Returns what tells the units in a pixel of
// the screen, and the part of the frame (left, top, width, height) that is in view.
export function zoomed(svg, spread, [left, top, wide, high], extent, changed) {
  let at = zoomIdentity;
  const zooming = zoom().scaleExtent(extent).filter((event) => event.type !== "wheel" || event.ctrlKey).on("zoom", ({ transform }) => { at = transform; spread.setAttribute("transform", transform); changed(); });
  select(svg).call(zooming).on("dblclick.zoom", () => select(svg).call(zooming.transform, zoomIdentity));
  const unit = unitOf(svg, changed);
  return () => ({ scale: unit() / at.k, seen: [(left - at.x) / at.k, (top - at.y) / at.k, wide / at.k, high / at.k] });
}

// Returns in words how many things have a name that found no room.
export function silent(things) {
  const count = things.filter(({ lines, text }) => lines[0] && !text.dataset.key).length;
  return count ? `; ${count} names have no room: point at a mark, or zoom` : "";
}

// Breaks a name into lines of some fifteen signs, at most three.
export function broken(words) {
  const lines = [""];
  for (const word of words.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (longer.length <= 15 || !lines.at(-1)) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.slice(0, 3);
}

// Where a name may stand around a mark: its anchor, x and the height of its first line, in pixels from the middle.
function spots(reach, lines) {
  const more = LINE * (lines.length - 1), right = reach + 4, middle = 4 - more / 2, below = reach + 12, above = -reach - 5 - more;
  return [
    ["middle", 0, below], ["middle", 0, above], ["start", right, middle], ["end", -right, middle],
    ["start", reach, below - 4], ["end", -reach, below - 4], ["start", reach, above + 4], ["end", -reach, above + 4],
  ];
}

function boxOf({ x, y, lines }, [anchor, left, top], unit) {
  const wide = SIGN * Math.max(...lines.map((line) => line.length)), from = left - { start: 0, middle: wide / 2, end: wide }[anchor];
  return [x + from * unit, y + (top - 11) * unit, x + (from + wide) * unit, y + (top + LINE * (lines.length - 1) + 3) * unit];
}

const meet = (one, other) => one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];

// Names things ({ x, y, reach, lines, text, free }, the most important first); `free` ones stand in the middle of a tie
// and have no mark; one whose name is empty is in nobody's way. Returns how many found no room.
export function name(things, unit, [left, top, wide, high]) {
  const told = things.filter(({ lines }) => lines[0]), taken = told.filter(({ free }) => !free).map(({ x, y, reach }) => [x - reach * unit, y - reach * unit, x + reach * unit, y + reach * unit]);
  let without = 0;
  for (const thing of things) if (!thing.lines[0]) write(thing);
  told.forEach((thing, nth) => {
    const fits = (spot) => {
      const box = boxOf(thing, spot, unit);
      return box[0] >= left && box[1] >= top && box[2] <= left + wide && box[3] <= top + high && !taken.some((other, number) => (thing.free || number !== nth) && meet(box, other)) && box;
    };
    const spot = (thing.free ? [["middle", 0, -4]] : spots(thing.reach, thing.lines)).find(fits);
    if (spot) taken.push(boxOf(thing, spot, unit)); else without++;
    write(thing, spot);
  });
  return without;
}

function write(thing, spot) {
  const key = spot ? `${spot} ${thing.lines.join("\n")}` : "";
  if (thing.text.dataset.key === key) return;
  thing.text.dataset.key = key;
  if (!spot) return thing.text.replaceChildren();
  thing.text.setAttribute("text-anchor", spot[0]);
  thing.text.replaceChildren(...thing.lines.map((line, number) => s("tspan", { x: spot[1], y: spot[2] + LINE * number }, line)));
}
