"use strict";
(function () {
  const data = JSON.parse(document.getElementById("data").textContent);
  const byId = (id) => document.getElementById(id);
  const held = byId("held"), said = byId("said"), heldOn = byId("held-on"), saidOn = byId("said-on");
  const certainly = byId("certainly"), speaker = byId("speaker"), place = byId("network");
  const local = new Intl.DateTimeFormat("en-GB", { timeZone: data.zone, weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const words = (seconds) => local.format(new Date(seconds * 1000)) + " (" + data.zone + ")\n" + new Date(seconds * 1000).toISOString().slice(0, 16) + "Z";

  // Bounds are begin earliest, begin latest, end earliest, end latest, in seconds since 1970 in UTC; begins are included, ends not.
  const holds = (b, t, certain) => (certain ? b[1] <= t && t < b[2] : b[0] <= t && t < b[3]);
  const wasSaid = (b, t, certain) => (certain ? b[3] <= t : b[0] < t);
  const state = () => ({
    held: heldOn.checked ? Number(held.value) : null,
    said: saidOn.checked ? Number(said.value) : null,
    certain: certainly.checked,
    speaker: speaker.value,
  });
  function shows(fact, now) {
    if (now.held !== null && !holds(fact.held, now.held, now.certain)) return false;
    if (now.said === null && now.speaker === "") return true;
    return fact.claims.some(function (number) {
      const claim = data.claims[number];
      return (now.speaker === "" || claim.speaker === now.speaker) && (now.said === null || wasSaid(claim.said, now.said, now.certain));
    });
  }

  const facts = data.facts;
  const edges = new vis.DataSet(data.edges);
  let now = state();
  const shown = new vis.DataView(edges, { filter: (edge) => shows(facts[edge.id], now) });
  // A phone held upright gets the other places, narrower names and a frame as high as they need.
  const upright = place.clientWidth < 640;
  if (upright) {
    data.nodes.forEach(function (node) { [node.x, node.y] = node.upright; });
    data.options.nodes.widthConstraint.maximum = data.uprightLine;
    const reach = (axis) => Math.max(...data.nodes.map((node) => node[axis])) - Math.min(...data.nodes.map((node) => node[axis]));
    place.style.height = Math.round(place.clientWidth * Math.min(2.4, (reach("y") + 140) / (reach("x") + 120))) + "px";
  }
  const nodes = new vis.DataSet(data.nodes);
  const network = new vis.Network(place, { nodes: nodes, edges: shown }, data.options);

  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  function paint() {
    const ink = dark.matches ? "#ededed" : "#1a1a1a", page = dark.matches ? "#16181c" : "#ffffff";
    const denial = dark.matches ? "#ff8a94" : "#b00020", quiet = dark.matches ? "#9aa0aa" : "#6b7280";
    const font = { color: ink, strokeColor: page, strokeWidth: 4, background: page };
    network.setOptions({ nodes: { font: font }, edges: { font: font } });
    edges.update(data.edges.map((edge) => ({ id: edge.id, color: { color: facts[edge.id].disputed ? denial : quiet, highlight: ink, hover: ink } })));
  }

  function refresh() {
    now = state();
    shown.refresh();
    byId("held-words").textContent = heldOn.checked ? words(now.held) : "any time";
    byId("said-words").textContent = saidOn.checked ? words(now.said) : "any time";
    held.setAttribute("aria-valuetext", words(Number(held.value)));
    said.setAttribute("aria-valuetext", words(Number(said.value)));
    let count = 0, disputed = 0;
    facts.forEach(function (fact, number) {
      const yes = shows(fact, now);
      if (yes) count += 1;
      if (yes && fact.disputed) disputed += 1;
      byId("fact-" + number).dataset.shown = yes ? "yes" : "no";
    });
    place.dataset.shown = shown.getIds().join(" ");
    byId("status").textContent = count + " of " + facts.length + " facts shown, " + disputed + " of them disputed; " + shown.length + " of " + data.edges.length + " links drawn";
  }

  function line(tag, text) {
    const element = document.createElement(tag);
    element.textContent = text;
    return element;
  }
  function tell(selection) {
    const box = byId("details");
    const node = data.nodes.find((item) => item.id === selection.nodes[0]);
    const picked = facts.filter((fact, number) => selection.edges.includes(number) && (!node || fact.ends.includes(node.iri)));
    const parts = node ? [line("h3", node.name), line("p", node.iri)].concat(node.literals.map((text) => line("p", text))) : [];
    picked.forEach(function (fact) {
      parts.push(line("p", fact.words + (fact.disputed ? " (◆ disputed)" : "")));
      const list = document.createElement("ul");
      fact.claims.forEach((number) => list.append(line("li", data.claims[number].words)));
      parts.push(list);
    });
    box.replaceChildren(...(parts.length ? parts : [line("p", "Select a node or a link to read who said it.")]));
  }

  for (const control of [held, said, heldOn, saidOn, certainly, byId("possibly"), speaker]) {
    control.addEventListener("input", function () {
      if (control === held) heldOn.checked = true;
      if (control === said) saidOn.checked = true;
      refresh();
    });
  }
  byId("controls").addEventListener("submit", (event) => event.preventDefault());
  network.on("select", tell);
  dark.addEventListener("change", paint);
  paint();
  refresh();
  function fill() { // as fit does, but with the same narrow margin on all sides
    network.redraw();
    const found = nodes.getIds().map((id) => network.getBoundingBox(id));
    if (!found.length) return;
    const left = Math.min(...found.map((b) => b.left)), right = Math.max(...found.map((b) => b.right));
    const top = Math.min(...found.map((b) => b.top)), bottom = Math.max(...found.map((b) => b.bottom));
    const scale = Math.min((place.clientWidth - 16) / (right - left), (place.clientHeight - 16) / (bottom - top), 1.4);
    network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale: scale });
  }
  fill();
  let moved = false; // once the reader has moved or zoomed it, the view is theirs
  ["dragStart", "zoom"].forEach((name) => network.on(name, () => { moved = true; }));
  network.on("resize", () => requestAnimationFrame(() => moved || fill()));
  place.network = network; // for the console and the tests
  place.dataset.ready = "yes";
})();
