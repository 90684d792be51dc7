// The control of every prediction: one script for JupyterLab and for a page without Python.
//
// A body (`choose`, `order`, `number`, `line`) knows how one kind of guess is made; `Asked` holds
// what all share: keeping it, saying so, and locking it once it was answered. It talks to anything
// that has get, on, off and send. A page without Python brings its own small model (`Shelf`).

const PATIENCE = 4000; // ms without an answer before the reader is told
const SHELF = "indopacific.predictions."; // where a browser keeps what Python cannot

const PRIVATE = "It stays on your own machine and is never marked.";

// A question of a concept check is answered at once; a prediction by a later cell.
const PREDICTION = {
  heading: "Predict",
  group: "Prediction",
  keep: "Keep my prediction",
  yours: "Your prediction",
  thing: "prediction",
  back: "Your predictions",
  anew: "Forgotten. Each question can be predicted anew.",
};
const CHECK = {
  heading: "Check",
  group: "Check",
  keep: "Answer",
  yours: "Your answer",
  thing: "answer",
  back: "Your answers",
  anew: "Forgotten. Each question can be answered anew.",
};
const wordsOf = (spec) => (spec.at_once ? CHECK : PREDICTION);

// ------------------------------------------------------------------ numbers

const gridded = ({ low, step }, place) => Number((low + place * step).toFixed(10));

const placed = ({ low, step, steps }, value) =>
  Math.min(steps, Math.max(0, Math.round((value - low) / step)));

function digits({ scale, decimals }, value) {
  const shown = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return (value * scale).toLocaleString("en-GB", shown);
}

const written = (spec, value) => spec.form.replace("{}", digits(spec, value));

// A box for a number, in the unit that the reader sees.
function boxOf(spec, label, attributes = {}) {
  const typed = (value) => Number((value * spec.scale).toFixed(spec.decimals));
  const box = element("input", {
    type: "number",
    inputmode: "decimal",
    min: typed(spec.low),
    max: typed(spec.high),
    step: typed(spec.step),
    "aria-label": label,
    ...own,
    ...attributes,
  });
  const range = `from ${written(spec, spec.low)} to ${written(spec, spec.high)}`;
  return {
    box,
    // The number typed, in the unit of the data; null when there is none in the range.
    value() {
      const value = box.value.trim() === "" ? NaN : Number(box.value) / spec.scale;
      if (!(value >= spec.low - 1e-9 && value <= spec.high + 1e-9)) return null;
      return gridded(spec, placed(spec, value));
    },
    put: (value) => (box.value = value === null ? "" : typed(value)),
    range,
  };
}

// ------------------------------------------------------------------ the four kinds
//
// Each returns: node; read() -> { guess } or { problem }; write(guess); lock(); said(guess);
// and, if it draws, reveal(data).

let serial = 0;

function choose(spec) {
  const name = `ipp-${(serial += 1)}`;
  const inputs = spec.options.map((value) =>
    element("input", { type: "radio", name, value, ...own }),
  );
  const options = inputs.map((input, i) => element("label", {}, input, ` ${spec.options[i]}`));
  return {
    node: element(
      "fieldset",
      { class: "ipp-options" },
      element("legend", {}, spec.asks),
      ...options,
    ),
    read() {
      const chosen = inputs.find((input) => input.checked);
      return chosen ? { guess: chosen.value } : { problem: "Choose one first." };
    },
    write: (guess) => inputs.forEach((input) => (input.checked = input.value === guess)),
    lock: (locked) => inputs.forEach((input) => (input.disabled = locked)),
    said: (guess) => guess,
  };
}

function order(spec, say) {
  let names = [...spec.names];
  let locked = false;
  const list = element("ol", { class: "ipp-order" });
  const items = new Map(names.map((name) => [name, itemOf(name)]));
  const legend = element("p", { class: "ipp-asks", id: `ipp-${(serial += 1)}` }, spec.asks);
  list.setAttribute("aria-labelledby", legend.id);

  function itemOf(name) {
    const grip = element("span", { class: "ipp-grip", "aria-hidden": "true" }, "⠿");
    const up = button("↑", () => step(name, -1, up), { "aria-label": `Move ${name} up` });
    const down = button("↓", () => step(name, 1, down), { "aria-label": `Move ${name} down` });
    const moves = element("span", { class: "ipp-moves" }, up, down);
    const item = element("li", {}, grip, element("span", { class: "ipp-name" }, name), moves);
    grip.addEventListener("pointerdown", (event) => drag(event, name, item));
    return { item, up, down };
  }

  function place() {
    names.forEach((name, at) => {
      const { item, up, down } = items.get(name);
      if (list.children[at] !== item) list.insertBefore(item, list.children[at] ?? null);
      up.disabled = locked || at === 0;
      down.disabled = locked || at === names.length - 1;
    });
  }

  function put(name, at) {
    names = names.filter((other) => other !== name);
    names.splice(at, 0, name);
    place();
  }

  function step(name, by, pressed) {
    put(name, names.indexOf(name) + by);
    const { up, down } = items.get(name);
    (pressed.disabled ? (pressed === up ? down : up) : pressed).focus();
    say(`${name} is now ${names.indexOf(name) + 1} of ${names.length}.`);
  }

  // The list holds the pointer: an item that is moved about in the page would lose it.
  function drag(event, name, item) {
    if (locked) return;
    event.preventDefault();
    list.setPointerCapture(event.pointerId);
    item.classList.add("ipp-dragged");
    const move = ({ clientY }) => {
      const others = names.filter((other) => other !== name);
      const above = others.filter((other) => {
        const box = items.get(other).item.getBoundingClientRect();
        return clientY > box.top + box.height / 2;
      });
      if (above.length !== names.indexOf(name)) put(name, above.length);
    };
    const end = () => {
      item.classList.remove("ipp-dragged");
      list.removeEventListener("pointermove", move);
      say(`${name} is now ${names.indexOf(name) + 1} of ${names.length}.`);
    };
    list.addEventListener("pointermove", move);
    list.addEventListener("lostpointercapture", end, { once: true });
  }

  place();
  const end = (text) => element("p", { class: "ipp-end" }, text);
  return {
    node: element("div", {}, legend, end(spec.first), list, end(spec.last)),
    read: () => ({ guess: [...names] }),
    write(guess) {
      names = [...guess];
      place();
    },
    lock(now) {
      locked = now;
      list.classList.toggle("ipp-locked", now);
      place();
    },
    said: (guess) => guess.join(", "),
  };
}

function number(spec) {
  let guess = null;
  const id = `ipp-${(serial += 1)}`;
  const slider = element("input", { id, type: "range", min: 0, max: spec.steps, step: 1, ...own });
  const { box, value, put, range } = boxOf(spec, `${spec.asks}: type a number, ${range_(spec)}`);
  const shown = element("output", { for: id, "aria-live": "off" });
  slider.value = Math.round(spec.steps / 2);
  const place = () => {
    const text = guess === null ? "not set yet" : written(spec, guess);
    slider.setAttribute("aria-valuetext", text);
    shown.value = guess === null ? "" : text;
    if (guess !== null) slider.value = placed(spec, guess);
    slider.classList.toggle("ipp-unset", guess === null);
  };
  slider.addEventListener("input", () => {
    guess = gridded(spec, Number(slider.value));
    put(guess);
    place();
  });
  box.addEventListener("input", () => {
    guess = value();
    place();
  });
  place();
  const ends = element(
    "div",
    { class: "ipp-ends", "aria-hidden": "true" },
    element("span", {}, written(spec, spec.low)),
    element("span", {}, written(spec, spec.high)),
  );
  return {
    node: element(
      "div",
      {},
      element("label", { for: id, class: "ipp-asks" }, spec.asks),
      element("div", { class: "ipp-number" }, element("div", {}, slider, ends), box, shown),
    ),
    read() {
      if (guess !== null) return { guess };
      const problem = box.value === "" ? "Move the slider or type a number first" : "That is no number in the range";
      return { problem: `${problem}: ${range}.` };
    },
    write(kept) {
      guess = kept;
      put(kept);
      place();
    },
    lock: (locked) => [slider, box].forEach((input) => (input.disabled = locked)),
    said: (kept) => written(spec, kept),
  };
}

const range_ = (spec) => `from ${written(spec, spec.low)} to ${written(spec, spec.high)}`;

function line(spec) {
  const drawn = spec.years;
  const given = Object.keys(spec.given).map(Number);
  const all = [...new Set([...given, ...drawn])].sort((a, b) => a - b);
  const guess = new Map();
  let locked = false;
  let found = null;

  const [width, height, left, right, top, bottom] = [640, 300, 84, 30, 14, 36];
  const [first, last] = [all[0], Math.max(all.at(-1), all[0] + 1)];
  const x = (year) => left + ((year - first) / (last - first)) * (width - left - right);
  const y = (value) =>
    height - bottom - ((value - spec.low) / (spec.high - spec.low)) * (height - top - bottom);
  const svg = svgOf("svg", { viewBox: `0 0 ${width} ${height}`, class: "ipp-chart", role: "img" });
  const half = (x(last) - x(first)) / (last - first) / 2;
  svg.append(
    svgOf("rect", {
      class: "ipp-field",
      x: x(drawn[0]) - half,
      y: top,
      width: x(drawn.at(-1)) - x(drawn[0]) + 2 * half,
      height: height - top - bottom,
    }),
    ...ticks(spec).flatMap((value) => [
      svgOf("line", { class: "ipp-grid", x1: left, x2: width - right, y1: y(value), y2: y(value) }),
      svgOf("text", { x: left - 6, y: y(value) + 4, "text-anchor": "end" }, digits(spec, value).replace(/\.0+$/, "")),
    ]),
    ...[first, drawn[0], last]
      .filter((year, i, some) => i === 0 || x(year) - x(some[i - 1]) > 60)
      .map((year) => svgOf("text", { x: x(year), y: height - 10, "text-anchor": "middle" }, year)),
    ...pieces(given, (year) => spec.given[year]).flatMap((piece) => [
      svgOf("path", { class: "ipp-given", d: path(piece) }),
      ...piece.map(([year, value]) => svgOf("circle", { class: "ipp-given", cx: x(year), cy: y(value), r: 2.5 })),
    ]),
  );
  const truth = svgOf("g", {});
  const hand = svgOf("g", {});
  svg.append(truth, hand);

  function svgOf(tag, attributes, ...children) {
    const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  }

  function path(points) {
    return points.map(([year, value], i) => `${i ? "L" : "M"}${x(year)},${y(value)}`).join("");
  }

  // Runs of years without a gap.
  function pieces(years, value) {
    const runs = [];
    years.forEach((year, i) => {
      if (value(year) === null || value(year) === undefined) return;
      if (i && years[i - 1] === year - 1 && runs.at(-1)?.at(-1)[0] === year - 1) runs.at(-1).push([year, value(year)]);
      else runs.push([[year, value(year)]]);
    });
    return runs;
  }

  function paint() {
    const own = drawn.filter((year) => guess.has(year)).map((year) => [year, guess.get(year)]);
    const before = spec.given[drawn[0] - 1];
    const start = own.length && own[0][0] === drawn[0] && typeof before === "number" ? [[drawn[0] - 1, before]] : [];
    const label = own.at(-1);
    // Above the last point, or below it where there is no room above.
    const beside = label && y(label[1]) - (y(spec.high) + 14) < 9 ? 22 : -9;
    hand.replaceChildren(
      svgOf("path", { class: "ipp-guess", d: path([...start, ...own]) }),
      ...own.map(([year, value]) => svgOf("circle", { class: "ipp-guess", cx: x(year), cy: y(value), r: 4 })),
      ...(label ? [svgOf("text", { class: "ipp-you", x: x(label[0]), y: y(label[1]) + beside, "text-anchor": "end" }, "you")] : []),
    );
    const open = drawn.length - own.length;
    svg.setAttribute(
      "aria-label",
      `${spec.asks}. Given: ${first} to ${drawn[0] - 1}. ` +
        (open ? `Still to draw: ${open} of ${drawn.length} years.` : "All years are drawn; the table has the numbers."),
    );
  }

  function reveal(data) {
    found = data;
    const runs = pieces(drawn, (year) => data[year]);
    const before = spec.given[drawn[0] - 1];
    if (runs[0]?.[0][0] === drawn[0] && typeof before === "number") runs[0].unshift([drawn[0] - 1, before]);
    const end = runs.at(-1)?.at(-1);
    truth.replaceChildren(
      ...runs.flatMap((piece) => [
        svgOf("path", { class: "ipp-given", d: path(piece) }),
        ...piece.map(([year, value]) => svgOf("circle", { class: "ipp-given", cx: x(year), cy: y(value), r: 2.5 })),
      ]),
      ...(end ? [svgOf("text", { class: "ipp-data", x: x(end[0]), y: Math.min(y(end[1]) + 18, height - bottom - 4), "text-anchor": "end" }, "data")] : []),
    );
    tabulate();
  }

  // Drawing: the hand sets the year that is nearest, and those it passed on its way.
  let at = null;
  const set = (event) => {
    const box = svg.getBoundingClientRect();
    const inside = ((event.clientX - box.left) / box.width) * width;
    const level = ((event.clientY - box.top) / box.height) * height;
    const year = Math.round(first + ((inside - left) / (width - left - right)) * (last - first));
    const share = (height - bottom - level) / (height - top - bottom);
    const value = gridded(spec, placed(spec, spec.low + share * (spec.high - spec.low)));
    const near = Math.min(drawn.at(-1), Math.max(drawn[0], year));
    const from = at ?? [near, value];
    const step = Math.sign(near - from[0]) || 1;
    for (let passed = from[0]; passed !== near + step; passed += step) {
      const part = near === from[0] ? 1 : (passed - from[0]) / (near - from[0]);
      if (passed !== from[0] || near === from[0])
        put(passed, gridded(spec, placed(spec, from[1] + part * (value - from[1]))));
    }
    at = [near, value];
    paint();
  };
  svg.addEventListener("pointerdown", (event) => {
    if (locked || event.button > 0) return;
    event.preventDefault();
    svg.setPointerCapture(event.pointerId);
    at = null;
    set(event);
  });
  svg.addEventListener("pointermove", (event) => {
    if (svg.hasPointerCapture?.(event.pointerId)) set(event);
  });

  const boxes = new Map(
    drawn.map((year) => {
      const made = boxOf(spec, `${year}, ${range_(spec)}`);
      made.box.addEventListener("input", () => {
        const value = made.value();
        if (value === null) guess.delete(year);
        else guess.set(year, value);
        paint();
      });
      return [year, made];
    }),
  );

  function put(year, value) {
    guess.set(year, value);
    boxes.get(year).put(value);
  }

  const table = element("div", {});
  function tabulate() {
    const value = (number) => (typeof number === "number" ? written(spec, number) : "no figure");
    const head = ["Year", "Given", "You", ...(found ? ["Data"] : [])];
    const rows = all.map((year) => [
      String(year),
      year in spec.given ? value(spec.given[year]) : "",
      boxes.get(year)?.box ?? "",
      ...(found ? [boxes.has(year) ? value(found[year]) : ""] : []),
    ]);
    table.replaceChildren(tableOf([head, ...rows]));
  }

  tabulate();
  paint();
  const ask = "Draw the line on with mouse, finger or pen in the shaded field, or set it year by year in the table.";
  return {
    node: element(
      "div",
      {},
      element("p", { class: "ipp-asks" }, spec.asks),
      element("p", { class: "ipp-hint" }, ask),
      svg,
      folded("Year by year, as a table", table),
    ),
    read() {
      const open = drawn.filter((year) => !guess.has(year));
      if (!open.length) return { guess: Object.fromEntries(guess) };
      return { problem: `Still to set, ${range_(spec)}: ${open.join(", ")}.` };
    },
    write(kept) {
      for (const [year, value] of Object.entries(kept)) put(Number(year), value);
      paint();
    },
    lock(now) {
      locked = now;
      svg.classList.toggle("ipp-locked", now);
      for (const { box } of boxes.values()) box.disabled = now;
    },
    reveal,
    said: (kept) => drawn.map((year) => `${year} ${written(spec, kept[year])}`).join(", "),
  };
}

function ticks(spec) {
  const count = [4, 5, 3, 2].find((n) => spec.steps % n === 0) ?? 1;
  return [...Array(count + 1).keys()].map((n) => gridded(spec, (n * spec.steps) / count));
}

const KINDS = { choose, order, number, line };

// ------------------------------------------------------------------ what all kinds share

class Asked {
  constructor(model, root) {
    this.model = model;
    this.spec = model.get("spec");
    this.alone = Boolean(this.spec.static);
    this.words = wordsOf(this.spec);
    this.status = element("p", { class: "ipp-status", role: "status" });
    this.fault = element("p", { class: "ipp-fault" });
    this.told = element("p", { class: "ipp-told", role: "status" });
    this.body = KINDS[this.spec.kind](this.spec, (text) => (this.status.textContent = text));
    this.button = button(this.words.keep, () => this.keep());
    this.skip = button("Show me without", () => this.model.send({ request: "skip" }));
    root.classList.add("ipp");
    root.setAttribute("role", "group");
    root.setAttribute("aria-label", `${this.words.group}: ${this.spec.asks}`);
    root.append(
      element("p", { class: "ipp-heading" }, this.words.heading),
      this.fault,
      this.body.node,
      element("div", { class: "ipp-actions" }, this.button, this.alone && !this.spec.at_once ? this.skip : ""),
      this.status,
      this.told,
    );
    this.onstate = () => this.follow();
    this.onanswer = (message) => this.answered(message);
    model.on("change:state", this.onstate);
    model.on("msg:custom", this.onanswer);
    this.follow();
    if (!this.alone) this.hand();
  }

  close() {
    clearTimeout(this.worry);
    this.model.off("change:state", this.onstate);
    this.model.off("msg:custom", this.onanswer);
  }

  follow() {
    const state = this.model.get("state");
    const known = JSON.stringify(state.guess ?? null);
    if (state.guess !== null && known !== this.known) this.body.write(state.guess);
    this.known = known;
    this.fault.textContent = state.fault ?? "";
    this.told.textContent = state.told ?? "";
    const over = Boolean(state.answered || state.skipped);
    this.body.lock(over);
    this.button.hidden = this.skip.hidden = over;
    if (state.answered) this.status.textContent = `${this.words.yours}: ${this.body.said(state.guess)}.`;
    else if (state.skipped) this.status.textContent = "You looked without predicting.";
    else if (state.guess !== null) this.status.textContent = this.kept(state.guess);
    if (state.answered && this.body.reveal) this.body.reveal(state.revealed);
  }

  kept(guess) {
    return `Kept: ${this.body.said(guess)}. You can change it until you have seen the answer. ${PRIVATE}`;
  }

  keep() {
    const { guess, problem } = this.body.read();
    if (problem) {
      this.status.textContent = problem;
      return;
    }
    clearTimeout(this.worry);
    this.offered = guess;
    this.worry = setTimeout(() => this.silent(), PATIENCE);
    try {
      this.model.send({ request: "keep", guess });
    } catch {
      this.silent();
    }
  }

  // Python is away: the browser holds the prediction until the cell is run again.
  silent() {
    clearTimeout(this.worry);
    const held = remember(SHELF + this.spec.id, { guess: this.offered, waiting: true });
    this.status.textContent =
      "Python does not answer: it is busy, or it was restarted. " +
      (held ? `This browser holds your ${this.words.thing}. ` : "") +
      "Run this cell again (click it, press Shift+Enter) and it is kept.";
  }

  // What a browser held while Python was away.
  hand() {
    const held = recall(SHELF + this.spec.id);
    if (!held?.waiting) return;
    remember(SHELF + this.spec.id, null);
    const { guess, answered } = this.model.get("state");
    if (guess !== null || answered) return;
    try {
      this.body.write(held.guess);
      this.keep();
    } catch {
      this.status.textContent = ""; // it was held for another form of this question
    }
  }

  answered({ answer, problem }) {
    clearTimeout(this.worry);
    if (!this.alone) remember(SHELF + this.spec.id, null);
    if (answer === "kept") this.follow();
    if (problem) this.status.textContent = problem;
  }
}

class LookedBack {
  constructor(model, root) {
    this.model = model;
    this.words = wordsOf(model.get("spec"));
    this.rows = element("dl", { class: "ipp-rows" });
    this.said = element("p", { class: "ipp-told" });
    this.status = element("p", { class: "ipp-status", role: "status" });
    this.forget = button(`Forget my ${this.words.thing}s`, () => this.ask(true));
    this.sure = button("Yes, forget them", () => this.model.send({ request: "forget" }));
    this.no = button("No, keep them", () => this.ask(false));
    root.classList.add("ipp");
    root.setAttribute("role", "group");
    root.setAttribute("aria-label", this.words.back);
    root.append(
      element("p", { class: "ipp-heading" }, this.words.back),
      this.rows,
      this.said,
      element("div", { class: "ipp-actions" }, this.forget, this.sure, this.no),
      this.status,
    );
    this.onstate = () => this.follow();
    this.onanswer = ({ problem }) => {
      this.ask(false);
      this.status.textContent = problem || this.words.anew;
    };
    model.on("change:state", this.onstate);
    model.on("msg:custom", this.onanswer);
    this.sure.hidden = this.no.hidden = true;
    this.follow();
  }

  close() {
    this.model.off("change:state", this.onstate);
    this.model.off("msg:custom", this.onanswer);
  }

  ask(asking) {
    const moved = this.sure.hidden === asking;
    this.forget.hidden = asking;
    this.sure.hidden = this.no.hidden = !asking;
    this.status.textContent = asking ? `All ${this.words.thing}s of this lesson are removed from this machine.` : "";
    if (moved) (asking ? this.sure : this.forget).focus();
  }

  follow() {
    const { rows, said } = this.model.get("state");
    this.said.textContent = said;
    this.rows.replaceChildren(
      ...rows.flatMap(({ asks, section, told }) => [
        element("dt", {}, asks, " ", element("span", { class: "ipp-section" }, section)),
        element("dd", {}, told),
      ]),
    );
  }
}

function render({ model, el }) {
  const root = element("div");
  el.append(root);
  const shown = model.get("spec").kind === "review" ? new LookedBack(model, root) : new Asked(model, root);
  return () => shown.close();
}

export default { render };
