// Every answer was worked out by Python beforehand: this finds the place and shows what is there.

const NEAR = { mouse: 9, pen: 12, touch: 24, keys: 9 }; // pixels from a mark that still mean it
const EXACT = 0.3; // degrees: who types coordinates means that very point, and a place's are rounded
const CLOSEST = 16;
const NAMED = 8; // from so much closer on every mark bears its name
const SHAPES = {
  yes: "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z",
  no: "M-5.5 -3.2L-3.2 -5.5L0 -2.3L3.2 -5.5L5.5 -3.2L2.3 0L5.5 3.2L3.2 5.5L0 2.3L-3.2 5.5L-5.5 3.2L-2.3 0z",
  contested: "M0 -6L6 0L0 6L-6 0z",
};

function drawn(tag, attributes = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

class WorldMap {
  constructor(atlas, root) {
    this.atlas = atlas;
    this.kind = "territory";
    this.owner = "party";
    this.asked = null;
    const { width, height } = atlas.frame;
    this.whole = { x: 0, y: 0, w: width, h: height };
    this.view = { ...this.whole };
    this.cross = { x: 0.66 * width, y: height / 2 };
    root.classList.add("ipm");
    root.setAttribute("role", "group");
    root.setAttribute("aria-label", atlas.title);
    this.status = element("div", { class: "ipm-status", role: "status" });
    this.spot = element("p", { class: "ipm-spot", "aria-live": "polite" });
    this.table = element("div", { class: "ipm-wide", tabindex: 0, role: "region", "aria-label": "All answers" });
    this.all = folded("All answers as a table", this.table);
    root.append(
      element("p", { class: "ipm-heading" }, atlas.title),
      element("p", {}, atlas.about),
      this.choices(),
      this.drawing(),
      this.steering(),
      this.spot,
      this.legend(),
      this.status,
      this.all,
      folded("What the answers leave out", listOf(atlas.limits)),
    );
    new ResizeObserver(() => this.fit()).observe(this.svg);
    this.say();
  }

  // ---------------------------------------------------------------- what can be chosen

  choices() {
    const { kinds, owners, places } = this.atlas;
    this.kinds = pressed(kinds, (kind) => this.choose({ kind }), "What is attacked");
    this.owners = pressed(owners, (owner) => this.choose({ owner }), "Whose");
    this.list = element("select", { ...own, onchange: () => this.pick() }, element("option", { value: "" }, "Choose a place"));
    const options = places.map(({ name, holder }, n) => element("option", { value: n }, name === holder ? name : `${name} (${holder})`));
    this.list.append(...options.sort((one, other) => one.textContent.localeCompare(other.textContent, "en")));
    const number = (label, most) =>
      element("input", { type: "number", step: "any", min: -most, max: most, ...own, placeholder: label });
    this.latitude = number("Latitude", 90);
    this.longitude = number("Longitude", 180);
    this.wrong = element("p", { class: "ipm-wrong", role: "alert" });
    const form = element(
      "form",
      { class: "ipm-row", onsubmit: (event) => this.locate(event) },
      element("label", {}, "Latitude (south is negative) ", this.latitude),
      element("label", {}, "Longitude (west is negative) ", this.longitude),
      element("button", { ...own }, "Ask there"),
    );
    form.noValidate = true;
    return element(
      "div",
      { class: "ipm-choices" },
      this.kinds.group,
      this.owners.group,
      element("label", { class: "ipm-row" }, "Place ", this.list),
      form,
      this.wrong,
    );
  }

  choose(what) {
    Object.assign(this, what);
    this.say();
  }

  pick() {
    this.wrong.textContent = "";
    this.asked = this.list.value === "" ? null : { place: Number(this.list.value) };
    if (this.asked) this.cross = { x: this.here().x, y: this.here().y };
    this.show();
    this.say();
  }

  locate(event) {
    event.preventDefault();
    const given = [
      ["latitude", this.latitude, 90],
      ["longitude", this.longitude, 180],
    ];
    for (const [name, input, most] of given) {
      const value = input.value.trim() === "" ? NaN : Number(input.value);
      if (Number.isFinite(value) && Math.abs(value) <= most) continue;
      this.wrong.textContent = `The ${name} must be a number from -${most} to ${most}.`;
      input.focus();
      return;
    }
    this.wrong.textContent = "";
    this.ask(this.at(Number(this.latitude.value), Number(this.longitude.value)), this.exact());
  }

  // ---------------------------------------------------------------- the drawing

  drawing() {
    const { atlas } = this;
    const hatch = `ipm-hatch-${Math.random().toString(36).slice(2)}`;
    this.hatch = drawn(
      "pattern",
      { id: hatch, width: 8, height: 8, patternUnits: "userSpaceOnUse" },
      drawn("rect", { width: 8, height: 8, class: "ipm-bare" }),
      drawn("path", { d: "M0 8L8 0M-2 2L2 -2M6 10L10 6", class: "ipm-hatch" }),
    );
    const [west, east, y] = atlas.line;
    this.land = drawn("path", { d: atlas.land, class: "ipm-land", "fill-rule": "evenodd" });
    this.marks = atlas.places.map(({ name }) => drawn("path", {}, drawn("title", {}, name)));
    this.names = atlas.places.map(({ name }) => {
      const text = drawn("text", { class: "ipm-name", x: 14, y: 4 });
      text.textContent = name;
      return text;
    });
    this.ring = drawn("circle", { r: 10, class: "ipm-ring" });
    this.name = drawn("text", { class: "ipm-name" });
    this.hair = drawn("path", { d: "M-14 0H-4M4 0H14M0 -14V-4M0 4V14", class: "ipm-cross" });
    const open = { counts: { class: "ipm-counts" }, open: { class: "ipm-open", fill: `url(#${hatch})` } };
    this.svg = drawn(
      "svg",
      {
        class: "ipm-map",
        role: "application",
        tabindex: 0,
        ...own,
        "aria-label": "World map. Arrow keys move a cross, with Shift in small steps. Enter asks there. Plus and minus come closer and go farther.",
      },
      drawn("defs", {}, this.hatch),
      drawn(
        "g",
        { "aria-hidden": "true" },
        ...atlas.areas.map(({ kind, path }) => drawn("path", { d: path, ...open[kind] })),
        this.land,
        drawn("path", { d: `M${west} ${y}H${east}`, class: "ipm-tropic" }),
        ...this.marks,
        ...this.names,
        this.ring,
        this.hair,
        this.name,
      ),
    );
    this.svg.addEventListener("click", (event) => this.click(event));
    this.svg.addEventListener("keydown", (event) => this.key(event));
    return this.svg;
  }

  steering() {
    const go = (label, onclick) => button(label, onclick);
    this.steers = [
      go("Closer", () => this.zoom(2)),
      go("Farther", () => this.zoom(0.5)),
      go("Whole map", () => this.zoom(0)),
      ...[["West", -1, 0], ["East", 1, 0], ["North", 0, -1], ["South", 0, 1]].map(([label, x, y]) =>
        go(label, () => this.pan(x / 3, y / 3)),
      ),
    ];
    return element("div", { class: "ipm-row", role: "group", "aria-label": "Part of the map" }, ...this.steers);
  }

  legend() {
    const { answers } = this.atlas;
    const mark = (kind) => drawn("svg", { viewBox: "-7 -7 14 14", class: "ipm-key" }, drawn("path", { d: SHAPES[kind], class: `ipm-mark ipm-${kind}` }));
    const swatch = (kind) => element("span", { class: `ipm-swatch ipm-swatch-${kind}` });
    const entries = [
      ...Object.entries(answers).map(([kind, said]) => [mark(kind), said]),
      [swatch("counts"), "Sea where ships count"],
      [swatch("open"), "Sea that the text leaves open"],
      [swatch("line"), "Tropic of Cancer, where it counts"],
    ];
    return element("ul", { class: "ipm-legend", "aria-label": "Marks" }, ...entries.map(([sign, said]) => element("li", {}, sign, ` ${said}`)));
  }

  // ---------------------------------------------------------------- where things are

  at(latitude, longitude) {
    const { scale, cut, north, stretch } = this.atlas.frame;
    return { x: ((((longitude - cut) % 360) + 360) % 360) * scale, y: (north - latitude) * stretch * scale };
  }

  position({ x, y }) {
    const { scale, cut, north, stretch } = this.atlas.frame;
    return { latitude: north - y / scale / stretch, longitude: ((x / scale + cut + 180) % 360) - 180 };
  }

  words(point) {
    const { latitude, longitude } = this.position(point);
    const [up, across] = [latitude, longitude].map((value) => Math.round(value * 10) / 10);
    return `${Math.abs(up).toFixed(1)} ${up < 0 ? "S" : "N"}, ${Math.abs(across).toFixed(1)} ${across < 0 ? "W" : "E"}`;
  }

  // The class of the cell of a point of the sea.
  cell(point) {
    const { latitude } = this.position(point);
    const { top, scale } = this.atlas.frame;
    const rows = this.atlas.seas.rows;
    const row = rows[Math.min(rows.length - 1, Math.max(0, Math.floor(top - latitude)))];
    let column = Math.min(359, Math.floor(point.x / scale));
    for (const [kind, length] of row) {
      if (column < length) return kind;
      column -= length;
    }
    return row[row.length - 1][0];
  }

  here() {
    if (this.asked === null) return null;
    return this.asked.place === undefined ? this.asked : this.atlas.places[this.asked.place];
  }

  nearest({ x, y }) {
    return this.atlas.places
      .map((place, n) => [Math.hypot(place.x - x, place.y - y), n])
      .sort(([one], [other]) => one - other);
  }

  // Units of the drawing in one pixel.
  unit() {
    return this.view.w / (this.svg.clientWidth || 900);
  }

  // ---------------------------------------------------------------- asking

  click(event) {
    const matrix = this.svg.getScreenCTM();
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
    const { width, height } = this.atlas.frame;
    if (point.x < 0 || point.y < 0 || point.x > width || point.y > height) return;
    this.ask({ x: point.x, y: point.y }, (NEAR[event.pointerType] || NEAR.mouse) * this.unit());
  }

  exact() {
    return EXACT * this.atlas.frame.scale;
  }

  // The place whose mark lies within `near` of a point, in units of the drawing, or the point.
  ask(point, near) {
    const [[distance, place]] = this.nearest(point);
    this.asked =
      distance <= near
        ? { place, beside: distance > this.exact() }
        : { ...point, land: this.land.isPointInFill(point) };
    this.cross = { x: this.here().x, y: this.here().y };
    this.list.value = this.asked.place === undefined ? "" : place;
    this.spot.textContent = "";
    this.wrong.textContent = "";
    this.show();
    this.say();
  }

  key(event) {
    const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in moves) {
      const step = (this.view.w / 72) * (event.shiftKey ? 0.1 : 1);
      const { width, height } = this.atlas.frame;
      const [x, y] = moves[event.key];
      // Round the world to the west and the east, not over the poles.
      this.cross.x = (this.cross.x + x * step + width) % width;
      this.cross.y = Math.min(height, Math.max(0, this.cross.y + y * step));
      this.show();
      const [[distance, place]] = this.nearest(this.cross);
      const named = distance <= NEAR.keys * this.unit() ? `, at ${this.atlas.places[place].name}` : "";
      this.spot.textContent = `Cross at ${this.words(this.cross)}${named}. Enter asks.`;
    } else if (event.key === "Enter" || event.key === " ") this.ask({ ...this.cross }, NEAR.keys * this.unit());
    else if (event.key === "+" || event.key === "=") this.zoom(2);
    else if (event.key === "-") this.zoom(0.5);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  // ---------------------------------------------------------------- which part is in view

  // Height of the map on the page, as a share of its width; higher than the whole map if narrow.
  shape() {
    return this.svg.clientHeight / this.svg.clientWidth || this.whole.h / this.whole.w;
  }

  // A narrow map begins with the part that fills it; a reader who has moved keeps their part.
  fit() {
    const { whole } = this;
    if (!this.moved) this.view.w = Math.min(whole.w, whole.h / this.shape());
    this.centre(this.view.w, this.moved ? this.view.x + this.view.w / 2 : this.cross.x);
  }

  zoom(times) {
    const { whole } = this;
    this.moved = true;
    this.centre(times === 0 ? whole.w : Math.min(whole.w, Math.max(whole.w / CLOSEST, this.view.w / times)), this.cross.x, this.cross.y);
  }

  pan(x, y) {
    const { view } = this;
    this.moved = true;
    this.centre(view.w, view.x + (x + 0.5) * view.w, view.y + (y + 0.5) * view.h);
  }

  centre(w, x, y = this.view.y + this.view.h / 2) {
    const { whole } = this;
    const h = w * this.shape();
    const held = (middle, size, most) => (size >= most ? (most - size) / 2 : Math.min(Math.max(0, middle - size / 2), most - size));
    this.view = { x: held(x, w, whole.w), y: held(y, h, whole.h), w, h };
    this.place();
  }

  // Brings the cross into view.
  show() {
    const { view, cross } = this;
    const inside = cross.x >= view.x && cross.x <= view.x + view.w && cross.y >= view.y && cross.y <= view.y + view.h;
    if (inside) this.place();
    else this.centre(view.w, cross.x, cross.y);
  }

  place() {
    const { x, y, w, h } = this.view;
    this.svg.setAttribute("viewBox", `${x} ${y} ${w} ${h}`);
    const unit = this.unit();
    const put = (node, point, size = unit) => node.setAttribute("transform", `translate(${point.x} ${point.y}) scale(${size})`);
    const small = Math.min(1, 0.4 + this.svg.clientWidth / 1000);
    this.marks.forEach((mark, n) => put(mark, this.atlas.places[n], unit * small));
    this.hatch.setAttribute("patternTransform", `scale(${unit})`);
    put(this.hair, this.cross);
    const here = this.here();
    this.names.forEach((name, n) => {
      const shown = w * NAMED < 1.01 * this.whole.w && n !== this.asked?.place;
      name.style.display = shown ? "" : "none";
      if (shown) put(name, this.atlas.places[n]);
    });
    this.ring.style.display = this.name.style.display = here ? "" : "none";
    if (here) {
      put(this.ring, here);
      const left = here.x > x + 0.7 * w;
      this.name.textContent = here.name ?? "";
      this.name.setAttribute("text-anchor", left ? "end" : "start");
      put(this.name, { x: here.x + (left ? -14 : 14) * unit, y: here.y + 4 * unit });
    }
    const { whole } = this;
    const [far, high] = [w > 0.99 * whole.w, h > 0.99 * whole.h];
    const idle = [w < (1.01 * whole.w) / CLOSEST, far, far, far, far, high, high];
    this.steers.forEach((each, n) => each.setAttribute("aria-disabled", String(idle[n])));
  }

  // ---------------------------------------------------------------- what is said

  verdict(place, kind = this.kind, owner = this.owner) {
    const found = place.verdicts[kind];
    return this.atlas.verdicts[typeof found === "number" ? found : found[owner]];
  }

  say() {
    const { atlas } = this;
    this.kinds.press(this.kind);
    this.owners.press(this.owner);
    this.owners.group.hidden = this.kind === "territory";
    atlas.places.forEach((place, n) => {
      const answer = this.verdict(place).article5;
      this.marks[n].setAttribute("d", SHAPES[answer]);
      this.marks[n].setAttribute("class", `ipm-mark ipm-${answer}`);
    });
    this.status.replaceChildren(...this.told());
    const rows = atlas.places.map((place) => {
      const { article5, because, words } = this.verdict(place);
      return [place.name, place.holder, place.where, atlas.answers[article5], because, quoted(words)];
    });
    this.table.replaceChildren(tableOf([["Place", "Whose", "Where", "Counts for Article 5", "Because", "Words"], ...rows]));
    this.place();
  }

  told() {
    const { atlas, asked } = this;
    if (asked === null) return [element("p", {}, "No place is chosen yet.")];
    const here = this.here();
    const where = this.words(here);
    if (asked.land) {
      const names = this.nearest(here).slice(0, 3).map(([, n]) => atlas.places[n].name);
      const told = `${where} is land of which the map knows the coast, and not whose it is. A member's territory counts where it lies in Europe or North America, and so does Turkey's. For places that raise a question choose from the list; the nearest are ${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}.`;
      return [element("p", { class: "ipm-answer" }, told)];
    }
    const sea = asked.place === undefined;
    const kind = sea && this.kind === "territory" ? "vessel" : this.kind;
    const place = sea ? { verdicts: atlas.seas.verdicts[this.cell(here)] } : here;
    const name = sea ? `${where}, ${atlas.seas.names[this.cell(here)]}` : `${here.name} (${here.holder})`;
    const thing = atlas.kinds[kind].toLowerCase();
    const whose = kind === "territory" ? "" : `, ${atlas.owners[this.owner]}`;
    const found = this.verdict(place, kind);
    const said = [];
    if (kind !== this.kind) said.push("The open sea is nobody's territory: this is the answer for a vessel.");
    if (asked.beside) said.push("Your point lay beside this mark, and was taken for it. For that very point come closer, or give its coordinates.");
    const note = said.map((each) => element("p", { class: "ipm-quiet" }, each));
    return [
      element("p", { class: "ipm-asked" }, `${name}: ${thing}${whose}`),
      ...note,
      element("p", { class: "ipm-answer" }, `Article 5: ${atlas.answers[found.article5].toLowerCase()}.`),
      element("p", {}, found.because.replace("{where}", where)),
      element("p", {}, `The words: ${quoted(found.words)}.`),
      element("p", {}, `Article 4: ${found.article4}. ${found.article4_because}`),
      element("p", {}, `Article 10: ${found.article10}. ${found.article10_because}`),
    ];
  }
}

function quoted(words) {
  return words.map((piece) => `"${piece}"`).join(" ... ");
}

// A group of buttons of which one is pressed.
function pressed(options, onchoose, label) {
  const buttons = Object.entries(options).map(([value, said]) => [value, button(said, () => onchoose(value))]);
  const group = element("div", { class: "ipm-row", role: "group", "aria-label": label }, element("span", { class: "ipm-label" }, label), ...buttons.map(([, each]) => each));
  const press = (chosen) => buttons.forEach(([value, each]) => each.setAttribute("aria-pressed", String(value === chosen)));
  return { group, press };
}

function render({ model, el }) {
  const root = element("div");
  el.append(root);
  new WorldMap(model.get("atlas"), root);
}

export default { render };
