// The scale of time: seconds to pixels and back, and round local moments with their names.

import { iso, moment, day, read } from "./clock.js";

const MOST = 10, HOUR = 3600, DAY = 86400, YEAR = 365.25 * DAY;
const STEPS = [HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY, 14 * DAY], MONTHS = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200];

export function scale([first, last], [left, right]) {
  const one = (right - left) / (last - first), found = (second) => left + (second - first) * one;
  found.invert = (x) => first + (x - left) / one;
  return found;
}

export function ticks([first, last], zone) {
  const step = STEPS.find((length) => (last - first) / length <= MOST);
  return step ? even(first, last, step, zone) : monthly(first, last, zone);
}

function even(first, last, step, zone) {
  const found = [], start = read(iso(first).slice(0, 10), zone) - DAY;
  for (let second = start; second <= last; second += step) {
    if (second >= first) found.push([second, step < DAY ? moment(second, zone).replace(/ \d{4} /, " ") : day(second, zone)]);
  }
  return found;
}

function monthly(first, last, zone) {
  const months = MONTHS.find((many) => (last - first) / YEAR * 12 / many <= MOST) ?? MONTHS.at(-1), found = [];
  const start = Math.floor((Number(iso(first).slice(0, 4)) * 12) / months) * months;
  for (let month = start; ; month += months) {
    const second = read(`${String(Math.floor(month / 12)).padStart(4, "0")}-${String((month % 12) + 1).padStart(2, "0")}`, zone);
    if (second === null || second > last) return found;
    if (second >= first) found.push([second, months >= 12 ? day(second, zone).slice(-4) : day(second, zone).replace(/^\d+ /, "")]);
  }
}
