// Predict, then reveal: stepping stops before a visit changes the cell asked for, a guess can be checked, and only
// then is the cell computed.

import { fill, numberText } from "../shared/format.js";
import { canAsk, questionOf } from "./question.js";

const NEAR = 0.01; // a guess at a number that is not whole may be off by this share
const ROUNDING = 1e-12; // of the largest number around: what adding in another order may change

/** What a person typed as a number: a comma or a real minus sign will do. NaN if it is none. */
function typedNumber(text) {
  const plain = text.trim().replace("−", "-").replace(",", ".");
  return plain === "" ? NaN : Number(plain);
}

export class Predict {
  /**
   * @param {HTMLElement} root
   * @param {{scene: object, tally: object, step: number, go: (step: number) => void}} player
   */
  constructor(root, player, words) {
    Object.assign(this, { root, player, words, on: false, asked: null });
    this.form = root.querySelector(".predict");
    this.guess = this.form.querySelector("input");
    this.rule = this.form.querySelector(".rule");
    this.verdict = this.form.querySelector("output");
    this.button = root.querySelector("button[name=predict]");
    this.rule.textContent = fill(words.rule, { percent: NEAR * 100 });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#check();
    });
  }

  /** A new scene: whether a visit changes a cell to guess at. */
  offer(scene) {
    this.button.hidden = !canAsk(scene);
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
    const asking = this.asked !== null;
    const ended = !asking && this.#visit + 1 >= this.player.scene.visits; // no visit is left to ask for
    if (!this.on || where === "last" || (where === "next" && ended)) return false;
    if (where === "first") this.#ask(0);
    else if (where === "next" && asking) this.#reveal("");
    else if (where === "next") this.#ask(this.#visit + 1);
    else this.#ask(asking ? Math.max(0, this.#visit - 1) : this.#visit);
    return true;
  }

  /** Play up to a step, or up to the next question; says whether it stops there. Playing on from a question reveals. */
  playTo(step) {
    const { scene } = this.player;
    const end = scene.endOf(this.#visit);
    const asks = this.on && this.asked === null && this.player.step === end && this.#visit + 1 < scene.visits;
    if (asks) this.#ask(this.#visit + 1);
    else {
      if (this.asked) this.root.focus({ preventScroll: true }); // its box goes
      this.player.go(this.on ? Math.min(step, end) : step);
    }
    return asks;
  }

  /** Moved on by other means, nothing is asked any more. */
  show() {
    const { step, scene } = this.player;
    if (this.asked && step !== this.asked.position.visit * scene.slots.length) this.asked = null;
    if (this.said !== step) this.verdict.textContent = "";
    this.form.hidden = !this.on;
    this.guess.hidden = this.rule.hidden = this.asked === null;
  }

  get #visit() {
    return this.player.scene.at(this.player.step).visit;
  }

  #ask(visit) {
    const { scene, tally } = this.player;
    this.asked = visit === null ? null : questionOf(scene, tally, visit);
    if (visit === null) return this.player.go(this.player.step);
    this.guess.value = this.verdict.textContent = "";
    this.guess.placeholder = fill(this.words.guess, { cell: this.asked.name });
    this.guess.setAttribute("aria-label", this.guess.placeholder);
    this.player.go(visit * scene.slots.length);
    this.guess.focus({ preventScroll: true });
  }

  #reveal(verdict) {
    this.said = this.asked.answer;
    this.asked = null;
    this.verdict.textContent = verdict;
    this.root.focus({ preventScroll: true });
    this.player.go(this.said);
  }

  #check() {
    const number = typedNumber(this.guess.value);
    if (Number.isNaN(number)) {
      this.said = this.player.step;
      this.verdict.textContent = this.words.noGuess;
      return;
    }
    const { result, size } = this.asked;
    const off = Math.abs(number - result);
    const allowed = Number.isInteger(result) ? 0 : NEAR * Math.abs(result) + ROUNDING * size;
    const [guess, shown] = [numberText(number), numberText(result)];
    const words = off > allowed ? this.words.wrong : guess === shown ? this.words.right : this.words.near;
    this.#reveal(fill(words, { guess, result: shown, percent: NEAR * 100 }));
  }
}
