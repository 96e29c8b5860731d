// Predict, then reveal: stepping stops before each cell, a guess can be checked, and only then is the cell computed.

import { fill, numberText } from "./format.js";

const NEAR = 0.01; // a guess at a number that is not whole may be off by this share

/** What a person typed as a number: a comma or a real minus sign will do. NaN if it is none. */
function typedNumber(text) {
  const plain = text.trim().replace("−", "-").replace(",", ".");
  return plain === "" ? NaN : Number(plain);
}

export class Predict {
  /**
   * @param {HTMLElement} root
   * @param {{scene: object, step: number, go: (step: number) => void}} player
   */
  constructor(root, player, words) {
    Object.assign(this, { root, player, words, on: false, asked: null });
    this.form = root.querySelector(".predict");
    this.guess = this.form.querySelector("input");
    this.verdict = this.form.querySelector("output");
    this.button = root.querySelector("button[name=predict]");
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#check();
    });
  }

  /** A new scene: it can be guessed at where a visit first reads its window, and ends by writing one cell. */
  offer(scene) {
    const { phase } = scene.slots.at(-1);
    const writesOne = phase.writes !== null && !phase.adds && scene.accesses.get(phase.writes).taps === 1;
    this.button.hidden = !writesOne || scene.slots[0].phase.factors.length > 0;
    this.asked = null;
    if (this.button.hidden && this.on) this.toggle();
  }

  toggle() {
    if (this.button.hidden && !this.on) return;
    this.on = !this.on;
    this.button.setAttribute("aria-pressed", this.on);
    this.#ask(this.on ? this.#visit : null);
  }

  /** Take over a move while guessing; says whether it did. */
  move(where) {
    if (!this.on || where === "last") return false;
    const asking = this.asked !== null;
    if (where === "first") this.#ask(0);
    else if (where === "next") {
      if (asking) this.#reveal("");
      else if (this.#visit + 1 < this.player.scene.visits) this.#ask(this.#visit + 1);
    } else if (asking) this.#ask(Math.max(0, this.#visit - 1));
    else this.#ask(this.#visit);
    return true;
  }

  /** Moved on by other means, nothing is asked any more. */
  show() {
    if (this.asked !== this.player.step) this.asked = null;
    if (this.said !== this.player.step) this.verdict.textContent = "";
    this.form.hidden = !this.on || (this.asked === null && !this.verdict.textContent);
    this.guess.hidden = this.asked === null;
  }

  get #visit() {
    return this.player.scene.at(this.player.step).visit;
  }

  #ask(visit) {
    const { scene } = this.player;
    this.asked = visit === null ? null : visit * scene.slots.length;
    if (visit === null) return this.player.go(this.player.step);
    const loops = scene.loopsAt(visit).join(", ");
    this.guess.value = "";
    this.guess.placeholder = fill(this.words.guess, { cell: `${scene.slots.at(-1).phase.writes}[${loops}]` });
    this.guess.setAttribute("aria-label", this.guess.placeholder);
    this.player.go(this.asked);
    this.guess.focus({ preventScroll: true });
  }

  #reveal(verdict) {
    const { scene } = this.player;
    this.said = scene.endOf(this.#visit);
    this.verdict.textContent = verdict;
    this.root.focus({ preventScroll: true });
    this.player.go(this.said);
  }

  #check() {
    const { scene } = this.player;
    const number = typedNumber(this.guess.value);
    if (Number.isNaN(number)) {
      this.said = this.asked;
      this.verdict.textContent = this.words.noGuess;
      return;
    }
    const [result] = scene.numbers(scene.slots.at(-1).phase.writes, scene.loopsAt(this.#visit));
    const within = Number.isInteger(result) ? 0 : NEAR * Math.abs(result);
    const words = Math.abs(number - result) <= within ? this.words.right : this.words.wrong;
    this.#reveal(fill(words, { guess: numberText(number), result: numberText(result) }));
  }
}
