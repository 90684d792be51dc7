// The face of every explorer: one script for JupyterLab, Python in the browser, and a static page.
//
// `Studio` holds what is known of one explorer (setting, pictures, what has been asked) and is
// shared by all its views; `render` builds one view. The studio talks to anything that has
// get, set, save_changes, on and send, so a page without a kernel brings its own small model.

const KERNEL_PATIENCE = 5000; // ms without an answer before the reader is told
const REST = 250; // ms without a move before the setting is reported and spoken
const PACE = 60; // ms between two requests for frames: stays below Jupyter's data-rate limit
const HANDFUL = 3; // frames a request: a live picture never waits longer than these take
const SETTINGS_KEPT = 6; // settings of the other controls whose frames are remembered

const studios = new WeakMap();

class Studio {
  constructor(model) {
    this.model = model;
    this.spec = model.get("spec");
    this.lead = this.spec.controls.find((control) => control.name === this.spec.lead);
    this.values = { ...model.get("values") };
    this.shelves = new Map(); // other controls' setting -> Map(step of the lead -> picture)
    this.views = new Set();
    this.asked = null;
    this.alone = Boolean(this.spec.static);
    this.current = picture(model.get("words"), model.get("picture"));
    this.put(this.values, this.step(this.values), this.current);
    for (const { place, words, png } of model.get("frames") ?? [])
      if (place !== this.step(this.values)) this.put(this.values, place, picture(words, png));
    this.onanswer = (message, buffers) => this.answered(message, buffers);
    this.onvalues = () => {
      if (!same(model.get("values"), this.values)) this.go({ ...model.get("values") }, false);
    };
    model.on("msg:custom", this.onanswer);
    model.on("change:values", this.onvalues);
  }

  // With its last view gone, give the pictures back: a cell may be run a hundred times.
  close() {
    this.model.off("msg:custom", this.onanswer);
    this.model.off("change:values", this.onvalues);
    for (const timer of [this.resting, this.worry]) clearTimeout(timer);
    this.moving = true; // no frames are asked for any more
    for (const shelf of this.shelves.values()) for (const made of shelf.values()) made.release();
    studios.delete(this.model);
  }

  // What the reader or Python wants to see. The newest wish wins.
  go(values, report = true) {
    this.values = values;
    const ready = this.shelf(values)?.get(this.step(values));
    if (ready) this.show(ready);
    else if (!this.asked) this.ask();
    this.tell("moved");
    clearTimeout(this.resting);
    this.moving = true;
    this.resting = setTimeout(() => this.rest(report), REST);
  }

  rest(report) {
    this.moving = false;
    if (report && !this.alone) {
      this.model.set("values", this.values);
      this.model.save_changes();
    }
    this.tell("rested");
    this.fill();
  }

  show(shown) {
    this.current = shown;
    this.tell("shown");
  }

  ask() {
    if (this.alone) return;
    this.asked = { ...this.values };
    this.send({ request: "show", values: this.asked });
  }

  // Frames around the lead slider's place first; one request at a time, only while nothing moves.
  fill() {
    if (this.alone || this.moving || this.asked || this.filling || !this.seen()) return;
    const shelf = this.shelf(this.values) ?? new Map();
    const here = this.step(this.values);
    const places = [...Array(steps(this.lead) + 1).keys()]
      .filter((place) => !shelf.has(place))
      .sort((a, b) => Math.abs(a - here) - Math.abs(b - here))
      .slice(0, HANDFUL);
    this.tell("filled");
    if (!places.length) return;
    this.filling = true;
    this.send({ request: "frames", values: { ...this.values }, places });
  }

  send(message) {
    clearTimeout(this.worry);
    this.worry = setTimeout(() => this.tell("silent"), KERNEL_PATIENCE);
    this.model.send(message);
  }

  answered(message, buffers) {
    clearTimeout(this.worry);
    if (message.answer === "failed") {
      this.asked = null;
      this.filling = false;
      this.tell("failed", message.problem);
      return;
    }
    const pictures = message.words.map((words, i) => picture(words, buffers[i]));
    if (message.answer === "frames") {
      this.filling = false;
      message.places.forEach((place, i) => this.put(message.values, place, pictures[i]));
      setTimeout(() => this.fill(), PACE);
      return;
    }
    this.asked = null;
    this.put(message.values, this.step(message.values), pictures[0]);
    this.show(pictures[0]);
    if (!same(message.values, this.values)) this.go(this.values);
    else this.fill();
  }

  put(values, place, made) {
    const key = this.key(values);
    const shelf = this.shelves.get(key) ?? new Map();
    this.shelves.delete(key);
    this.shelves.set(key, shelf.set(place, made));
    if (this.shelves.size > SETTINGS_KEPT) {
      const [oldest, dropped] = this.shelves.entries().next().value;
      this.shelves.delete(oldest);
      for (const old of dropped.values()) if (old !== this.current && !old.kept) old.release();
    }
  }

  shelf(values) {
    return this.shelves.get(this.key(values));
  }

  key(values) {
    return JSON.stringify(
      this.spec.controls.filter((c) => c !== this.lead).map((c) => values[c.name]),
    );
  }

  step(values) {
    return Math.round((values[this.lead.name] - this.lead.low) / this.lead.step);
  }

  ready() {
    return (this.shelf(this.values)?.size ?? 0) / (steps(this.lead) + 1);
  }

  seen() {
    return [...this.views].some((view) => view.seen);
  }

  tell(event, detail) {
    for (const view of this.views) view.hear(event, detail);
  }
}

function picture(words, png) {
  const url = URL.createObjectURL(new Blob([png], { type: "image/png" }));
  const image = new Image();
  image.src = url;
  image.decode?.().catch(() => {});
  return { words, url, image, release: () => URL.revokeObjectURL(url) };
}

const steps = (control) => Math.round((control.high - control.low) / control.step);

const same = (a, b) => Object.keys(a).every((name) => a[name] === b[name]);

const decimals = (step) => (String(step).split(".")[1] ?? "").length;

function said(control, value) {
  if (control.kind === "choice") return value;
  return value.toFixed(decimals(control.step)) + (control.unit ? ` ${control.unit}` : "");
}

function call(spec, values) {
  const changed = spec.controls
    .filter(({ name }) => values[name] !== spec.defaults[name])
    .map(({ name }) => `${name}=${JSON.stringify(values[name])}`);
  return `explore(${[JSON.stringify(spec.name), ...changed].join(", ")})`;
}

let made = 0;

function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

// JupyterLab takes arrow keys for itself unless the focused element says otherwise.
const own = { "data-lm-suppress-shortcuts": "true" };

function button(label, onclick, attributes = {}) {
  return element("button", { type: "button", ...own, onclick, ...attributes }, label);
}

function controlOf(control, studio) {
  const id = `ipx-${(made += 1)}`;
  const help = `${id}-help`;
  // The slider speaks its own value; the output would say it a second time.
  const output = element("output", { for: id, "aria-live": "off" });
  const input =
    control.kind === "choice"
      ? element("select", { id, ...own }, ...control.options.map((o) => element("option", {}, o)))
      : element("input", {
          id,
          type: "range",
          min: control.low,
          max: control.high,
          step: control.step,
          ...own,
        });
  input.setAttribute("aria-describedby", help);
  input.dataset.name = control.name;
  input.addEventListener("input", () => {
    const digits = decimals(control.step ?? 1);
    const value = control.kind === "choice" ? input.value : Number(Number(input.value).toFixed(digits));
    studio.go({ ...studio.values, [control.name]: value });
  });
  const place = () => {
    const value = studio.values[control.name];
    const text = said(control, value);
    if (String(value) !== input.value) input.value = value;
    if (control.kind === "choice") return;
    if (output.value !== text) output.value = text;
    input.setAttribute("aria-valuetext", text);
  };
  const box = element(
    "div",
    { class: "ipx-control", title: control.meaning },
    element("label", { for: id }, control.label),
    input,
    control.kind === "choice" ? "" : output,
    element("span", { id: help, class: "ipx-spoken" }, control.meaning),
  );
  return { box, place };
}

function tableOf([header, ...rows]) {
  const head = element("tr", {}, ...header.map((cell) => element("th", { scope: "col" }, cell)));
  const body = rows.map(([first, ...rest]) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, first),
      ...rest.map((cell) => element("td", {}, cell)),
    ),
  );
  return element("table", {}, element("thead", {}, head), element("tbody", {}, ...body));
}

function folded(summary, ...children) {
  return element("details", {}, element("summary", { ...own }, summary), ...children);
}

function pane(name) {
  const title = element("p", { class: "ipx-title" });
  const image = element("img", { alt: "", draggable: "false" });
  const note = element("p", { class: "ipx-note" });
  const box = element("div", { class: `ipx-pane ipx-${name}` }, title, image, note);
  return { box, title, image, note };
}

class View {
  constructor(studio, root) {
    this.studio = studio;
    this.seen = true;
    const { spec } = studio;
    const controls = studio.alone ? [studio.lead] : spec.controls;
    this.controls = controls.map((control) => controlOf(control, studio));
    this.now = pane("now");
    this.kept = pane("kept");
    this.kept.box.hidden = true;
    this.words = element("p", { class: "ipx-words", "aria-live": "polite", "aria-busy": "false" });
    this.source = element("p", { class: "ipx-source" });
    this.table = element("div", { class: "ipx-table", tabindex: "0", role: "region", ...own });
    this.table.setAttribute("aria-label", "The numbers as a table");
    this.code = element("code", { class: "ipx-code" });
    this.status = element("p", { class: "ipx-status", role: "status" });
    this.ahead = element("progress", { class: "ipx-ahead", max: "1", "aria-label": "Pictures painted ahead" });
    this.compare = button("Keep as A and compare", () => this.keep(), { "aria-pressed": "false" });
    root.classList.add("ipx");
    root.setAttribute("role", "group");
    root.setAttribute("aria-label", `Explorer: ${spec.title}`);
    root.append(
      element("p", { class: "ipx-heading" }, spec.title),
      element("p", { class: "ipx-question" }, spec.question),
      studio.alone ? "" : this.presets(),
      element("div", { class: "ipx-controls" }, ...this.controls.map(({ box }) => box)),
      element("div", { class: "ipx-panes" }, this.kept.box, this.now.box),
      this.words,
      this.source,
      element(
        "div",
        { class: "ipx-actions" },
        this.compare,
        studio.alone ? "" : button("Copy as code", () => this.copy()),
        button("Reset", () => this.reset()),
        studio.alone ? "" : this.ahead,
      ),
      this.code,
      this.status,
      folded("The numbers as a table", this.table),
      folded("What the controls mean", glossary(controls)),
      folded("What this model leaves out", listOf(spec.limits)),
    );
    this.code.hidden = true;
    this.hear("shown");
    this.hear("moved");
    this.hear("rested");
    if (studio.alone)
      this.status.textContent =
        "This page has no Python: only this slider moves. The notebook has the other controls.";
    this.watch(root);
  }

  // Frames are painted only for an explorer that the reader can see.
  watch(root) {
    if (typeof IntersectionObserver === "undefined") return this.studio.fill();
    this.observer = new IntersectionObserver(([entry]) => {
      this.seen = entry.isIntersecting;
      if (this.seen) setTimeout(() => this.studio.fill(), REST);
    });
    this.seen = false;
    this.observer.observe(root);
  }

  presets() {
    const { studio } = this;
    const group = element("div", { class: "ipx-presets", role: "group", "aria-label": "Presets" });
    for (const { label, meaning, values } of studio.spec.presets)
      group.append(button(label, () => studio.go({ ...values }), { title: meaning, "aria-description": meaning }));
    return group;
  }

  hear(event, detail) {
    const { studio } = this;
    if (event === "shown") this.paint();
    if (event === "moved") {
      for (const { place } of this.controls) place();
      this.words.setAttribute("aria-busy", "true");
      this.code.hidden = true;
      if (!studio.alone) this.status.textContent = "";
      this.differences();
    }
    if (event === "rested") {
      this.words.setAttribute("aria-busy", "false");
      this.table.replaceChildren(tableOf(studio.current.words.table));
    }
    if (event === "filled") {
      this.ahead.value = studio.ready();
      this.ahead.hidden = studio.ready() === 1;
    }
    if (event === "silent")
      this.status.textContent =
        "Python does not answer. It may be busy; if the kernel was restarted, run this cell again.";
    if (event === "failed") this.status.textContent = `This setting could not be drawn: ${detail}`;
  }

  paint() {
    const { words, url } = this.studio.current;
    this.now.title.textContent = words.title;
    this.now.image.src = url;
    this.now.image.alt = `${words.title} ${words.reading}`;
    this.words.textContent = words.reading;
    this.source.textContent = `Source: ${words.source}`;
    if (this.words.getAttribute("aria-busy") === "false")
      this.table.replaceChildren(tableOf(words.table));
  }

  keep() {
    const { studio } = this;
    if (this.held) {
      this.held.picture.kept = false;
      this.held = null;
    } else {
      this.held = { picture: studio.current, values: { ...studio.values } };
      this.held.picture.kept = true;
      this.kept.title.textContent = `A: ${studio.current.words.title}`;
      this.kept.image.src = studio.current.url;
      this.kept.image.alt = `A: ${studio.current.words.title} ${studio.current.words.reading}`;
    }
    this.kept.box.hidden = !this.held;
    this.now.box.parentElement.classList.toggle("ipx-comparing", Boolean(this.held));
    this.compare.textContent = this.held ? "Drop A" : "Keep as A and compare";
    this.compare.setAttribute("aria-pressed", String(Boolean(this.held)));
    this.differences();
  }

  differences() {
    if (!this.held) return this.now.note.replaceChildren();
    const { studio, held } = this;
    const changed = studio.spec.controls.filter(({ name }) => held.values[name] !== studio.values[name]);
    const list = (values) =>
      changed.map((control) => `${control.label} ${said(control, values[control.name])}`).join("; ");
    this.kept.note.textContent = changed.length ? list(held.values) : "Same setting as now.";
    this.now.note.textContent = changed.length ? list(studio.values) : "Same setting as A.";
  }

  async copy() {
    const text = call(this.studio.spec, this.studio.values);
    this.code.textContent = text;
    this.code.hidden = false;
    try {
      await navigator.clipboard.writeText(text);
      this.status.textContent = "Copied. Paste it into a cell to open the explorer at this setting.";
    } catch {
      getSelection().selectAllChildren(this.code);
      this.status.textContent = "The browser did not allow copying: the code is selected, copy it by hand.";
    }
  }

  reset() {
    if (this.held) this.keep();
    this.studio.go({ ...this.studio.spec.start });
  }

  close() {
    this.observer?.disconnect();
    this.studio.views.delete(this);
    if (!this.studio.views.size) this.studio.close();
  }
}

function glossary(controls) {
  const list = element("dl");
  for (const { label, meaning, source, kind, low, high, unit } of controls) {
    const range = kind === "real" ? ` From ${low} to ${high}${unit ? ` ${unit}` : ""}.` : "";
    list.append(element("dt", {}, label), element("dd", {}, `${meaning}${range} Source: ${source}.`));
  }
  return list;
}

function listOf(sentences) {
  return element("ul", {}, ...sentences.map((sentence) => element("li", {}, sentence)));
}

function render({ model, el }) {
  if (!studios.has(model)) studios.set(model, new Studio(model));
  const studio = studios.get(model);
  const root = element("div");
  el.append(root);
  const view = new View(studio, root);
  studio.views.add(view);
  return () => view.close();
}

export default { render };
