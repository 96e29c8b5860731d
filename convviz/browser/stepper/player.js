// The player owns the step; it asks the painter and the text to show it.

import { Board } from "./board.js";
import { Clock, Rest } from "./clock.js";
import { Controls, nameParts, offerRadios } from "./controls.js";
import { Photo } from "./photo.js";
import { Pointer } from "./pointer.js";
import { Predict } from "./predict.js";
import { Present } from "./present.js";
import { Scene, Units } from "./scene.js";
import { Space } from "./space.js";
import { Tally } from "./tally.js";
import { termsAt } from "./terms.js";
import { StepText } from "./text.js";
import { Whereabouts } from "./whereabouts.js";

export class Player {
  /**
   * @param {HTMLElement} root holding the stepper's markup
   * @param {object} words what buttons and readouts say
   * @param {(step: number) => void} report called when stepping has paused
   */
  constructor(root, words, report) {
    Object.assign(this, { root, words, step: 0, unitChosen: 1, focus: 0, held: null });
    nameParts(root, words);
    this.rest = new Rest(report);
    this.space = new Space(root);
    this.photo = new Photo(root);
    this.whereabouts = new Whereabouts(root, words, () => this.#show());
    this.board = new Board(root, words);
    this.resized = new ResizeObserver(() => this.#layOut());
    this.resized.observe(this.board.box);
    this.clock = new Clock((moves) => this.#playOn(moves));
    const actions = { changed: () => this.#show(), jump: () => this.jump() };
    this.pointer = new Pointer(this.board.canvas, root.querySelector(".readout"), actions);
    this.predict = new Predict(root, this, words);
    this.present = new Present(root, () => this.#layOut());
    this.controls = new Controls(root, this, words);
    this.gone = new AbortController();
    document.addEventListener("fullscreenchange", () => this.#layOut(), { signal: this.gone.signal });
  }

  /** Show a scene. The step is kept where the new scene has it. */
  load(meta, array, seek) {
    const before = this.scene;
    const unit = before?.units[this.unitChosen].name;
    this.scene = new Scene(meta, array);
    this.tally = new Tally(this.scene);
    this.photo.load(this.scene.photo);
    this.whereabouts.load(this.scene);
    if (before && before.slots.length !== this.scene.slots.length) {
      this.step = this.scene.endOf(Math.floor(this.step / before.slots.length)); // same cell, other steps in it
    }
    const same = this.scene.units.findIndex(({ name }) => name === unit);
    this.#choose(same >= 0 ? same : Math.min(1, this.scene.units.length - 1));
    if (seek !== null) this.step = seek;
    else if (!before) this.step = this.scene.endOf(0);
    this.step = Math.max(0, Math.min(this.step, this.scene.length - 1));
    this.focus = Math.min(this.focus, this.scene.tapPlanes - 1);
    this.text = null; // until the new scene is laid out, which a hidden tab puts off
    this.pointer.forget();
    this.predict.offer(this.scene);
    this.controls.offerUnits(this.scene.units, this.unitChosen);
    offerRadios(this.board.planes, "plane", this.scene.tapPlaneNames, (k) => {
      this.focus = this.held = k;
      this.#show();
    });
    this.#layOut(true);
    if (before) this.rest.at(this.step, this.clock.running);
  }

  /** Go where the page asks. */
  seek(step) {
    this.#pause();
    this.go(step);
  }

  /** Follow the lecturer of a room to a step, and to what is guessed at there. */
  follow(step, question) {
    this.#pause();
    if (question) this.predict.follow(step, question === "shown");
    else this.go(step);
  }

  /** Read the page's colours again. */
  refreshTheme() {
    this.#layOut();
  }

  /** The visit that a step belongs to. */
  visitAt(step) {
    return Math.floor(step / this.scene.slots.length);
  }

  seekUnit(index) {
    this.#pause();
    this.go(this.units.end(index));
  }

  move(where) {
    this.#pause();
    if (!this.predict.move(where)) this.go(this.units.target(where, this.step));
  }

  unit(chosen) {
    this.#pause();
    this.#choose(chosen);
    this.go(this.units.end(this.units.of(this.step)));
  }

  speed(stepsPerSecond) {
    this.clock.rate = stepsPerSecond;
  }

  /** To the end of the cell, where one does not step within cells. */
  settle() {
    this.go(this.unitChosen > 0 ? this.scene.endOf(this.scene.at(this.step).visit) : this.step);
  }

  /** Begin or end guessing. */
  guess() {
    this.#pause();
    this.predict.toggle();
  }

  play() {
    if (this.clock.running) {
      this.#pause();
      return;
    }
    if (this.step >= this.scene.length - 1) {
      if (this.predict.move("first")) return;
      this.go(this.units.end(0));
    }
    this.clock.start();
    this.#show();
  }

  #playOn(moves) {
    const stopped = this.predict.playTo(this.units.after(this.step, moves));
    if (stopped || this.step >= this.scene.length - 1) this.#pause();
  }

  fullscreen() {
    return this.present.fullscreen();
  }

  get pinned() {
    return this.pointer.pinned !== null;
  }

  unpin() {
    this.pointer.unpin();
  }

  /** Go to the output cell that is pinned or pointed at. */
  jump() {
    const visit = this.pointer.linked?.visit;
    if (visit === undefined) return;
    this.#pause();
    this.go(this.scene.endOf(visit));
  }

  remove() {
    this.#pause();
    this.rest.cancel();
    this.resized.disconnect();
    this.space.remove();
    this.controls.remove();
    this.present.remove();
    this.gone.abort();
  }

  #pause() {
    if (!this.clock.running) return;
    this.clock.stop();
    this.#show();
    this.rest.at(this.step, this.clock.running);
  }

  #choose(unit) {
    this.unitChosen = unit;
    this.units = new Units(this.scene.units[unit].length, this.scene.length);
  }

  /** Who steps by more than a tap sees the visit as a whole, unless its last tap is what was guessed at. */
  get #position() {
    const whole = this.unitChosen > 0 && this.predict.answeredAt !== this.step ? this.scene.wholeAt(this.step) : null;
    return whole ?? this.scene.at(this.step);
  }

  /** Move, and tell the page once it stays there. */
  go(step) {
    this.step = Math.max(Math.min(step, this.scene.length - 1), 0);
    this.held = null;
    this.#show();
    this.rest.at(this.step, this.clock.running);
  }

  #layOut(rebuild = false) {
    if (!this.scene) return;
    this.photo.make();
    if (!this.board.fit(this.scene, this.tally, this.present.large, rebuild)) return;
    this.whereabouts.make();
    this.pointer.attach(this.board.painter, this.words);
    this.text = new StepText(this.root, this.scene, this.tally, this.words, this.board.theme.dark);
    this.#show();
  }

  #show() {
    if (!this.text) return;
    this.predict.show();
    const position = this.predict.asked?.position ?? this.#position;
    const focus = this.pointer.plane ?? this.held ?? this.scene.planeAt(position, this.focus);
    const terms = termsAt(this.scene, position);
    this.tally.seek(position);
    this.pointer.follow(position, focus, terms);
    this.board.painter.draw(position, focus, this.pointer.linked, terms);
    this.photo.show(position, this.board.theme);
    this.whereabouts.show(position, this.board.painter);
    this.text.show(position, focus, terms, this.clock.running);
    this.board.planes.querySelectorAll("input").forEach((radio, k) => (radio.checked = k === focus));
    this.root.dataset.step = this.step;
    this.controls.show({
      playing: this.clock.running,
      unitIndex: this.units.of(this.step),
      unitCount: this.units.count,
      atStart: this.step <= this.units.end(0),
      atEnd: this.step >= this.scene.length - 1,
    });
  }
}
