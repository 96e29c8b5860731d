// One photo or one feature map, every pixel exactly as NumPy has it, and the region on it.
// Two pictures of the same group show each other what the pointer is on.

import { readTheme } from "../shared/colour.js";
import { STACKED, onResize, roomFor } from "../shared/element.js";
import { onFetched } from "../shared/exact.js";
import { onPointed, sayPointed } from "../shared/exchange.js";
import { Framed } from "../shared/framed.js";
import { nearestCell, within } from "../shared/grid.js";
import { boxOf, pixelsOf, readersOf } from "../shared/lattice.js";
import { mapPixels, photoPixels, rangeOf, shadePixels } from "../shared/pixels.js";
import { cellSentence } from "./cell.js";
import { drawLit, veilOf } from "./light.js";
import { watchPointer } from "./pointer.js";
import { scaleOf } from "./scale.js";
import { Slide } from "./slide.js";

const LEFTOVER = "#e5484d";
const LINKED = { light: "#00857a", dark: "#19d3c5" };
const BLEED = 8; // screen pixels by which marks may stand out beyond the picture, as the region's outline does
const LEAST_HEIGHT = 190; // screen pixels, however low the window
const LEAST_WIDTH = 300; // of a picture beside whose name there is room for its size and the button that slides
const LEAST_BESIDE = 160; // screen pixels beside a picture in which its scale has room
const AROUND = 330; // screen pixels kept of a narrow window's height: the photo and its map are seen at once
const PATIENCE = 2000; // milliseconds to wait for Python's answer to a pick

export class Picture {
  /** @param {HTMLElement} root a figure as picture.html has it */
  constructor(root) {
    this.root = root;
    this.frame = root.querySelector(".frame");
    this.pointed = root.querySelector(".pointed");
    this.framed = new Framed(this.frame);
    this.here = this.elsewhere = null; // cells pointed at, on this picture and on the other
    this.painted = null; // how many cells the kernel that slides over the photo has computed; null for all
    this.led = false; // whether the kernel points, and not a person
    this.slide = new Slide(root, (...where) => this.#slideTo(...where));
    this.stops = [
      onResize(root, () => this.#resized()),
      onPointed((pointed) => this.#pointedElsewhere(pointed)),
      onFetched(() => this.#say()),
    ];
    watchPointer(this.frame, this);
  }

  /**
   * @param {object} data plain values from Python, and `cells`: the numbers; or what is painted for them, where `exact`
   *   is their source, and `range` says of a map what its numbers are
   * @param {{setTriggerValue: (name: "picked", cell: {row: number, column: number}) => void}} streamlit told of the cell a
   *   person chooses
   */
  load(data, { setTriggerValue }) {
    const other = data.numbers.cells !== this.data?.numbers.cells;
    if (other) this.image = this.range = null;
    if (data.limit !== this.data?.limit) this.image = null;
    Object.assign(this, { data, tell: setTriggerValue, box: data.box, veil: null });
    clearTimeout(this.waiting);
    this.root.querySelector(".title").textContent = data.title;
    this.root.querySelector(".detail").textContent = data.detail;
    this.frame.setAttribute("aria-label", data.description);
    this.pointed.setAttribute("aria-label", data.words.pointed);
    this.pointed.hidden = Boolean(data.quiet);
    this.#layOut();
    this.slide.load({ size: data.slides ? this.#size : null, words: data.words }, other);
    if (this.here) this.point(this.here.every((index, axis) => index < this.#size[axis]) ? this.here : null);
  }

  remove() {
    clearTimeout(this.waiting);
    this.slide.remove();
    for (const stop of this.stops) stop();
  }

  /** The cell the region is centred on; without one the cell pointed at, else the middle of what is marked. */
  get middle() {
    const around = this.box ?? this.data.marks?.find(({ colour }) => colour === "first")?.box;
    if (!this.box && (this.here || !around)) return this.here ?? [0, 0];
    const [top, left, bottom, right] = around;
    return [(top + bottom) >> 1, (left + right) >> 1];
  }

  /** Centre the region on a cell: it keeps its size and stays inside. */
  moveBox([row, column]) {
    if (!this.box) return;
    const [top, left, bottom, right] = this.box;
    const [high, wide] = [bottom - top, right - left];
    const newTop = within(row - (high >> 1), this.data.rows - high);
    const newLeft = within(column - (wide >> 1), this.data.columns - wide);
    this.box = [newTop, newLeft, newTop + high, newLeft + wide];
    if (this.data.follows) this.#drawCells();
    this.#drawMarks();
  }

  /** Choose the region around a cell, clicked or dragged to. Python answers with new data, unless the region stays where it was. */
  pick(cell, clicked) {
    this.moveBox(cell);
    const [row, column] = this.inside(cell);
    this.tell("picked", { row, column, clicked });
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.restore(), PATIENCE);
  }

  /** Put the region back to where Python has it. */
  restore() {
    if (!this.data || String(this.box) === String(this.data.box)) return;
    this.box = this.data.box;
    this.#draw();
  }

  /** Say what is under the pointer, here and in the other picture; aloud if it is the keys that moved. */
  point(cell, aloud = false) {
    if (this.led) return;
    this.here = cell;
    this.pointed.setAttribute("aria-live", aloud ? "polite" : "off");
    this.#say();
    this.#drawMarks();
    sayPointed({ group: this.data.group, from: this.#side, cell, lattice: this.data.lattice });
  }

  /** The kernel stands at a cell of this map, or nowhere: tell all pictures of the group. */
  #slideTo(cell, painted, moves) {
    const { group, lattice } = this.data;
    sayPointed({ group, from: this.#side, cell, lattice, painted, moves });
  }

  #say() {
    this.pointed.textContent = this.here ? cellSentence(this.data, this.here) : "";
  }

  /** The cell of the picture nearest to a place that may lie outside. */
  inside(place) {
    return nearestCell(place, this.#size);
  }

  /** The cell nearest to the pointer. */
  cellAt(event) {
    return this.inside(this.framed.placeOf(event));
  }

  get #size() { return [this.data.rows, this.data.columns]; }
  /** Whether it is the photo of its group, or what was computed from it. */
  get #side() { return this.data.side ?? this.data.kind; }
  get #signed() { return this.data.kind === "map" && !this.data.gray; }

  /** Its own height changes with its numbers, and is no reason to draw it again. */
  #resized() {
    if (String(roomFor(this.root)) !== this.room) this.#layOut();
  }

  /** Fit the padded picture into the width of its column and the height of the window. */
  #layOut() {
    const [available, high, wide] = roomFor(this.root);
    if (!this.data || available < 20) return; // in a hidden tab there is no width
    this.room = String(roomFor(this.root));
    const theme = readTheme(this.root);
    if (theme.dark !== this.theme?.dark) this.image = null;
    this.theme = theme;
    const tall = Math.max(LEAST_HEIGHT, wide > STACKED ? high - this.data.below : (high - AROUND) / 2);
    this.framed.fit(this.data, [available, tall], this.data.largest);
    const beside = wide > STACKED && tall === LEAST_HEIGHT ? available - this.framed.extent[0] : 0;
    this.root.classList.toggle("small", Boolean(this.data.small));
    this.root.classList.toggle("narrow", available <= LEAST_WIDTH);
    this.root.classList.toggle("beside", beside >= LEAST_BESIDE);
    if (this.#signed) {
      const { range, exact } = this.data;
      this.range ??= range ? { ...range, minimum: range.minimum ?? NaN, maximum: range.maximum ?? NaN } : rangeOf(this.data.cells);
      this.image ??= exact ? shadePixels(this.data, theme.dark) : mapPixels(this.data, this.#limit, theme.dark);
    } else this.image ??= photoPixels(this.data);
    this.#showBelow();
    this.#draw();
  }

  /** The largest value the scale shows: what lies beyond has the colour of the end it passes. */
  get #limit() { return this.data.limit ?? this.range.limit; }

  /** Beneath a map its scale and the raw range of its numbers, beneath another picture its note. */
  #showBelow() {
    const place = this.root.querySelector(".scale");
    const scaled = this.#signed && !this.data.small;
    place.hidden = !scaled && !this.data.note;
    const shown = scaled ? scaleOf(this.range, this.#limit, this.data.words, this.theme.dark) : [this.data.note];
    place.replaceChildren(...shown);
  }

  #draw() { this.#drawCells(); this.#drawMarks(); }

  #drawCells() {
    if (!this.framed.scale) return;
    const { framed, theme, data: { leftover } } = this;
    const hatched = framed.isPadded || this.range?.missing > 0;
    if (!framed.isNew(this.image, [hatched, leftover, theme, this.#dragged(), this.painted])) return;
    const marks = framed.marksOn("cells");
    const [top, left, bottom, right] = framed.whole;
    framed.drawImage(marks, this.image, theme.line, { shift: this.#dragged(), hatched });
    if (leftover[0]) marks.leftover([bottom - leftover[0], left, bottom, right], LEFTOVER);
    if (leftover[1]) marks.leftover([top, right - leftover[1], bottom, right], LEFTOVER);
    if (this.painted !== null) marks.blank(this.#unpainted, theme.blank);
  }

  #drawMarks() {
    if (!this.framed.scale) return;
    const { background, window: region, dark } = this.theme;
    const marks = this.framed.marksOn("marks", BLEED);
    this.veil ??= veilOf(this.data);
    drawLit(marks, this.veil, this.data, this.theme);
    if (this.here) marks.crosshair(this.here, this.framed.extent);
    if (this.box) marks.outline(this.box, region, background);
    if (this.elsewhere) this.#drawLinked(marks, dark ? LINKED.dark : LINKED.light, background);
    const handle = this.frame.querySelector(".handle");
    handle.hidden = !this.box;
    if (!this.box) return;
    const [x, y, w, h] = marks.rectangle(this.box);
    Object.assign(handle.style, { left: `${x + w / 2}px`, top: `${y + h / 2}px`, width: `${w}px`, height: `${h}px` });
  }

  /** Cells (down, across) by which the whole picture follows its box while that is dragged. */
  #dragged() {
    if (!this.data.follows || !this.box) return [0, 0];
    return [0, 1].map((axis) => this.box[axis] - this.data.box[axis]);
  }

  /** Boxes of the cells that the kernel has not come to: the rest of its row, and the rows below. */
  get #unpainted() {
    const [rows, columns] = this.#size;
    const row = Math.floor(this.painted / columns);
    return [[row, this.painted % columns, row + 1, columns], [row + 1, 0, rows, columns]].filter(([top]) => top < rows);
  }

  /** What belongs, on this picture, to the cell pointed at on the other. */
  #drawLinked(marks, colour, rim) {
    const { elsewhere, theirLattice, data: { lattice } } = this;
    if (this.#side === "map") marks.cells(readersOf(lattice, elsewhere, this.#size), colour, rim);
    else marks.cells(pixelsOf(theirLattice, elsewhere), colour, rim, boxOf(theirLattice, elsewhere));
  }

  #pointedElsewhere({ group, from, cell, lattice, painted, moves = false }) {
    if (group !== this.data?.group) return;
    this.led = moves;
    if (painted !== undefined && this.#side === "map") {
      Object.assign(this, { painted, here: cell });
      this.#draw();
    }
    if (from === this.#side) return;
    this.elsewhere = cell;
    this.theirLattice = lattice;
    this.#drawMarks();
  }
}
