// Every end of every choice was played by Python beforehand: this only shows what is chosen.

const SHELF = "indopacific.playing."; // where a browser keeps a game that was begun

// What was chosen in this very deal before the page was opened anew; null where nothing was.
function begun(name, chairs) {
  const kept = recall(name);
  return chairs.map(({ rounds }, c) =>
    rounds.map(({ choices }, r) => {
      const place = kept?.[c]?.[r];
      return Number.isInteger(place) && place in choices ? place : null;
    }),
  );
}

class Board {
  constructor(game, root) {
    this.game = game;
    this.shelf = `${SHELF}${game.name}.${game.seed}`;
    this.chosen = begun(this.shelf, game.chairs);
    this.chair = Math.max(0, this.chosen.findIndex((rounds) => rounds.includes(null)));
    this.round = this.open(this.chair);
    this.tabs = game.chairs.map((_, place) => button("", () => this.sit(place), { class: "ipg-chair" }));
    this.back = button("Look back", () => this.look(), { class: "ipg-chair" });
    this.skip = button("Skip this game", () => this.leave(true));
    this.anew = button("Begin anew", () => this.forget());
    this.again = button("Play after all", () => this.leave(false));
    this.scene = element("div", { class: "ipg-scene" });
    // One live region that stays: what is put into it is read out.
    this.status = element("div", { class: "ipg-status", role: "status" });
    this.next = element("div", { class: "ipg-actions" });
    const numbers = element("div", { class: "ipg-wide", tabindex: 0, role: "region", "aria-label": "All numbers" }, tableOf(game.numbers));
    this.play = element(
      "div",
      {},
      element("div", { class: "ipg-actions", role: "group", "aria-label": "Chairs" }, ...this.tabs, this.back),
      this.scene,
      this.status,
      this.next,
      folded("All numbers, and why to doubt them", element("p", {}, game.doubt), numbers),
    );
    this.left = element("p", { hidden: "" }, "Skipped. Nothing that follows depends on it.");
    root.classList.add("ipg");
    root.setAttribute("role", "group");
    root.setAttribute("aria-label", game.title);
    root.append(
      element("p", { class: "ipg-heading" }, game.title),
      element("p", {}, game.about, " ", element("span", { class: "ipg-quiet" }, `Seed: ${game.seed}.`)),
      element("div", { class: "ipg-actions" }, this.skip, this.again, this.anew),
      this.left,
      this.play,
    );
    this.again.hidden = true;
    this.show(false);
  }

  leave(now) {
    this.play.hidden = this.skip.hidden = now;
    this.anew.hidden = now || !this.begun();
    this.left.hidden = this.again.hidden = !now;
    (now ? this.again : this.skip).focus();
  }

  sit(chair, round = this.open(chair)) {
    this.chair = chair;
    this.round = round;
    this.show(true);
  }

  // The first round of a chair that is still to be played, or its last.
  open(chair) {
    const place = this.chosen[chair].indexOf(null);
    return place < 0 ? this.chosen[chair].length - 1 : place;
  }

  mark(current) {
    this.tabs.forEach((tab, place) => {
      const played = this.chosen[place].filter((each) => each !== null).length;
      tab.textContent = `${this.game.chairs[place].name} (${played} of ${this.chosen[place].length})`;
      tab.setAttribute("aria-pressed", String(place === current));
    });
    this.back.setAttribute("aria-pressed", String(current === -1));
    this.anew.hidden = !this.begun();
  }

  begun() {
    return this.chosen.flat().some((place) => place !== null);
  }

  forget() {
    remember(this.shelf, null);
    this.chosen = begun(this.shelf, this.game.chairs);
    this.sit(0);
  }

  heading(text) {
    return element("p", { class: "ipg-turn", tabindex: -1, ...own }, text);
  }

  show(move) {
    const chair = this.game.chairs[this.chair];
    const round = chair.rounds[this.round];
    this.mark(this.chair);
    const turn = this.heading(`${chair.name}, round ${this.round + 1} of ${chair.rounds.length}`);
    this.buttons = round.choices.map(({ label }, place) => button(label, () => this.choose(place)));
    this.scene.replaceChildren(
      turn,
      element("p", {}, chair.about),
      listOf(round.knows),
      tableOf(round.payoffs),
      element("p", { class: "ipg-quiet" }, this.game.reading),
      element("p", { class: "ipg-asks" }, round.asks),
      element("div", { class: "ipg-actions", role: "group", "aria-label": round.asks }, ...this.buttons),
    );
    this.tell();
    if (move) turn.focus();
  }

  choose(place) {
    this.chosen[this.chair][this.round] = place;
    remember(this.shelf, this.chosen);
    this.mark(this.chair);
    this.tell();
  }

  // A played round can be chosen otherwise: what was drawn stays as it is.
  tell() {
    const chair = this.game.chairs[this.chair];
    const place = this.chosen[this.chair][this.round];
    this.buttons.forEach((each, n) => each.setAttribute("aria-pressed", String(n === place)));
    this.status.replaceChildren();
    this.next.replaceChildren();
    if (place === null) return;
    const { happened, hidden } = chair.rounds[this.round].choices[place];
    this.status.append(element("p", { class: "ipg-happened" }, happened), element("p", {}, hidden));
    this.next.append(this.onward(), element("span", {}, "Or choose otherwise: what was drawn stays."));
  }

  onward() {
    if (this.round + 1 < this.chosen[this.chair].length)
      return button("Next round", () => this.sit(this.chair, this.round + 1));
    if (this.chair + 1 < this.chosen.length)
      return button(`Next chair: ${this.game.chairs[this.chair + 1].name}`, () => this.sit(this.chair + 1));
    return button("Look back", () => this.look());
  }

  look() {
    this.mark(-1);
    const turn = this.heading("Looking back");
    const rows = this.game.chairs.flatMap((chair, c) =>
      chair.rounds.flatMap((round, r) => {
        const place = this.chosen[c][r];
        if (place === null) return [];
        const { label, beside } = round.choices[place];
        return [
          element("dt", {}, `${chair.name}, round ${r + 1}: ${label}`),
          element("dd", {}, beside),
        ];
      }),
    );
    this.status.replaceChildren();
    this.next.replaceChildren();
    this.scene.replaceChildren(
      turn,
      element("p", {}, rows.length ? this.game.after : "You have not played a round yet. Choose a chair."),
      ...(rows.length ? [element("dl", {}, ...rows)] : []),
    );
    turn.focus();
  }
}

function render({ model, el }) {
  const root = element("div");
  el.append(root);
  new Board(model.get("game"), root);
}

export default { render };
