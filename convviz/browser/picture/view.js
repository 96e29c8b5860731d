// One photo or one feature map, every pixel exactly as NumPy has it, and the region on it.
// Two pictures of the same group show each other what the pointer is on.

import { readTheme } from "../shared/colour.js";
import { showLegend } from "./legend.js";
import { emptied } from "./canvas.js";
import { boxOf, pixelsOf, readersOf } from "./lattice.js";
import { drawMarked, veilOf } from "./light.js";
import { Marks } from "./marks.js";
import { mapPixels, photoPixels, rangeOf } from "./pixels.js";
import { watchPointer } from "./pointer.js";
import { cellSentence } from "./readout.js";

const POINT = "convviz-point"; // event by which pictures of a group tell each other
const LEFTOVER = "#e5484d";
const LINKED = { light: "#00857a", dark: "#19d3c5" };
const BLEED = 8; // screen pixels by which marks may stand out beyond the picture, as the region's outline does
const LEAST_HEIGHT = 220; // screen pixels, however low the window
const PATIENCE = 2000; // milliseconds to wait for Python's answer to a pick

export class Picture {
  constructor(root) {
    this.root = root;
    this.frame = root.querySelector(".frame");
    this.pointed = root.querySelector(".pointed");
    this.here = this.elsewhere = null; // cells pointed at, on this picture and on the other
    this.onResize = () => this.#layOut();
    this.onPoint = ({ detail }) => this.#pointedElsewhere(detail);
    this.resized = new ResizeObserver(this.onResize);
    this.resized.observe(root);
    window.addEventListener("resize", this.onResize); // the height of the window counts too
    document.addEventListener(POINT, this.onPoint);
    watchPointer(this.frame, this);
  }

  /**
   * @param {object} data plain values from Python, and `cells`, the numbers
   * @param {(cell: {row: number, column: number}) => void} tell called with the cell a person chooses
   */
  load(data, tell) {
    if (data.fingerprint !== this.data?.fingerprint) this.image = this.range = null;
    if (data.limit !== this.data?.limit) this.image = null;
    Object.assign(this, { data, tell, box: data.box, veil: null });
    clearTimeout(this.waiting);
    this.root.querySelector(".title").textContent = data.title;
    this.root.querySelector(".detail").textContent = data.detail;
    this.frame.setAttribute("aria-label", data.description);
    this.pointed.setAttribute("aria-label", data.words.pointed);
    this.pointed.hidden = Boolean(data.quiet);
    this.#layOut();
    if (this.here) this.point(this.here.every((index, axis) => index < this.#size[axis]) ? this.here : null);
  }

  remove() {
    this.resized.disconnect();
    clearTimeout(this.waiting);
    window.removeEventListener("resize", this.onResize);
    document.removeEventListener(POINT, this.onPoint);
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

  /** Choose the region around a cell. Python answers with new data, unless the region stays where it was. */
  pick(cell) {
    this.moveBox(cell);
    const [row, column] = this.inside(cell);
    this.tell({ row, column });
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.restore(), PATIENCE);
  }

  /** Put the region back to where Python has it. */
  restore() {
    if (!this.data || String(this.box) === String(this.data.box)) return;
    this.box = this.data.box;
    this.#drawCells();
    this.#drawMarks();
  }

  /** Say what is under the pointer, here and in the other picture; aloud if it is the keys that moved. */
  point(cell, aloud = false) {
    this.here = cell;
    this.pointed.setAttribute("aria-live", aloud ? "polite" : "off");
    this.pointed.textContent = cell ? cellSentence(this.data, cell) : "";
    this.#drawMarks();
    const { group, lattice } = this.data;
    document.dispatchEvent(new CustomEvent(POINT, { detail: { group, from: this.#side, cell, lattice } }));
  }

  /** The cell of the picture nearest to a place that may lie outside. */
  inside(place) {
    return place.map((index, axis) => within(index, this.#size[axis] - 1));
  }

  /** The cell nearest to the pointer. */
  cellAt(event) {
    const { left, top } = this.frame.getBoundingClientRect();
    const [x, y] = this.origin;
    return this.inside([event.clientY - top - y, event.clientX - left - x].map((distance) => Math.floor(distance / this.scale)));
  }

  get #size() { return [this.data.rows, this.data.columns]; }
  /** Whether it is the photo of its group, or what was computed from it. */
  get #side() { return this.data.side ?? this.data.kind; }
  get #signed() { return this.data.kind === "map" && !this.data.gray; }

  /** Fit the padded picture into the width of its column and the height of the window. */
  #layOut() {
    const available = this.root.clientWidth;
    if (!this.data || available < 20) return; // in a hidden tab there is no width
    const theme = readTheme(this.root);
    if (theme.dark !== this.theme?.dark) this.image = null;
    this.theme = theme;
    const [[top, bottom], [left, right]] = this.data.padding;
    const [high, wide] = [this.data.rows + top + bottom, this.data.columns + left + right];
    const tall = Math.max(LEAST_HEIGHT, window.innerHeight - this.data.below);
    this.scale = Math.min(available / wide, tall / high, this.data.largest);
    this.origin = [left * this.scale, top * this.scale];
    this.extent = [wide * this.scale, high * this.scale];
    this.ratio = window.devicePixelRatio || 1;
    Object.assign(this.frame.style, { width: `${this.extent[0]}px`, height: `${this.extent[1]}px` });
    this.root.querySelector(".scale").hidden = !this.#signed || this.data.small;
    this.root.classList.toggle("small", Boolean(this.data.small));
    if (this.#signed) {
      this.range ??= rangeOf(this.data.cells);
      const limit = this.data.limit ?? this.range.limit;
      showLegend(this.root, this.range, limit, this.data.words, theme.dark);
      this.image ??= mapPixels(this.data, limit, theme.dark);
    } else this.image ??= photoPixels(this.data);
    this.#drawCells();
    this.#drawMarks();
  }

  #drawCells() {
    const { rows, columns, leftover, padding } = this.data;
    const [[top, bottom], [left, right]] = padding;
    const whole = [-top, -left, rows + bottom, columns + right];
    const context = emptied(this, "cells");
    const marks = new Marks(context, this);
    if (top || bottom || left || right || this.range?.missing) marks.hatch(whole, this.theme.line);
    context.imageSmoothingEnabled = this.scale * this.ratio < 1; // enlarged pixels keep their edges
    context.imageSmoothingQuality = "high";
    const [x, y] = this.#dragged().map((cells, axis) => this.origin[axis] + cells * this.scale);
    context.drawImage(this.image, x, y, columns * this.scale, rows * this.scale);
    if (leftover[0]) marks.leftover([whole[2] - leftover[0], -left, whole[2], whole[3]], LEFTOVER);
    if (leftover[1]) marks.leftover([-top, whole[3] - leftover[1], whole[2], whole[3]], LEFTOVER);
  }

  #drawMarks() {
    if (!this.scale) return;
    const { background, window: region, dark } = this.theme;
    const marks = new Marks(emptied(this, "marks", BLEED), this);
    this.veil ??= veilOf(this.data);
    drawMarked(marks, this.veil, this.data, this.theme);
    if (this.here) marks.crosshair(this.here, this.extent);
    if (this.box) marks.outline(this.box, region, background);
    if (this.elsewhere) this.#drawLinked(marks, dark ? LINKED.dark : LINKED.light, background);
    const handle = this.frame.querySelector(".handle");
    handle.hidden = !this.box;
    if (!this.box) return;
    const [x, y, w, h] = marks.rectangle(this.box);
    Object.assign(handle.style, { left: `${x + w / 2}px`, top: `${y + h / 2}px`, width: `${w}px`, height: `${h}px` });
  }

  /** Cells (across, down) by which the whole picture follows its box while that is dragged. */
  #dragged() {
    if (!this.data.follows || !this.box) return [0, 0];
    return [this.box[1] - this.data.box[1], this.box[0] - this.data.box[0]];
  }

  /** What belongs, on this picture, to the cell pointed at on the other. */
  #drawLinked(marks, colour, rim) {
    const { elsewhere, theirLattice, data: { lattice } } = this;
    if (this.#side === "map") marks.cells(readersOf(lattice, elsewhere, this.#size), colour, rim);
    else marks.cells(pixelsOf(theirLattice, elsewhere), colour, rim, boxOf(theirLattice, elsewhere));
  }

  #pointedElsewhere({ group, from, cell, lattice }) {
    if (group !== this.data?.group || from === this.#side) return;
    this.elsewhere = cell;
    this.theirLattice = lattice;
    this.#drawMarks();
  }
}

const within = (value, most) => Math.max(0, Math.min(value, most));
