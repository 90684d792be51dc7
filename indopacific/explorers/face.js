// The face of every explorer: one script for JupyterLab, Python in the browser, and a static page.
//
// `Studio` holds what is known of one explorer (setting, pictures, what has been asked) and is
// shared by all its views; `render` builds one view. The studio talks to anything that has
// get, set, save_changes, on and send, so a page without a kernel brings its own small model.

const PATIENCE = 800; // ms without an answer before the picture is marked as an old one
const KERNEL_PATIENCE = 4000; // ms without an answer before the reader is told what to do
const REST = 250; // ms without a move before the setting is reported and spoken
const PACE = 60; // ms between two requests for frames: stays below Jupyter's data-rate limit
const HANDFUL = 3; // frames a request: a live picture never waits longer than these take
const REACH = 16; // steps ahead of a moving slider for which frames are painted
const FEW = 6; // a slider with no more steps has buttons to go through them
const ROOM = 24e6; // bytes of pictures that the explorers of a page keep together: about a thousand

const studios = new WeakMap();

// The pictures of all explorers of a page; the longest unused goes first.
class Shelf {
  constructor() {
    this.pictures = new Set();
    this.bytes = 0;
  }

  add(made) {
    this.pictures.add(made);
    this.bytes += made.bytes;
    for (const old of this.pictures) {
      if (this.bytes <= ROOM || old === made) break;
      if (!old.studio.uses(old)) old.studio.drop(old);
    }
  }

  touch(made) {
    this.pictures.delete(made);
    this.pictures.add(made);
  }

  remove(made) {
    if (this.pictures.delete(made)) this.bytes -= made.bytes;
  }
}

// In a notebook every explorer runs this script anew: what they share belongs to the page.
const shelf = (globalThis.indopacificShelf ??= new Shelf());

class Studio {
  constructor(model) {
    this.model = model;
    this.spec = model.get("spec");
    this.lead = this.spec.controls.find((control) => control.name === this.spec.lead);
    this.values = { ...model.get("values") };
    this.axis = this.lead; // the slider that the reader touched last: frames are painted along it
    this.heading = 0; // which way it went: 1 up, -1 down
    this.pictures = new Map(); // setting -> picture
    this.views = new Set();
    this.asked = null;
    this.alone = Boolean(this.spec.static);
    this.lost = false; // the kernel that painted for us was restarted
    this.current = picture(model.get("words"), model.get("picture"));
    this.shown = { ...this.values }; // the setting of the picture that stands there
    this.put(this.values, this.current);
    const { settings, frames } = model.get("ahead") ?? { settings: [], frames: [] };
    for (const { setting, place, words, png } of frames) {
      this.put({ ...settings[setting], [this.lead.name]: this.lead.stops[place] }, picture(words, png));
    }
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
    for (const timer of [this.resting, this.doubt, this.worry]) clearTimeout(timer);
    this.moving = true; // no frames are asked for any more
    for (const made of this.pictures.values()) this.drop(made);
    studios.delete(this.model);
  }

  // What the reader or Python wants to see. The newest wish wins.
  go(values, report = true) {
    this.heading = Math.sign(values[this.axis.name] - this.values[this.axis.name]) || this.heading;
    this.values = values;
    const ready = this.found(values);
    if (ready) this.show(ready, values);
    else if (!this.asked) this.ask();
    this.fetch();
    this.tell("moved");
    if (!ready && this.lost) this.tell("silent");
    clearTimeout(this.resting);
    this.moving = true;
    this.resting = setTimeout(() => this.rest(report), REST);
    this.fill();
  }

  // A reader who comes near a slider may move it: it is the one along which frames are painted.
  touch(control) {
    if (this.alone || control.kind !== "real" || control === this.axis) return;
    this.axis = control;
    this.heading = 0;
    this.fill();
  }

  rest(report) {
    this.moving = false;
    this.tell("rested");
    if (report && !this.alone && !this.lost && !this.isRefused())
      this.reach(() => {
        this.model.set("values", this.values);
        this.model.save_changes();
      });
    this.fill();
  }

  show(made, values) {
    this.current = made;
    this.shown = { ...values };
    this.tell("shown");
  }

  // Whether the picture that stands there is of another setting than the controls.
  stale() {
    return !same(this.shown, this.values);
  }

  // Whether Python could not draw the setting of the controls: a reader may write anything.
  isRefused() {
    return Boolean(this.refused) && same(this.refused, this.values);
  }

  ask() {
    if (this.alone || this.lost) return;
    this.asked = { ...this.values };
    this.send({ request: "show", settings: [this.asked] });
  }

  // Frames around the touched slider's place first, or before it where it moves; one request at a
  // time, and none while a picture is awaited.
  fill() {
    if (this.alone || this.lost || this.asked || this.filling || !this.seen()) return;
    if (this.isRefused()) return;
    const settings = this.line()
      .filter(({ far }) => !this.moving || this.isBefore(far))
      .map(({ values }) => values)
      .filter((values) => !this.pictures.has(this.key(values)))
      .slice(0, HANDFUL);
    if (!this.moving) this.tell("filled");
    if (!settings.length) return;
    this.filling = true;
    this.send({ request: "frames", settings });
  }

  // The settings along the touched slider, the nearest first, and how many steps up each is.
  line() {
    const { name, stops } = this.axis;
    const here = nearest(stops, this.values[name]);
    return stops
      .map((value, place) => ({ far: place - here, values: { ...this.values, [name]: value } }))
      .sort((a, b) => Math.abs(a.far) - Math.abs(b.far));
  }

  isBefore(far) {
    const way = far * this.heading;
    return way > 0 && way <= REACH;
  }

  send(message) {
    this.calm();
    this.doubt = setTimeout(() => this.tell("waiting"), PATIENCE);
    this.worry = setTimeout(() => this.tell("silent"), KERNEL_PATIENCE);
    this.reach(() => this.model.send(message));
  }

  // After its kernel was restarted, JupyterLab throws at whoever still speaks to it.
  reach(speak) {
    try {
      speak();
    } catch {
      this.calm();
      this.lost = true;
      this.asked = null;
      this.filling = false;
      this.tell("silent");
    }
  }

  calm() {
    for (const timer of [this.doubt, this.worry]) clearTimeout(timer);
  }

  // An answer says `to` what it is one, for the controls may stand elsewhere by now.
  answered({ to, words, problem }, buffers) {
    this.calm();
    const pictures = problem ? [] : words.map((each, i) => picture(each, buffers[i]));
    const made = pictures.map((each, i) => this.put(to.settings[i], each));
    if (to.request === "frames") {
      this.filling = false;
      // A frame that fails is no matter yet: a reader who goes there will be told.
      if (!problem) setTimeout(() => this.fill(), PACE);
      return;
    }
    const [values] = to.settings;
    this.asked = null;
    this.refused = problem ? values : null;
    if (!problem && this.stale()) this.show(made[0], values);
    if (this.isRefused()) this.tell("failed", problem);
    else if (this.stale()) this.go(this.values);
    else this.fill();
  }

  // Keeps a picture and returns the one that is kept: a picture and a frame of one setting may
  // both have been under way.
  put(values, made) {
    const known = this.found(values);
    if (known) {
      made.release();
      return known;
    }
    made.studio = this;
    made.key = this.key(values);
    this.pictures.set(made.key, made);
    shelf.add(made);
    return made;
  }

  drop(made) {
    this.pictures.delete(made.key);
    shelf.remove(made);
    made.release();
  }

  uses(made) {
    return made === this.current || [...this.views].some((view) => view.held?.picture === made);
  }

  // The picture of a setting, which is now the one used last.
  found(values) {
    const made = this.pictures.get(this.key(values));
    if (made) shelf.touch(made);
    return made;
  }

  // On a page the pictures are files: they are fetched once a reader comes near, the nearest first.
  fetch() {
    if (!this.alone) return;
    for (const { values } of [...this.line(), ...this.spec.presets]) this.pictures.get(this.key(values))?.fetch();
  }

  key(values) {
    return JSON.stringify(this.spec.controls.map(({ name }) => values[name]));
  }

  // How many pictures along the touched slider are painted, and how many there are.
  ready() {
    const line = this.line();
    return [line.filter(({ values }) => this.pictures.has(this.key(values))).length, line.length];
  }

  seen() {
    return [...this.views].some((view) => view.seen);
  }

  tell(event, detail) {
    for (const view of this.views) view.hear(event, detail);
  }
}

// Of bytes from Python, or of an address on a page, which keeps its own files.
function picture(words, png) {
  if (typeof png === "string") return { words, url: png, bytes: 0, fetch: once(png), release() {} };
  const url = URL.createObjectURL(new Blob([png], { type: "image/png" }));
  const image = new Image();
  image.src = url;
  image.decode?.().catch(() => {});
  const release = () => URL.revokeObjectURL(url);
  return { words, url, bytes: png.byteLength, image, fetch() {}, release };
}

function once(url) {
  let image = null;
  return () => {
    if (image) return;
    image = new Image();
    image.src = url;
  };
}

// A setting from Python may lie between two stops.
function nearest(stops, value) {
  const far = stops.map((stop) => Math.abs(stop - value));
  return far.indexOf(Math.min(...far));
}

const same = (a, b) => Object.keys(a).every((name) => a[name] === b[name]);

const decimals = (number) => (String(number).split(".")[1] ?? "").length;

function said(control, value) {
  if (control.kind === "entry") return `“${value}”`;
  if (control.kind === "choice") return value;
  const digits = Math.max(decimals(control.step), decimals(value));
  return value.toFixed(digits) + (control.unit ? ` ${control.unit}` : "");
}

function call(spec, values) {
  const changed = spec.controls
    .filter(({ name }) => values[name] !== spec.defaults[name])
    .map(({ name }) => `${name}=${JSON.stringify(values[name])}`);
  return `explore(${[JSON.stringify(spec.name), ...changed].join(", ")})`;
}

let made = 0;

function controlOf(control, studio) {
  const id = `ipx-${(made += 1)}`;
  const help = `${id}-help`;
  // The slider speaks its own value; the output would say it a second time.
  const output = element("output", { for: id, "aria-live": "off" });
  const before = element("span", { class: "ipx-before", id: `${id}-before` });
  const offered = control.options?.map((option) => element("option", { value: option }, option));
  const { stops, longest: maxlength } = control;
  const real = control.kind === "real";
  const list = `${id}-list`;
  const input = {
    choice: () => element("select", { id, ...own }, ...offered),
    entry: () => element("input", { id, type: "text", maxlength, list, spellcheck: "false", ...own }),
    // A slider counts its stops.
    real: () => element("input", { id, type: "range", min: 0, max: stops.length - 1, ...own }),
  }[control.kind]();
  input.setAttribute("aria-describedby", `${help} ${id}-before`);
  input.dataset.name = control.name;
  const take = () => {
    const value = real ? stops[input.value] : input.value;
    studio.touch(control);
    if (value !== studio.values[control.name]) studio.go({ ...studio.values, [control.name]: value });
  };
  for (const near of ["pointerenter", "focus", "touchstart"])
    input.addEventListener(near, () => studio.touch(control), { passive: true });
  // A line that is being written is not a setting yet: Enter or leaving the field makes it one.
  // JupyterLab keeps the browser from telling of Enter by itself.
  input.addEventListener(control.kind === "entry" ? "change" : "input", take);
  if (control.kind === "entry")
    input.addEventListener("keydown", ({ key }) => {
      if (key === "Enter") take();
    });
  const few = real && stops.length <= FEW + 1;
  const here = () => nearest(stops, studio.values[control.name]);
  const go = (by) => {
    const value = stops[here() + by];
    if (value !== undefined) studio.go({ ...studio.values, [control.name]: value });
  };
  const back = button("Back", () => go(-1), { "aria-label": `${control.label}: one back` });
  const next = button("Next", () => go(1), { "aria-label": `${control.label}: one further` });
  const place = () => {
    const value = studio.values[control.name];
    const stand = String(real ? here() : value);
    if (stand !== input.value) input.value = stand;
    if (!real) return;
    // Not `disabled`: a button that is would lose the focus of who has just pressed it.
    back.setAttribute("aria-disabled", String(value <= stops[0]));
    next.setAttribute("aria-disabled", String(value >= stops.at(-1)));
    const text = said(control, value);
    if (output.value !== text) output.value = text;
    input.setAttribute("aria-valuetext", text);
  };
  const box = element(
    "div",
    { class: "ipx-control", title: `${control.name}: ${control.meaning}` },
    element("label", { for: id }, control.label),
    input,
    real ? output : "",
    few ? element("div", { class: "ipx-steps" }, back, next) : "",
    control.kind === "entry" ? element("datalist", { id: list }, ...offered) : "",
    before,
    element("span", { id: help, class: "ipx-spoken" }, control.meaning),
  );
  // With a setting kept as A, a control that stands elsewhere says where it stood.
  const mark = (held) => {
    const differs = Boolean(held) && held[control.name] !== studio.values[control.name];
    const text = differs ? `A: ${said(control, held[control.name])}` : "";
    if (before.textContent !== text) before.textContent = text;
    box.classList.toggle("ipx-differs", differs);
  };
  return { box, place, mark };
}

function presetOf({ label, meaning, values }, studio) {
  const about = { title: meaning, "aria-description": meaning, "aria-pressed": "false" };
  const box = button(label, () => studio.go({ ...values }), about);
  return { box, mark: () => box.setAttribute("aria-pressed", String(same(values, studio.values))) };
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
    this.root = root;
    this.seen = true;
    const { spec } = studio;
    const controls = studio.alone ? [studio.lead] : spec.controls;
    this.controls = controls.map((control) => controlOf(control, studio));
    this.now = pane("now");
    this.kept = pane("kept");
    this.kept.box.hidden = true;
    this.words = element("p", { class: "ipx-words", "aria-live": "polite", "aria-busy": "false" });
    this.source = element("p", { class: "ipx-source" });
    this.table = element("div", { class: "ipx-table", tabindex: "0", role: "group", ...own });
    this.table.setAttribute("aria-label", "The numbers as a table");
    this.code = element("code", { class: "ipx-code" });
    this.status = element("span", { class: "ipx-status", role: "status" });
    this.back = button("Back to this picture's setting", () => this.studio.go({ ...this.studio.shown }));
    this.done = element("span", { class: "ipx-done", role: "status" });
    this.ahead = element("span", { class: "ipx-ahead" });
    this.rest = element("p", { class: "ipx-rest" });
    this.compare = button("Keep as A and compare", () => this.keep(), { "aria-pressed": "false" });
    this.flip = button("Look at A", () => this.look(!this.looking), { "aria-pressed": "false", class: "ipx-flip" });
    this.presets = spec.presets.map((preset) => presetOf(preset, studio));
    root.classList.add("ipx");
    root.classList.toggle("ipx-alone", studio.alone);
    root.setAttribute("role", "group");
    root.setAttribute("aria-label", `Explorer: ${spec.title}`);
    root.append(
      element("p", { class: "ipx-heading" }, spec.title),
      element("p", { class: "ipx-question" }, spec.question),
      element(
        "div",
        { class: "ipx-presets", role: "group", "aria-label": "Presets" },
        ...this.presets.map(({ box }) => box),
      ),
      element(
        "div",
        { class: "ipx-stage" },
        element("div", { class: "ipx-controls" }, ...this.controls.map(({ box }) => box), this.rest),
        element("div", { class: "ipx-notice" }, this.status, this.back),
        element("div", { class: "ipx-panes" }, this.kept.box, this.now.box),
      ),
      this.words,
      this.source,
      element(
        "div",
        { class: "ipx-actions" },
        this.compare,
        this.flip,
        button("Copy as code", () => this.copy()),
        button("Reset", () => this.reset()),
        studio.alone ? "" : this.ahead,
      ),
      this.code,
      this.done,
      folded("The numbers as a table", this.table),
      folded("What the controls mean", glossary(spec.controls)),
      folded("What this model leaves out", listOf(spec.limits)),
    );
    for (const part of [this.code, this.back, this.flip]) part.hidden = true;
    this.hear("shown");
    this.hear("moved");
    this.hear("rested");
    if (studio.alone) {
      this.status.textContent =
        `On this page ${studio.lead.label} and the presets move. In JupyterLab every control does.`;
    for (const near of ["pointerenter", "focusin", "touchstart"])
      root.addEventListener(near, () => studio.fetch(), { once: true, passive: true });
    }
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

  hear(event, detail) {
    const { studio } = this;
    if (event === "shown") this.paint();
    if (event === "moved") {
      for (const { place } of this.controls) place();
      for (const { mark } of this.presets) mark();
      this.settle();
      this.words.setAttribute("aria-busy", "true");
      this.code.hidden = true;
      this.done.textContent = "";
      this.quiet();
      this.look(false);
      this.differences();
    }
    if (event === "rested") {
      this.words.setAttribute("aria-busy", "false");
      this.table.replaceChildren(tableOf(studio.current.words.table));
    }
    if (event === "filled") {
      const [ready, all] = studio.ready();
      this.ahead.textContent = `${studio.axis.label}: ${ready} of ${all} pictures ready`;
      this.ahead.hidden = ready === all;
    }
    if (event === "waiting" && studio.stale()) this.say("Python is at work. The picture is still the one before.");
    if (event === "silent") {
      this.ahead.hidden = true;
      this.say(this.remedy(), studio.stale());
    }
    if (event === "failed") this.say(`This setting could not be drawn: ${detail}`, studio.stale());
  }

  // Where a page cannot move a control, it says in words where that stands.
  settle() {
    const { alone, lead, spec, values } = this.studio;
    const others = spec.controls.filter((control) => control !== lead);
    const told = others.map((control) => `${control.label} ${said(control, values[control.name])}`);
    this.rest.hidden = !alone || !others.length;
    this.rest.textContent = `Held: ${told.join("; ")}.`;
  }

  // What a reader can do when no new picture comes, said where the picture is.
  remedy() {
    const { studio } = this;
    const old = studio.stale() ? "The picture is of another setting than the controls. " : "";
    const why = studio.lost
      ? "Python was restarted and no longer knows this explorer. "
      : "Python does not answer: it may be busy, or it was stopped. ";
    const [ready] = studio.ready();
    const still = ready > 1 ? `${studio.axis.label} still moves (${ready} pictures are ready). ` : "";
    return `${old}${why}${still}To go on, run this cell again: click it and press Shift+Enter.`;
  }

  // Nothing to say, unless Python is gone for good.
  quiet() {
    const { studio } = this;
    if (!studio.alone) this.say(studio.lost ? this.remedy() : "", studio.lost && studio.stale());
  }

  say(text, back = false) {
    if (this.status.textContent !== text) this.status.textContent = text;
    this.back.hidden = !back;
    this.now.box.classList.toggle("ipx-stale", Boolean(text) && this.studio.stale());
  }

  paint() {
    const { words, url } = this.studio.current;
    this.now.title.textContent = words.title;
    this.now.image.src = url;
    this.now.image.alt = `${words.title} ${words.reading}`;
    this.words.textContent = words.reading;
    this.source.textContent = `Source: ${words.source}`;
    if (!this.studio.stale()) this.quiet();
    if (this.words.getAttribute("aria-busy") === "false")
      this.table.replaceChildren(tableOf(words.table));
  }

  keep() {
    const { studio } = this;
    if (this.held) this.held = null;
    else {
      this.held = { picture: studio.current, values: { ...studio.shown } };
      this.kept.title.textContent = `A: ${studio.current.words.title}`;
      this.kept.image.src = studio.current.url;
      this.kept.image.alt = `A: ${studio.current.words.title} ${studio.current.words.reading}`;
    }
    this.kept.box.hidden = this.flip.hidden = !this.held;
    this.root.classList.toggle("ipx-comparing", Boolean(this.held));
    this.look(false);
    this.compare.textContent = this.held ? "Drop A" : "Keep as A and compare";
    this.compare.setAttribute("aria-pressed", String(Boolean(this.held)));
    this.differences();
  }

  // Where two pictures side by side would be too small to read, one place shows either.
  look(looking) {
    this.looking = looking;
    this.root.classList.toggle("ipx-looking", looking);
    this.flip.textContent = looking ? "Look at now" : "Look at A";
    this.flip.setAttribute("aria-pressed", String(looking));
  }

  differences() {
    for (const { mark } of this.controls) mark(this.held?.values);
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
    this.done.textContent = (await copied(text, this.code))
      ? "Copied. Paste it into a cell to open the explorer at this setting."
      : "The browser did not allow copying: the code is selected, copy it by hand.";
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
  for (const { name, label, meaning, source, kind, low, high, unit } of controls) {
    const range = kind === "real" ? ` From ${low} to ${high}${unit ? ` ${unit}` : ""}.` : "";
    list.append(element("dt", {}, `${label} `, element("code", {}, name)), element("dd", {}, `${meaning}${range} ${source}`));
  }
  return list;
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
