// The player owns the step, time and the pointer; it asks the painter and the text to show them.

import { readTheme } from "./colour.js";
import { Controls } from "./controls.js";
import { Painter } from "./draw.js";
import { fill, numberText } from "./format.js";
import { arrange, STACKED_BELOW } from "./layout.js";
import { Scene } from "./scene.js";
import { StepText } from "./text.js";

/** Sizes of numbers to choose from, ascending: the first is the least that is readable. */
const FONTS = [14, 15, 16, 17, 18, 19, 20];
const FONTS_FULLSCREEN = [18, 19, 20, 21, 22, 24, 26, 28, 30, 33, 36];
const MEASURED_AT = 100; // pixels of font size
const IDLE = 400; // milliseconds without a step before the page is told
const LONGEST_FRAME = 250; // milliseconds; a tab that was hidden does not catch up when it comes back

export class Player {
  /**
   * @param {HTMLElement} root holding the stepper's markup
   * @param {object} words what buttons and readouts say
   * @param {(step: number) => void} report called when stepping has paused
   */
  constructor(root, words, report) {
    Object.assign(this, { root, words, report, step: 0, unitChosen: 1, focus: 0, playing: false, rate: 2 });
    this.canvas = root.querySelector("canvas");
    this.readout = root.querySelector(".readout");
    this.planes = root.querySelector(".planes");
    nameParts(root, words);
    this.controls = new Controls(root, this, words);
    this.resized = new ResizeObserver(() => this.#layOut());
    this.resized.observe(root.querySelector(".stage"));
    this.#watchPointer();
    this.onFullscreen = () => this.#layOut();
    document.addEventListener("fullscreenchange", this.onFullscreen);
  }

  /** Show a scene. The step is kept where the new scene has it. */
  load(meta, array, seek) {
    const before = this.scene;
    const unit = before?.units[this.unitChosen].name;
    this.scene = new Scene(meta, array);
    if (before && before.slots.length !== this.scene.slots.length) {
      this.step = this.scene.endOf(Math.floor(this.step / before.slots.length)); // same cell, other steps in it
    }
    const same = this.scene.units.findIndex(({ name }) => name === unit);
    this.unitChosen = same >= 0 ? same : Math.min(1, this.scene.units.length - 1);
    if (seek !== null) this.step = seek;
    else if (!before) this.step = this.scene.endOf(0);
    this.step = Math.max(0, Math.min(this.step, this.scene.length - 1));
    this.focus = Math.min(this.focus, this.scene.tapPlanes - 1);
    this.pinned = this.hovered = this.linked = null;
    this.readout.textContent = "";
    this.controls.offerUnits(this.scene.units, this.unitChosen);
    this.#offerPlanes();
    this.#layOut(true);
  }

  /** Move without telling the page: it is the page that asked. */
  seek(step) {
    this.#pause();
    this.#go(step, false);
  }

  /** Read the page's colours again. */
  refreshTheme() {
    this.#layOut();
  }

  seekUnit(index) {
    this.#pause();
    this.#go(this.#unitEnd(index));
  }

  move(where) {
    this.#pause();
    const ends = {
      first: () => this.#unitEnd(0),
      back: () => this.#unitEnd(this.#unitIndex() - 1),
      next: () => this.#after(1),
      last: () => this.scene.length - 1,
    };
    this.#go(ends[where]());
  }

  unit(chosen) {
    this.#pause();
    this.unitChosen = chosen;
    this.#go(this.#unitEnd(this.#unitIndex()));
  }

  speed(stepsPerSecond) {
    this.rate = stepsPerSecond;
  }

  play() {
    if (this.playing) return this.#pause();
    if (this.step >= this.scene.length - 1) this.#go(this.#unitEnd(0));
    this.playing = true;
    let last = performance.now();
    let due = 0;
    const tick = (now) => {
      due += (Math.min(now - last, LONGEST_FRAME) / 1000) * this.rate;
      last = now;
      const moves = Math.floor(due);
      due -= moves;
      if (moves) this.#go(this.#after(moves));
      if (this.step >= this.scene.length - 1) this.#pause();
      else this.frame = requestAnimationFrame(tick);
    };
    this.frame = requestAnimationFrame(tick);
    this.#show();
  }

  async fullscreen() {
    if (this.#isFullscreen) await document.exitFullscreen();
    else await this.root.requestFullscreen();
  }

  unpin() {
    this.pinned = null;
    this.#link(null);
  }

  /** Go to the output cell that is pinned or pointed at. */
  jump() {
    const cell = (this.pinned ?? this.hovered)?.writes;
    if (cell === undefined) return;
    this.#pause();
    this.#go(this.scene.endOf(cell));
  }

  remove() {
    this.#pause();
    clearTimeout(this.idle);
    this.resized.disconnect();
    this.controls.remove();
    document.removeEventListener("fullscreenchange", this.onFullscreen);
  }

  #pause() {
    if (!this.playing) return;
    this.playing = false;
    cancelAnimationFrame(this.frame);
    this.#show();
    this.#reportWhenIdle();
  }

  /** Inside a shadow root the document only knows its host. */
  get #isFullscreen() {
    return this.root.getRootNode().fullscreenElement === this.root;
  }

  get #unitLength() {
    return this.scene.units[this.unitChosen].length;
  }

  #unitIndex() {
    return Math.floor(this.step / this.#unitLength);
  }

  /** A unit rests on its last step, where its result can be seen. */
  #unitEnd(index) {
    return Math.max(0, Math.min((index + 1) * this.#unitLength, this.scene.length) - 1);
  }

  /** The end of the unit so many ahead; from within a unit, its own end is the first. */
  #after(moves) {
    const index = this.#unitIndex();
    return this.#unitEnd(index + moves - (this.step === this.#unitEnd(index) ? 0 : 1));
  }

  #go(step, tell = true) {
    this.step = Math.max(Math.min(step, this.scene.length - 1), 0);
    this.#relink();
    this.#show();
    if (tell) this.#reportWhenIdle();
  }

  /** While it plays, no step is the last one: the page is told when it stops. */
  #reportWhenIdle() {
    clearTimeout(this.idle);
    if (this.playing) return;
    this.idle = setTimeout(() => this.report(this.step), IDLE);
  }

  #layOut(rebuild = false) {
    const stage = this.root.querySelector(".stage");
    const width = Math.floor(stage.clientWidth);
    if (!this.scene || width < 40) return;
    this.root.classList.toggle("stacked", width < STACKED_BELOW);
    const full = this.#isFullscreen;
    const theme = readTheme(this.root);
    const ratio = window.devicePixelRatio || 1;
    const key = [width, stage.clientHeight, full, ratio, JSON.stringify(theme)].join();
    if (!rebuild && key === this.layoutKey) return;
    this.layoutKey = key;
    const context = this.canvas.getContext("2d");
    context.font = `${MEASURED_AT}px ${theme.font}`;
    const measure = (text) => context.measureText(text).width / MEASURED_AT;
    this.planes.hidden = false;
    const room = {
      width,
      height: stage.clientHeight,
      fonts: full && width > 900 ? FONTS_FULLSCREEN : FONTS,
      switcher: this.planes.offsetWidth + 8,
    };
    this.layout = arrange(this.scene, room, measure);
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(this.layout.height * ratio);
    this.canvas.style.height = `${this.layout.height}px`;
    this.painter = new Painter(this.scene, this.layout, theme, ratio, this.words, room.switcher);
    this.text = new StepText(this.root, this.scene, this.words, theme.dark);
    this.root.classList.toggle("dark", theme.dark);
    this.planes.hidden = this.layout.allPlanes;
    const [input] = this.layout.grids;
    this.planes.style.right = `${width - input.x - Math.max(input.columns * input.cw, this.layout.inputWide)}px`;
    this.#show();
  }

  #show() {
    if (!this.layout) return;
    const { position, focus } = this.#look();
    this.painter.draw(this.canvas.getContext("2d"), position, focus, this.linked);
    this.text.show(position, focus, this.playing);
    this.planes.querySelectorAll("input").forEach((radio, k) => (radio.checked = k === focus));
    this.root.dataset.step = this.step;
    this.controls.show({
      playing: this.playing,
      unitIndex: this.#unitIndex(),
      unitCount: Math.ceil(this.scene.length / this.#unitLength),
      atStart: this.step <= this.#unitEnd(0),
      atEnd: this.step >= this.scene.length - 1,
    });
  }

  /** Where the step is, and which plane is shown large: the one of the tap, or the one chosen. */
  #look() {
    const position = this.scene.at(this.step);
    const focus = position.tap === null ? this.focus : Math.floor(position.tap / this.scene.planeTaps);
    this.shown = { position, focus };
    return this.shown;
  }

  #offerPlanes() {
    this.planes.replaceChildren(
      ...this.scene.tapPlaneNames.map((name, k) => {
        const label = document.createElement("label");
        const radio = Object.assign(document.createElement("input"), { type: "radio", name: "plane", value: k });
        radio.addEventListener("change", () => {
          this.focus = k;
          this.#show();
        });
        label.append(radio, name);
        return label;
      }),
    );
  }

  #watchPointer() {
    this.canvas.addEventListener("pointermove", (event) => {
      if (!this.pinned) this.#link(this.#hit(event));
    });
    this.canvas.addEventListener("pointerleave", () => {
      if (!this.pinned) this.#link(null);
    });
    this.canvas.addEventListener("click", (event) => {
      const hit = this.#hit(event);
      this.pinned = this.pinned && hit && this.pinned.id === hit.id ? null : hit;
      this.#link(hit);
    });
    this.canvas.addEventListener("dblclick", () => this.jump());
  }

  /** What lies under the pointer: a cell of the input or the output, or a tap. */
  #hit(event) {
    if (!this.layout) return null;
    const box = this.canvas.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    for (const grid of this.layout.grids) {
      const column = Math.floor((x - grid.x) / grid.cw);
      const row = Math.floor((y - grid.y) / grid.ch);
      if (column < 0 || row < 0 || column >= grid.columns || row >= grid.rows) continue;
      const plane = this.painter.planeOf(grid, this.shown.focus);
      const cell = row * grid.columns + column;
      return { kind: grid.kind, factor: grid.factor, plane, cell, row, column, id: `${grid.kind}/${plane}/${cell}` };
    }
    return null;
  }

  #link(hit) {
    if (hit?.id === this.hovered?.id && !this.pinned) return;
    this.hovered = hit;
    this.#relink();
    this.#show();
  }

  /** What is pinned or pointed at stays, and is looked up again for the step. */
  #relink() {
    const hit = this.pinned ?? this.hovered;
    if (!this.layout) return;
    this.#look();
    this.linked = hit ? this.#linkedTo(hit) : null;
    this.readout.textContent = this.readout.title = this.linked?.text ?? "";
  }

  /** Cells of the input, cells of the output and taps that belong to what was hit. */
  #linkedTo(hit) {
    const { scene, painter } = this;
    const { position } = this.shown;
    const found = { input: new Map(), output: new Map(), taps: new Set(), text: "" };
    const outputOf = (visit) => scene.cells(painter.outputKey, scene.loopsAt(visit))[0];
    if (hit.kind === "input") {
      const plane = scene.planesOf(painter.inputKey, position.loops)[hit.plane];
      const cell = plane * painter.input.size + hit.cell;
      found.input.set(cell, null);
      const readers = scene.readersOf(painter.inputKey, cell, position.visit);
      for (const { visit, tap } of readers) {
        found.output.set(outputOf(visit), tap);
        if (visit === position.visit) found.taps.add(tap);
      }
      found.text = fill(this.words.inputCell, { row: hit.row, column: hit.column, plane: painter.input.planes[plane], value: numberText(painter.input.values[cell]), count: readers.length });
    } else if (hit.kind === "output") {
      const first = scene.siblings(position.visit)[0];
      const visit = scene.siblings(position.visit).find((v) => outputOf(v) === outputOf(first) + hit.cell) ?? first;
      hit.writes = visit;
      scene.cells(painter.inputKey, scene.loopsAt(visit)).forEach((cell, tap) => found.input.set(cell, tap));
      found.output.set(outputOf(visit), null);
      const shown = position.phase === scene.writer ? position.visit : position.visit - 1;
      const value = visit <= shown ? numberText(painter.output.values[outputOf(visit)]) : "…";
      found.text = fill(this.words.outputCell, { row: hit.row, column: hit.column, value });
    } else {
      const tap = hit.plane * scene.planeTaps + hit.cell;
      found.taps.add(tap);
      for (const visit of scene.siblings(position.visit)) found.input.set(scene.cells(painter.inputKey, scene.loopsAt(visit))[tap], tap);
      found.output.set(outputOf(position.visit), tap);
      const { factors, products } = scene.products(position.loops);
      found.text = fill(this.words.tapCell, { row: hit.row, column: hit.column, plane: scene.tapPlaneNames[hit.plane], a: numberText(factors[0][tap]), b: numberText(factors[1][tap]), product: numberText(products[tap]) });
    }
    return found;
  }
}

/** Give every part its name: for screen readers, tooltips and tests. */
function nameParts(root, words) {
  const name = (selector, text) => root.querySelector(selector).setAttribute("aria-label", text);
  root.setAttribute("aria-label", words.stepper);
  name("canvas", words.picture);
  for (const part of ["arithmetic", "source", "values", "controls", "planes"]) name(`.${part}`, words[part]);
  name(".units", words.unit);
  name("[name=scrub]", words.scrub);
  name("[name=speed]", words.speed);
  for (const button of root.querySelectorAll("button[name]")) {
    button.setAttribute("aria-label", words[button.name]);
    button.title = words[button.name];
  }
}
