// The coding desk: one script for JupyterLab and for a page without Python.
//
// It talks to anything that has get, on, off and send. A page without Python brings its own small
// model (`Shelf`). Python, or the shelf, keeps the codes and compares them; nothing is judged here.

const PATIENCE = 4000; // ms without an answer before the reader is told
const SHELF = "indopacific.codings."; // where a browser keeps what Python cannot

const PRIVATE = "Your codes stay on your own machine.";

let serial = 0;

class Desk {
  constructor(model, root) {
    this.model = model;
    this.spec = model.get("spec");
    this.codes = {};
    this.place = 0;
    this.underway = 0; // codes that were sent and of which Python has not yet said that it has them
    const { sentences, codes } = this.spec;
    serial += 1;
    this.fault = element("p", { class: "ipc-fault" });
    this.status = element("p", { class: "ipc-status", role: "status" });
    this.progress = element("p", { class: "ipc-progress" });
    this.stops = sentences.map((_, place) => button("", () => this.go(place), { class: "ipc-stop" }));
    this.origin = element("p", { class: "ipc-origin", id: `ipc-origin-${serial}` });
    this.text = element("blockquote", { class: "ipc-text", id: `ipc-text-${serial}` });
    this.context = element("div", { class: "ipc-context" });
    this.sentence = element(
      "div",
      { class: "ipc-sentence", role: "group", tabindex: -1, "aria-labelledby": `${this.origin.id} ${this.text.id}` },
      this.origin,
      this.text,
      this.context,
    );
    this.choices = codes.map((code, n) =>
      button("", () => this.choose(code.code), { class: "ipc-code", "aria-keyshortcuts": String(n + 1) }),
    );
    this.choices.forEach((choice, n) => {
      const { code, meaning, markers } = codes[n];
      choice.append(
        element("span", { class: "ipc-key", "aria-hidden": "true" }, String(n + 1)),
        element("span", { class: "ipc-name" }, code),
        element("span", { class: "ipc-meaning" }, `${meaning}.`, element("span", { class: "ipc-markers" }, ` Typical words: ${markers}.`)),
      );
    });
    this.back = button("← Previous", () => this.go(this.place - 1));
    this.next = button("Next →", () => this.go(this.place + 1));
    this.compare = button("Compare with the key", () => this.ask("compare"));
    this.work = element(
      "div",
      {},
      this.progress,
      element("div", { class: "ipc-stops", role: "group", "aria-label": "Sentences" }, ...this.stops),
      this.sentence,
      element("div", { class: "ipc-codes", role: "group", "aria-label": "Codes" }, ...this.choices),
      element("p", { class: "ipc-quiet" }, `Keys: 1 to ${codes.length} give a code, then → goes to the next sentence and ← back. A code can be changed until you compare.`),
      element("div", { class: "ipc-actions" }, this.back, this.next, this.compare),
    );
    this.result = element("div", { class: "ipc-result", tabindex: -1, role: "group", "aria-label": "Your codes and the key", ...own });
    this.again = button("Code again", () => this.ask("again"));
    this.copy = button("Copy as code", () => this.copying());
    this.forget = button("Forget my codes", () => this.doubt(true));
    this.sure = button("Yes, forget them", () => this.ask("forget"));
    this.no = button("No, keep them", () => this.doubt(false));
    this.code = element("pre", { class: "ipc-copied", tabindex: 0, role: "region", "aria-label": "Your codes as Python", hidden: "" });
    root.classList.add("ipc");
    // JupyterLab takes digits and arrow keys for itself unless an element around them says otherwise.
    for (const [name, value] of Object.entries({ ...own, role: "group", "aria-label": this.spec.title }))
      root.setAttribute(name, value);
    root.append(
      element("p", { class: "ipc-heading" }, this.spec.title),
      element("p", {}, this.spec.about),
      this.fault,
      this.work,
      this.result,
      this.status,
      folded("The rules of the codebook, and its scale", listOf(this.spec.rules), tableOf(scale(codes))),
      element("div", { class: "ipc-actions" }, this.again, this.copy, this.forget, this.sure, this.no),
      this.code,
    );
    root.addEventListener("keydown", (event) => this.press(event));
    this.sure.hidden = this.no.hidden = true;
    this.onstate = () => this.follow();
    this.onanswer = (message) => this.answered(message);
    model.on("change:state", this.onstate);
    model.on("msg:custom", this.onanswer);
    this.follow();
    this.place = Math.max(0, sentences.findIndex(({ id }) => !(id in this.codes)));
    this.show();
    if (!this.spec.alone) this.hand();
  }

  close() {
    clearTimeout(this.worry);
    this.model.off("change:state", this.onstate);
    this.model.off("msg:custom", this.onanswer);
  }

  // ---------------------------------------------------------------- what is shown

  follow() {
    const state = this.model.get("state");
    // While codes are under way, what the reader sees is newer than what Python has.
    if (!this.underway || state.pass !== this.pass) this.codes = { ...state.codes };
    const turned = this.pass !== undefined && (state.pass !== this.pass || Boolean(state.result) !== this.over);
    this.pass = state.pass;
    this.over = Boolean(state.result);
    this.fault.textContent = state.fault;
    this.work.hidden = this.over;
    this.result.hidden = this.again.hidden = !this.over;
    if (this.over) this.tell(state.result);
    if (turned && !this.over) this.place = 0;
    this.show();
    if (turned) (this.over ? this.result : this.sentence).focus();
  }

  show() {
    const { sentences } = this.spec;
    const { id, text, origin, context } = sentences[this.place];
    this.origin.textContent = `Sentence ${this.place + 1} of ${sentences.length}. ${origin}`;
    this.text.textContent = text;
    this.context.replaceChildren(...context.map((line) => element("p", {}, line)));
    const done = Object.keys(this.codes).length;
    const turn = this.pass > 1 ? `Coding ${this.pass}. ` : "";
    this.progress.textContent = `${turn}${done} of ${sentences.length} coded.`;
    this.stops.forEach((stop, place) => {
      const code = this.codes[sentences[place].id];
      stop.replaceChildren(`${place + 1}`, element("span", {}, code ?? "–"));
      stop.setAttribute("aria-label", `Sentence ${place + 1}, ${code ?? "not coded"}`);
      if (place === this.place) stop.setAttribute("aria-current", "true");
      else stop.removeAttribute("aria-current");
    });
    this.choices.forEach((choice, n) =>
      choice.setAttribute("aria-pressed", String(this.spec.codes[n].code === this.codes[id])),
    );
    this.back.disabled = this.place === 0;
    this.next.disabled = this.place === sentences.length - 1;
    this.forget.hidden = (!done && this.pass === 1) || !this.sure.hidden;
    this.copy.hidden = !done;
  }

  tell({ told, rows, all, caution }) {
    const rest = rows.flatMap(({ sentence, yours, key, reasoning }) => [
      element("dt", {}, sentence),
      element("dd", {}, `You: ${yours}. The key: ${key}. ${reasoning}`),
    ]);
    this.result.replaceChildren(
      element("p", { class: "ipc-heading" }, "Your codes and the key"),
      ...told.map((line) => element("p", {}, line)),
      element("p", { class: "ipc-caution" }, caution),
      ...(rows.length ? [element("p", { class: "ipc-heading" }, "Where they differ"), element("dl", {}, ...rest)] : []),
      folded("All sentences and codes", element("div", { class: "ipc-wide", tabindex: 0, role: "region", "aria-label": "All sentences and codes" }, tableOf(all))),
    );
  }

  // ---------------------------------------------------------------- what the reader does

  press(event) {
    if (this.over || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const code = this.spec.codes[Number(event.key) - 1];
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!code && !by) return;
    event.preventDefault();
    if (code) this.choose(code.code);
    else this.go(this.place + by);
  }

  go(place) {
    if (place < 0 || place >= this.spec.sentences.length) {
      this.status.textContent = place < 0 ? "This is the first sentence." : this.end();
      return;
    }
    this.place = place;
    this.status.textContent = "";
    this.show();
    this.sentence.focus(); // it is read out, and digits go on working
  }

  end() {
    const open = this.open();
    return open.length ? `This is the last sentence. Still to code: ${open.join(", ")}.` : "This is the last sentence. All are coded: compare when you like.";
  }

  open() {
    return this.spec.sentences.flatMap(({ id }, place) => (id in this.codes ? [] : [place + 1]));
  }

  choose(code) {
    this.codes = { ...this.codes, [this.spec.sentences[this.place].id]: code };
    this.show();
    this.said = `Sentence ${this.place + 1}: ${code}.`;
    this.status.textContent = this.said;
    this.ask("keep");
  }

  doubt(asking) {
    this.sure.hidden = this.no.hidden = !asking;
    this.status.textContent = asking ? "All codings of these sentences are removed from this machine." : "";
    this.show();
    (asking ? this.sure : this.forget).focus();
  }

  async copying() {
    const pairs = this.spec.sentences.filter(({ id }) => id in this.codes).map(({ id }) => `    "${id}": "${this.codes[id]}",\n`);
    const done = await copied(`codes = {\n${pairs.join("")}}`, this.code);
    this.status.textContent = done
      ? "Copied. Paste it into a cell, or into the exercise."
      : "The browser did not allow copying: the code is selected, copy it by hand.";
  }

  // ---------------------------------------------------------------- keeping

  ask(request) {
    const open = this.open();
    if (request === "compare" && open.length) {
      this.status.textContent = `Still to code: ${open.join(", ")}.`;
      return;
    }
    clearTimeout(this.worry);
    if (request === "keep") this.underway += 1;
    this.worry = setTimeout(() => this.silent(), PATIENCE);
    try {
      this.model.send({ request, pass: this.pass, codes: this.codes });
    } catch {
      this.silent();
    }
  }

  // Python is away: the browser holds the codes until the cell is run again.
  silent() {
    clearTimeout(this.worry);
    const held = remember(SHELF + this.spec.id, { pass: this.pass, codes: this.codes, waiting: true });
    this.status.textContent =
      "Python does not answer: it is busy, or it was restarted. " +
      (held ? "This browser holds your codes. " : "") +
      "Run this cell again (click it, press Shift+Enter) and they are kept.";
  }

  // What a browser held while Python was away.
  hand() {
    const held = recall(SHELF + this.spec.id);
    if (!held?.waiting) return;
    remember(SHELF + this.spec.id, null);
    if (held.pass !== this.pass || this.over || typeof held.codes !== "object") return;
    this.codes = { ...this.codes, ...held.codes };
    this.show();
    this.ask("keep");
  }

  answered({ answer, problem }) {
    clearTimeout(this.worry);
    if (answer === "kept") this.underway -= 1;
    if (answer === "failed") this.underway = 0;
    if (!this.spec.alone) remember(SHELF + this.spec.id, null);
    if (answer === "failed") this.follow();
    if (answer === "kept") this.status.textContent = this.kept();
    if (answer === "forgotten") {
      this.doubt(false);
      this.status.textContent = "Forgotten. You can code anew.";
    }
    if (answer === "compared" || answer === "opened") this.status.textContent = "";
    if (problem) this.status.textContent = problem;
  }

  kept() {
    const open = this.open();
    const rest = open.length ? `Still to code: ${open.join(", ")}.` : "All are coded: compare when you like.";
    return `${this.said ?? ""} Kept. ${rest} ${PRIVATE}`.trim();
  }
}

function scale(codes) {
  const sign = (stance) => (stance > 0 ? `+${stance}` : String(stance).replace("-", "−"));
  return [["Code", "Scale", "Meaning"], ...codes.map(({ code, stance, meaning }) => [code, sign(stance), meaning])];
}

function render({ model, el }) {
  const root = element("div");
  el.append(root);
  const desk = new Desk(model, root);
  return () => desk.close();
}

export default { render };
