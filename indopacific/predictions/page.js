// A page without Python: the browser keeps the predictions, and looks the answers up.

const FAULT = "Your stored prediction no longer fits this question. You can predict again.";
const FORGETFUL = "This browser keeps nothing for this page: it is remembered until you leave.";

// Each guess has a key under which Python put its words and its surprise.
const keyOf = {
  choose: (spec, guess) => guess,
  order: (spec, guess) => guess.join("|"),
  number: (spec, guess) => placed(spec, guess),
};

function told(spec, guess) {
  if (spec.kind !== "line") return spec.answers[keyOf[spec.kind](spec, guess)];
  const far = (year) => away(spec, guess, year) ?? -1;
  const farthest = spec.years.reduce((most, year) => (far(year) > far(most) ? year : most));
  return spec.answers[farthest][placed(spec, guess[farthest])];
}

function surprise(spec, guess) {
  if (spec.kind !== "line") return spec.surprises[keyOf[spec.kind](spec, guess)];
  const off = spec.years.map((year) => away(spec, guess, year) ?? 0);
  return off.reduce((sum, each) => sum + each, 0) / off.length / (spec.high - spec.low);
}

const away = (spec, guess, year) =>
  spec.revealed[year] === null ? null : Math.abs(guess[year] - spec.revealed[year]);

// The model of one question, in the place of Python's.
class Shelf {
  constructor(spec) {
    this.spec = spec;
    this.held = [...document.querySelectorAll(".ipp-held")].filter(
      ({ dataset }) => dataset.answers === spec.id,
    );
    // Nobody should wonder where a result is that waits.
    const outermost = this.held.filter((answer) => !answer.parentElement.closest(".ipp-held"));
    this.waits = outermost.map((answer) => {
      const link = element("a", { href: `#ipp-${spec.id}` }, "predict");
      const look = button("Show the result without predicting", () => {
        this.send({ request: "skip" });
        answer.focus();
      });
      const words = element("p", {}, "The result stands here as soon as you ", link, ".");
      const sign = element("div", { class: "ipp ipp-waits" }, words, look);
      answer.tabIndex = -1;
      answer.before(sign);
      // What a reader searches the page for is shown where it was found, without a word on the rest.
      answer.addEventListener("beforematch", () => (sign.hidden = true));
      return sign;
    });
    this.heard = {};
    this.take(recall(SHELF + spec.id));
  }

  take(kept) {
    const guess = this.fits(kept?.guess) ? kept.guess : null;
    const skipped = guess === null && kept?.skipped === true;
    this.state = {
      guess,
      skipped,
      answered: guess !== null,
      told: guess === null ? "" : told(this.spec, guess),
      revealed: this.spec.revealed,
      fault: kept && guess === null && !skipped ? FAULT : "",
    };
    const waiting = guess === null && !skipped;
    for (const answer of this.held) {
      if (waiting) answer.setAttribute("hidden", "until-found");
      else answer.removeAttribute("hidden");
      answer.classList.add("ipp-known");
    }
    for (const sign of this.waits) sign.hidden = !waiting;
    this.heard["change:state"]?.();
  }

  // Whether what the browser kept is a guess at this question as it is now.
  fits(guess) {
    try {
      return typeof told(this.spec, guess) === "string";
    } catch {
      return false;
    }
  }

  send({ request, guess }) {
    const kept = request === "skip" ? { skipped: true } : { guess };
    const stored = remember(SHELF + this.spec.id, kept);
    this.take(kept);
    const problem = stored ? "" : FORGETFUL;
    if (request === "keep") this.heard["msg:custom"]?.({ answer: "shown", problem });
  }

  get(name) {
    return name === "spec" ? this.spec : this.state;
  }

  on(event, heard) {
    this.heard[event] = heard;
  }

  off() {}
}

// The model of the look back, from what the shelves of this lesson hold.
class Shelves {
  constructor(lesson, shelves) {
    this.shelves = shelves;
    this.lesson = lesson;
    this.heard = {};
  }

  get(name) {
    if (name === "spec") return { kind: "review", at_once: this.shelves.every(({ spec }) => spec.at_once) };
    const states = this.shelves.map(({ spec, state }) => ({ ...spec, ...state }));
    const rows = states.map(({ asks, section, told, fault }) => ({
      asks,
      section,
      told: told || fault || this.lesson.unmade,
    }));
    const off = states.filter(({ guess }) => guess !== null);
    if (this.get("spec").at_once) return { rows, said: this.counted(off) };
    const most = Math.max(...off.map((each) => surprise(each, each.guess)));
    const where = off.find((each) => surprise(each, each.guess) === most);
    if (!where) return { rows, said: this.lesson.nothing };
    if (most < this.lesson.close) return { rows, said: this.lesson.throughout };
    return { rows, said: this.lesson.most.replace("{}", where.section) };
  }

  // What a concept check says at its end, as Python says it.
  counted(answered) {
    if (!answered.length) return this.lesson.nothing;
    const missed = answered.filter((each) => surprise(each, each.guess) > 0);
    const said = this.lesson.counted
      .replace("{right}", answered.length - missed.length)
      .replace("{answered}", answered.length);
    if (!missed.length) return said;
    const where = [...new Set(missed.map(({ again }) => again))].join("; ");
    return `${said} ${this.lesson.again.replace("{}", where)}`;
  }

  on(event, heard) {
    this.heard[event] = heard;
  }

  off() {}

  send() {
    for (const shelf of this.shelves) {
      remember(SHELF + shelf.spec.id, null);
      shelf.take(null);
    }
    this.heard["msg:custom"]({ problem: "" });
  }
}

function put(place, model) {
  place.replaceChildren();
  render({ model, el: place });
}

const embedded = (kind) =>
  [...document.querySelectorAll(`script[type="application/json"].${kind}`)].map((script) =>
    JSON.parse(script.textContent),
  );

const shelves = new Map();
for (const spec of embedded("ipp-data")) {
  shelves.set(spec.id, new Shelf(spec));
  put(document.getElementById(`ipp-${spec.id}`), shelves.get(spec.id));
}
for (const lesson of embedded("ipp-lesson")) {
  const own = lesson.questions.map((spec) => shelves.get(spec.id) ?? new Shelf(spec));
  const back = new Shelves(lesson, own);
  for (const shelf of own) {
    const take = shelf.take.bind(shelf);
    shelf.take = (kept) => {
      take(kept);
      back.heard["change:state"]?.();
    };
  }
  put(document.getElementById(lesson.place), back);
}
