// The connections of a layer as the matrix it is. Pointing at one lights all that share its weight.

import { readTheme } from "../shared/colour.js";
import { door } from "../shared/door.js";
import { onResize, pageHeight } from "../shared/element.js";
import { fill } from "../shared/format.js";
import { nearestCell, onArrows, placeInPlanes, placeUnder } from "../shared/grid.js";
import { kernelCells, matrixCells, nextOf, paint } from "./matrix.js";

const LARGEST = 26; // screen pixels a cell
const SMALL = 18; // and of the weights beneath the matrix

class Connections {
  constructor(root) {
    this.root = root;
    this.pointed = null; // the weight pointed at
    this.at = { matrix: [0, 0], weights: [0, 0] }; // the cell of each pointed at last
    this.marked = null; // the cell of the matrix pointed at
    this.said = root.querySelector(".pointed");
    this.remove = onResize(root, () => this.draw());
    for (const part of ["matrix", "weights"]) this.#listen(part);
  }

  load(data) {
    this.data = data;
    this.uses = new Map();
    for (const weight of data.weights) this.uses.set(weight, (this.uses.get(weight) ?? 0) + 1);
    const write = (part, text) => (this.root.querySelector(part).textContent = text);
    write(".title", data.title);
    write(".detail", data.detail);
    this.parts = { matrix: matrixCells(data), weights: kernelCells(data) };
    this.root.querySelector(".matrix").setAttribute("aria-label", data.words.matrix);
    this.root.querySelector(".weights").setAttribute("aria-label", data.words.weights);
    this.root.querySelector(".weights").hidden = !data.shared;
    this.at = { matrix: [0, 0], weights: [0, 0] };
    this.point(null);
  }

  /** Light every connection that has this weight, and say so. */
  point(weight, cell = null) {
    this.pointed = weight !== null && weight >= 0 ? weight : null;
    this.marked = cell;
    this.said.textContent = this.#sentence(weight, cell);
    this.draw();
  }

  draw() {
    const available = this.root.clientWidth;
    if (!this.data || available < 20) return; // in a hidden tab there is no width
    const tall = Math.max(160, pageHeight() - this.data.below);
    const { matrix, weights } = this.parts;
    this.scale = Math.min(LARGEST, available / matrix.columns, tall / matrix.rows);
    const look = { pointed: this.pointed, theme: readTheme(this.root), ratio: window.devicePixelRatio || 1 };
    paint(this.root.querySelector(".matrix canvas"), matrix, this.scale, { ...look, marked: this.marked });
    this.small = Math.min(SMALL, available / weights.columns);
    if (this.data.shared) paint(this.root.querySelector(".weights canvas"), weights, this.small, look);
  }

  #listen(part) {
    const element = this.root.querySelector(`.${part}`);
    element.addEventListener("pointermove", (event) => {
      const { rows, columns } = this.parts[part];
      const [down, across] = placeUnder(event, element);
      this.#pointAt(part, nearestCell([down * rows, across * columns], [rows, columns]));
    });
    element.addEventListener("pointerleave", (event) => event.pointerType !== "touch" && this.point(null));
    element.addEventListener("blur", () => this.point(null));
    element.addEventListener("keydown", (event) => event.key === "Escape" && this.point(null));
    onArrows(element, (way) => this.#pointAt(part, nextOf(this.parts[part], this.at[part], way)));
  }

  #pointAt(part, cell) {
    this.at[part] = cell;
    this.point(this.parts[part].weightAt(...cell), part === "matrix" ? cell : null);
  }

  #sentence(weight, cell) {
    const { words, output, input, kernel, channels, shared } = this.data;
    if (weight === null) return shared ? words.hint : words.ownHint;
    const parts = [];
    if (cell) {
      const [to, from] = [placeInPlanes(cell[0], output), placeInPlanes(cell[1], input)];
      const said = { f: to.plane, i: to.row, j: to.column, c: from.plane, row: from.row, column: from.column };
      parts.push(fill(weight < 0 ? words.none : words.connection, said));
    }
    if (weight >= 0 && shared) {
      const { plane, row, column } = placeInPlanes(weight, kernel);
      const name = { f: Math.floor(plane / channels), c: plane % channels, u: row, v: column };
      parts.push(fill(words.sharedBy, { ...name, count: this.uses.get(weight) ?? 0 }));
    } else if (weight >= 0) parts.push(words.own);
    return parts.join(" ");
  }
}

export default door((parentElement) => new Connections(parentElement.querySelector(".connections")));
