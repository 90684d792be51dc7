// A page without Python: the browser keeps the codes, and compares them as Python would.

const FAULT = "Your stored codes no longer fit these sentences. You can code anew.";
const FORGETFUL = "This browser keeps nothing for this page: it is remembered until you leave.";

const filled = (form, values) => form.replace(/\{(\w+)\}/g, (_, name) => values[name]);

// What rounds to nothing is written without a sign.
const two = (value) => value.toFixed(2).replace("-0.00", "0.00").replace("-", "−");

// Cohen's kappa of two lists; null where it is not defined.
function kappa(one, other) {
  const count = (codes) => {
    const found = new Map();
    for (const code of codes) found.set(code, (found.get(code) ?? 0) + 1);
    return found;
  };
  const n = one.length;
  const same = one.filter((code, place) => code === other[place]).length;
  const second = count(other);
  let chance = 0;
  for (const [code, times] of count(one)) chance += times * (second.get(code) ?? 0);
  if (chance === n * n) return null;
  return 1 - (1 - same / n) / (1 - chance / (n * n));
}

// The value below which a share of sorted values lies, between two of them if need be.
function quantile(values, share) {
  const at = (values.length - 1) * share;
  const low = Math.floor(at);
  const high = Math.min(low + 1, values.length - 1);
  return values[low] + (at - low) * (values[high] - values[low]);
}

// The model of one desk, in the place of Python's.
class Shelf {
  constructor(spec) {
    this.spec = spec;
    this.heard = {};
    this.names = spec.sentences.map(({ id }) => id);
    const kept = recall(SHELF + spec.id);
    this.passes = this.fits(kept) ? kept : [];
    this.take(kept && !this.passes.length ? FAULT : "");
  }

  // Whether what the browser kept are codings of these sentences as they are now.
  fits(kept) {
    const codes = new Set(this.spec.codes.map(({ code }) => code));
    const fits = (pass) =>
      Object.entries(pass.codes).every(([name, code]) => this.names.includes(name) && codes.has(code)) &&
      (!pass.compared || this.names.every((name) => name in pass.codes));
    try {
      return Array.isArray(kept) && kept.every(fits);
    } catch {
      return false;
    }
  }

  take(fault = "") {
    const pass = Math.max(1, this.passes.length);
    const now = this.passes[pass - 1] ?? { codes: {}, compared: false };
    this.state = { pass, codes: now.codes, fault, result: now.compared ? this.compared(pass) : null };
    this.heard["change:state"]?.();
  }

  compared(pass) {
    const { spec } = this;
    const [now, before] = [this.passes[pass - 1].codes, this.passes[pass - 2]?.codes];
    const told = this.told("key", now, spec.key);
    const rows = spec.sentences.flatMap(({ id, text }, place) =>
      now[id] === spec.key[id]
        ? []
        : [{ sentence: `${place + 1}. ${text}`, yours: now[id], key: spec.key[id], reasoning: spec.reasoning[id] }],
    );
    if (!rows.length) told.push(spec.words.all);
    if (before) told.push(...this.told("self", now, before));
    const all = [
      ["Sentence", "You", ...(before ? ["You before"] : []), "Key"],
      ...spec.sentences.map(({ id, text }, place) => [
        `${place + 1}. ${text}`,
        now[id],
        ...(before ? [before[id]] : []),
        spec.key[id],
      ]),
    ];
    return { told, rows, all, caution: spec.caution };
  }

  told(who, codes, other) {
    const { words, draws } = this.spec;
    const one = this.names.map((name) => codes[name]);
    const others = this.names.map((name) => other[name]);
    const n = one.length;
    const same = one.filter((code, place) => code === others[place]).length;
    const said = filled(words[who], { same, n, percent: Math.floor((100 * same) / n + 0.5) });
    const value = kappa(one, others);
    if (value === null) return [said, words.undefined];
    const found = draws
      .map((draw) => [...draw].map((letter) => parseInt(letter, 36)))
      .map((places) => kappa(places.map((place) => one[place]), places.map((place) => others[place])))
      .filter((each) => each !== null)
      .sort((a, b) => a - b);
    const times = draws.length.toLocaleString("en-GB");
    const ends = { low: two(quantile(found, 0.025)), high: two(quantile(found, 0.975)) };
    return [said, filled(words.kappa, { kappa: two(value), n, times, ...ends })];
  }

  send({ request, codes }) {
    if (request === "forget") this.passes = [];
    else if (request === "again") this.passes.push({ codes: {}, compared: false });
    else this.passes[this.state.pass - 1] = { codes, compared: request === "compare" };
    const stored = remember(SHELF + this.spec.id, this.passes.length ? this.passes : null);
    this.take();
    const answer = { forget: "forgotten", again: "opened", keep: "kept", compare: "compared" }[request];
    this.heard["msg:custom"]?.({ answer, problem: stored ? "" : FORGETFUL });
  }

  get(name) {
    return name === "spec" ? this.spec : this.state;
  }

  on(event, heard) {
    this.heard[event] = heard;
  }

  off() {}
}

function lay(name) {
  const place = document.getElementById(`ipc-${name}`);
  const given = JSON.parse(document.getElementById(`ipc-data-${name}`).textContent);
  place.replaceChildren();
  render({ model: new Shelf(given), el: place });
}
