// Elements without markup: text is set as text, and nothing here takes a handler or a style as a string.

const SVG = "http://www.w3.org/2000/svg";

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : value);
  element.append(...children.filter((child) => child !== null && child !== ""));
  return element;
}

export const h = (name, attributes = {}, ...children) => filled(document.createElement(name), attributes, children);
export const s = (name, attributes = {}, ...children) => filled(document.createElementNS(SVG, name), attributes, children);
// Sets what has changed: setting the same again costs the browser a new look at it.
export function put(element, name, value) {
  if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
}
export const $ = (id) => document.getElementById(id);

// A link of the graph is followed only if it is one of the web.
export const link = (url, words) => (/^https?:\/\//.test(url) ? h("a", { href: url, rel: "noopener noreferrer" }, words) : words);

const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g;
export const shortened = (text, most) => { const clean = text.replace(CONTROLS, " ").trim(); return clean.length > most ? `${clean.slice(0, most - 1)}…` : clean; };

const SHAPES = {
  square: (r) => `M${-r},${-r}h${2 * r}v${2 * r}h${-2 * r}z`,
  up: (r) => `M0,${-1.2 * r}L${1.15 * r},${r}H${-1.15 * r}z`,
  down: (r) => `M0,${1.2 * r}L${1.15 * r},${-r}H${-1.15 * r}z`,
  diamond: (r) => `M0,${-1.35 * r}L${1.2 * r},0L0,${1.35 * r}L${-1.2 * r},0z`,
  circle: (r) => `M${-r},0a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0z`,
  star: (r) => `M${Array.from({ length: 10 }, (_, n) => { const far = n % 2 ? 0.55 * r : 1.35 * r, turn = (n * Math.PI) / 5; return `${(far * Math.sin(turn)).toFixed(1)},${(-far * Math.cos(turn)).toFixed(1)}`; }).join("L")}z`,
  hexagon: (r) => `M${-r},0L${-r / 2},${-r}H${r / 2}L${r},0L${r / 2},${r}H${-r / 2}z`,
};
const OF_KIND = { __proto__: null, state: "square", org: "up", person: "down", office: "down", place: "circle", event: "diamond", treaty: "star", provision: "star" };
export const shape = (kind, r) => SHAPES[OF_KIND[kind] ?? "hexagon"](r);

// A mark of a drawing that can be chosen, with words beside it that a click takes too but that are no part of its name.
export function mark(attributes, shapes, choose) {
  const button = choosable(s("g", {}, s("title"), ...shapes), choose), text = s("text", { "text-anchor": "middle", "aria-hidden": "true" });
  text.addEventListener("click", choose);
  return { group: s("g", attributes, button, text), button, text, title: button.firstChild };
}

// Makes an element of a drawing one that keys and pointers choose alike.
export function choosable(element, choose) {
  element.setAttribute("tabindex", "0");
  element.setAttribute("role", "button");
  element.addEventListener("click", choose);
  element.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); event.stopPropagation(); choose(); } });
  return element;
}
