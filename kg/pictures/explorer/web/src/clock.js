// Times in a zone: written and read. The zone's history is the browser's own (IANA).

export const BEGINNING = -8520336000, FOREVER = 7258118400;
export const ZONES = [["written", "as written in the source"], ["UTC", "UTC"], ["Asia/Yerevan", "Yerevan"], ["Asia/Baku", "Baku"], ["Europe/Moscow", "Moscow"]];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const formatters = new Map();

function formatter(zone) {
  if (!formatters.has(zone)) {
    const options = { timeZone: zone, year: "numeric", month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" };
    formatters.set(zone, new Intl.DateTimeFormat("en-GB", options));
  }
  return formatters.get(zone);
}

export const zoneOf = (state) => (state.zone === "written" ? "UTC" : state.zone);

function parts(seconds, zone) {
  return Object.fromEntries(formatter(zone).formatToParts(seconds * 1000).map(({ type, value }) => [type, value]));
}

export function day(seconds, zone) {
  const { day, month, year } = parts(seconds, zone);
  return `${Number(day)} ${MONTHS[month - 1]} ${year}`;
}

export function moment(seconds, zone) {
  const { hour, minute, second } = parts(seconds, zone);
  return `${day(seconds, zone)} ${hour}:${minute}${second === "00" ? "" : `:${second}`}`;
}

export const iso = (seconds) => new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
const bound = (seconds) => seconds > BEGINNING && seconds < FOREVER;

function offset(seconds, zone) {
  const { year, month, day, hour, minute, second } = parts(seconds, zone);
  const local = Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
  return local - seconds;
}

// Reads 2022, 2022-09, 2022-09-13, 2022-09-13T09:00, each with Z or an offset, else local to the zone.
export function read(text, zone) {
  const found = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?(Z|[+-]\d\d:\d\d)?)?)?)?$/.exec(text.trim());
  if (!found) return null;
  const [, year, month = 1, date = 1, hour = 0, minute = 0, second = 0, mark] = found;
  const utc = Date.UTC(year, month - 1, date, hour, minute, second);
  const back = new Date(utc);
  if (Number.isNaN(utc) || back.getUTCMonth() !== month - 1 || back.getUTCDate() !== Number(date) || hour > 23 || minute > 59) return null;
  let seconds = utc / 1000;
  if (mark && mark !== "Z") seconds -= (mark[0] === "-" ? -1 : 1) * (Number(mark.slice(1, 3)) * 3600 + Number(mark.slice(4)) * 60);
  else if (!mark && zone !== "UTC") { seconds -= offset(seconds, zone); seconds = utc / 1000 - offset(seconds, zone); }
  return seconds >= BEGINNING && seconds <= FOREVER ? seconds : null;
}

// Reads what somebody typed, also in the form in which the page writes moments.
export function typed(text, zone) {
  const found = /^(\d{1,2}) ([A-Z][a-z]{2}) (\d{4})(?: (\d\d:\d\d(?::\d\d)?))?$/.exec(text.trim()), month = found ? MONTHS.indexOf(found[2]) + 1 : 0;
  if (!month) return read(text, zone);
  return read(`${found[3]}-${String(month).padStart(2, "0")}-${found[1].padStart(2, "0")}${found[4] ? `T${found[4]}` : ""}`, zone);
}

const COARSE = new Set(["day", "month", "year", "season", "decade", "century"]);

function span(from, to, coarse, zone) {
  if (!bound(from) && !bound(to)) return "at a time not stated";
  const one = coarse ? day : moment, last = coarse ? to - 1 : to;
  if (!bound(from)) return `before ${one(to, zone)}`;
  if (!bound(to)) return `from ${one(from, zone)}`;
  if (coarse && day(from, zone) === day(last, zone)) return `on ${day(from, zone)}`;
  return to - from <= 60 ? `at ${moment(from, zone)}` : `${one(from, zone)} to ${one(last, zone)}`;
}

// Returns in words when something held or was said.
export function phrase(model, time, zone) {
  const [a, b, c, d] = [model.a[time], model.b[time], model.c[time], model.d[time]];
  const { mode, end, precision } = model.raw.times;
  const coarse = COARSE.has(precision[time]);
  if (mode[time] !== "throughout") {
    const words = span(a, d, coarse, zone);
    return d - a <= 60 || words.startsWith("on ") || words.startsWith("at ") ? words : `some time ${words}`;
  }
  const begin = !bound(b) ? "start not stated" : a === b ? `from ${(coarse ? day : moment)(a, zone)}` : `from ${span(a, b, coarse, zone).replace(/^(on|from) /, "")}`;
  if (end[time] === "open" && !bound(d)) return `${begin}, still so when said`;
  const over = !bound(d) ? "end not stated" : c === d ? `to ${(coarse ? day : moment)(coarse ? d - 1 : d, zone)}` : `to ${span(bound(c) ? c : a, d, coarse, zone).replace(/^(on|from) /, "")}`;
  return `${begin}, ${over}`;
}
