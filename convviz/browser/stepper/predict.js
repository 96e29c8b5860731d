// Predict, then reveal: stepping stops before a visit changes the cell asked for, a guess can be checked, and only
// then is the cell computed.

import { largest } from "../shared/colour.js";
import { fill, isRounded, numberIn, numberText } from "../shared/format.js";
import { namesOf, numbersAt, roundedOf, spoken } from "./said.js";
import { termsAt, termsOf } from "./terms.js";

const NEAR = 0.01; // a guess at a number that is not whole may be off by this share
const ROUNDING = 1e-12; // of the largest number around: what adding in another order may change

export class Predict {
  /**
   * @param {HTMLElement} root
   * @param {{scene: object, tally: object, step: number, go: Function, move: Function, settle: Function}} player
   */
  constructor(root, player, words) {
    // `asked` is the question, `answeredAt` the step that shows its answer, `posed` what a room is asked.
    Object.assign(this, { root, player, words, on: false, asked: null, answeredAt: null, posed: null });
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
    root.addEventListener("reveal", () => this.asked && this.player.move("next"));
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
    if (this.on) this.#ask(this.#visit);
    else this.#leave();
  }

  /** Guess no more. A cell half computed for a guess is computed to its end, unless one steps by less. */
  #leave() {
    this.asked = this.answeredAt = null;
    this.player.settle();
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
    if (this.answeredAt !== step) this.verdict.textContent = "";
    if (!this.asked && this.answeredAt !== step) this.posed = null;
    this.#tell();
    this.form.hidden = !this.on;
    this.guess.hidden = this.rule.hidden = this.asked === null;
  }

  get #visit() {
    return this.player.scene.at(this.player.step).visit;
  }

  /**
   * Follow a room to a step at which it guesses, or to the one that shows what was guessed at. The question stands
   * around the stepper then, and so does the box for the guess.
   */
  follow(step, isShown) {
    const { scene, tally } = this.player;
    this.asked = isShown ? null : questionOf(scene, tally, scene.at(step).visit);
    this.answeredAt = isShown ? step : null;
    this.player.go(step);
  }

  /** Say on the stepper what is asked, for a room that guesses along; the answer only once it is shown. */
  #tell() {
    const { dataset } = this.root;
    if (this.posed && this.on) dataset.question = JSON.stringify(this.posed);
    else delete dataset.question;
  }

  #ask(visit) {
    const { scene, tally } = this.player;
    this.asked = questionOf(scene, tally, visit);
    const asks = this.asked.sentence ?? fill(this.words.asks, { cell: this.asked.name });
    this.posed = { id: `guess ${Date.now()}`, ask: asks };
    this.guess.value = this.verdict.textContent = "";
    this.guess.placeholder = fill(this.words.guess, { cell: this.asked.name });
    this.guess.setAttribute("aria-label", this.guess.placeholder);
    this.player.go(visit * scene.slots.length);
    this.guess.focus({ preventScroll: true });
  }

  #reveal(verdict) {
    const { result } = this.asked;
    this.posed = { ...this.posed, right: numberText(result), number: result, allowed: allowedAt(this.asked) };
    this.answeredAt = this.asked.answer;
    this.asked = null;
    this.verdict.textContent = verdict;
    this.root.focus({ preventScroll: true });
    this.player.go(this.answeredAt);
  }

  #check() {
    const number = numberIn(this.guess.value);
    if (Number.isNaN(number)) {
      this.answeredAt = this.player.step;
      this.verdict.textContent = this.words.noGuess;
      return;
    }
    const { result } = this.asked;
    const [guess, shown] = [numberText(number), numberText(result)];
    const words = Math.abs(number - result) > allowedAt(this.asked) ? this.words.wrong : guess === shown ? this.words.right : this.words.near;
    this.#reveal(fill(words, { guess, result: shown, percent: NEAR * 100 }));
  }
}

/**
 * @typedef {{key: string, cell: number, plane: number, name: string, sentence?: string, total?: string, phase: object,
 *   result: number, size: number, position: object, answer: number}} Question
 *   the cell asked for, the number it comes to and the size of the numbers around it; `position` is drawn while it is
 *   asked, `answer` is the step that computes it. Where terms are added, the sentence and the total are the question's
 */

/** By how much a guess may be off. */
function allowedAt({ result, size }) {
  return Number.isInteger(result) ? 0 : NEAR * Math.abs(result) + ROUNDING * size;
}

/** The phases that change a cell worth asking for. */
const askable = (scene) => scene.phases.filter(({ cell }) => cell);

const canAsk = (scene) => askable(scene).length > 0;

/** The question of a visit. Visits take turns where several phases can be asked for. @returns {Question} */
function questionOf(scene, tally, visit) {
  const phases = askable(scene);
  const phase = phases[visit % phases.length];
  const loops = scene.loopsAt(visit);
  const tap = phase.adds ? mostChanged(scene, phase, loops) : null;
  const slot = scene.slots.findIndex((each) => each.phase === phase && each.tap === tap);
  const cell = scene.cells(phase.writes, loops)[tap ?? 0];
  const position = { phase, tap, slot, visit, loops };
  tally.seek(position);
  const numbers = numbersAt(scene, tally, position, termsAt(scene, position));
  const said = { ...namesOf(scene), ...spoken(numbers) };
  const question = { key: phase.writes, cell, plane: Math.floor((tap ?? 0) / scene.planeTaps), phase, name: fill(phase.cell, said) };
  const panel = scene.panelOf(phase.writes);
  Object.assign(question, { answer: visit * scene.slots.length + slot, size: tally.limits.get(panel.key) ?? largest(panel.values) });
  if (!phase.adds) {
    question.position = { ...scene.at(visit * scene.slots.length), asked: question };
    return Object.assign(question, { result: numbers.result });
  }
  question.position = { phase, tap: null, slot: -1, visit, loops, asked: question }; // nothing of the visit has run
  const { name } = question;
  const adds = phase.total.includes("{before}"); // else the term alone is what the cell holds: it is copied there
  return Object.assign(question, {
    result: numbers.after,
    sentence: fill(phase.asks, { ...said, cell: name }, roundedOf(numbers)),
    total: adds ? `${name} ${isRounded(numbers.before) ? "≈" : "="} ${said.before} + ?` : `${name} = ?`,
  });
}

/** The tap whose term is largest, the first of several; one that adds to the frame of padding only if all do. */
function mostChanged(scene, phase, loops) {
  const panel = scene.panelOf(phase.writes);
  const cells = scene.cells(phase.writes, loops);
  const { values } = termsOf(scene, phase, loops);
  const inside = Array.from(cells.keys()).filter((tap) => !scene.isPadding(panel, cells[tap]));
  const taps = inside.length ? inside : Array.from(cells.keys());
  return taps.reduce((best, tap) => (Math.abs(values[tap]) > Math.abs(values[best]) ? tap : best));
}
