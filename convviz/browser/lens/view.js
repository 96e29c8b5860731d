// The arithmetic of one cell of a feature map: the pixels of its window, the kernel, the sum of each channel; or of a
// pooled photo. It is the cell last pointed at, on the map itself or on the photo.

import { cssColour, imageColour, inkOn, largest, readTheme, signedColour } from "../shared/colour.js";
import { STACKED, element, onResize, takeHeight } from "../shared/element.js";
import { exactAt, onFetched } from "../shared/exact.js";
import { onPointed } from "../shared/exchange.js";
import { cellText, fill, inBrackets, numberText, saysLess } from "../shared/format.js";
import { nearestTo, pixelsOf } from "../shared/lattice.js";

const MOST = 7; // rows of a kernel whose numbers there is room for
const LOW = 3; // rows up to which they are large
const DIGITS = 5; // as many as a 32-bit number, which the map's are, surely has

export class Lens {
  constructor(root) {
    this.root = root;
    this.grids = root.querySelector(".grids");
    this.sentence = root.querySelector(".sentence");
    this.large = root.querySelector(".large");
    this.stops = [
      onPointed((pointed) => this.#point(pointed)),
      onResize(root, () => this.#resized()),
      onFetched(() => this.data && this.#show()),
    ];
  }

  remove() {
    for (const stop of this.stops) stop();
    takeHeight(this, 0);
  }

  /**
   * @param {object} data from Python, and `pixels` and `values`, the numbers of the photo and of the map; where the map's
   *   have not travelled, `exact` is their source. `cell`, where the map has the numbers `shown`, is seen until another is
   *   pointed at. `weights` has a list for each channel and none where windows are not weighted
   */
  load(data) {
    const before = this.data;
    this.data = data;
    const [rows, columns] = data.mapSize;
    const asked = this.pointing || String(before?.cell) === String(data.cell); // nothing else is asked for
    const kept = before && asked && this.cell[0] < rows && this.cell[1] < columns;
    if (!kept) this.cell = data.cell;
    this.sentence.setAttribute("aria-label", data.words.arithmetic);
    this.root.querySelector(".hint").textContent = data.words.hint;
    this.#build();
  }

  #point({ group, from, cell, lattice, painted }) {
    if (group !== this.data?.group) return;
    this.pointing = cell !== null;
    if (cell) this.cell = from === "map" ? cell : nearestTo(lattice, cell, this.data.mapSize);
    else if (painted === null) this.cell = this.data.cell; // the kernel has slid over the photo
    else return; // away from both pictures the last one stays
    this.#show();
  }

  /** Grids for windows and kernels, where there is room for their numbers. */
  #build() {
    const { kernel, names, words } = this.data;
    const [rows, columns] = kernel;
    this.theme = readTheme(this.root);
    this.root.classList.toggle("tall", rows > LOW);
    this.windows = names.map((name) => grid(`${words.window} ${name}`.trim(), name, rows, columns));
    const kernels = this.#kernels();
    const tables = (grids) => grids.map(({ table }) => table);
    const times = kernels.length ? [element("span", { class: "sign" }, "×")] : [];
    this.grids.replaceChildren(...tables(this.windows), ...times, ...tables(kernels));
    this.large.textContent = fill(words.large, { rows, columns });
    this.#show();
    const grids = String([rows, columns, ...names]);
    if (grids !== this.of) this.highest = 0;
    this.of = grids;
    this.#fit();
  }

  /** The grids where they fit, else a sentence that says so. */
  #fit() {
    this.grids.hidden = false;
    const fits = this.data.kernel[0] <= MOST && this.grids.scrollWidth <= this.root.clientWidth;
    this.grids.hidden = !fits && this.root.clientWidth > 0; // in a hidden tab there is no width
    this.large.hidden = !this.grids.hidden;
    this.#takeRoom();
  }

  /**
   * The pictures above leave room for what the lens is higher than usual, where it does not stand far below them. It
   * does not give that back while its grids and the window are as large: the pictures would move with each sentence,
   * and come and go with a bar that scrolls the page.
   */
  #takeRoom() {
    const usual = Number.parseFloat(getComputedStyle(this.root).minHeight) || 0; // a lens taken off the page has none
    const more = window.innerWidth > STACKED ? Math.max(0, this.root.offsetHeight - usual) : 0;
    this.highest = this.width === window.innerWidth ? Math.max(this.highest, more) : more;
    this.width = window.innerWidth;
    takeHeight(this, this.highest);
  }

  /** A grid for each channel of the kernel, or one where all channels have the same. */
  #kernels() {
    const { weights, kernel, names } = this.data;
    const limit = largest(weights.flat());
    const alike = weights.every((plane) => String(plane) === String(weights[0]));
    return (alike ? weights.slice(0, 1) : weights).map((plane, k) => {
      const name = alike ? "w" : `w ${names[k]}`;
      const made = grid(name, name, ...kernel);
      plane.forEach((weight, tap) => paint(made.cells[tap], weight, signedColour(weight, limit, this.theme.dark)));
      return made;
    });
  }

  #resized() {
    if (!this.data) return;
    if (readTheme(this.root).dark !== this.theme.dark) this.#build();
    else this.#fit();
  }

  #show() {
    const { names, fold, limit } = this.data;
    const colourOf = (value, name) => (limit === null ? imageColour(value, name) : signedColour(value, limit, this.theme.dark));
    const taps = tapsOf(this.data, this.cell);
    taps.forEach((window, plane) => {
      const most = Math.max(...window.map(({ value }) => value));
      window.forEach(({ value, padding }, tap) => {
        const cell = this.windows[plane].cells[tap];
        paint(cell, value, padding ? null : colourOf(value, names[plane]));
        cell.classList.toggle("padding", padding);
        cell.classList.toggle("most", fold === "max" && value === most);
      });
    });
    this.sentence.textContent = fold === "sum" ? this.#sum(taps) : this.#pooled();
  }

  /** The sum of the products in each channel, the bias, and what the map holds. */
  #sum(taps) {
    const { weights, names, bias, words } = this.data;
    const sums = sumsOf(taps, weights);
    const [value] = this.#values();
    const parts = sums.map((sum, plane) => `${names[plane]} ${plane ? shortTerm(sum) : shortText(sum)}`.trim()).join(" + ");
    const [row, column] = this.cell;
    const said = { row, column, parts, bias: shortTerm(bias), value: shortText(value) };
    const rounded = Object.entries({ parts: sums, value: [value] }).filter(([, numbers]) => numbers.some((one) => one !== null && saysLess(shortText(one), one)));
    return fill(words.sum, said, new Set(rounded.map(([name]) => name)));
  }

  /** What is left of the window in each channel. */
  #pooled() {
    const { fold, names, words } = this.data;
    const parts = [...this.#values()].map((value, plane) => `${names[plane]} ${shortText(value)}`.trim()).join(", ");
    const [row, column] = this.cell;
    return fill(words[fold], { row, column, parts });
  }

  /** What the map holds: one number, or one for each channel. */
  #values() {
    const { values, exact, names, fold, cell, shown, mapSize: [rows, columns] } = this.data;
    if (shown && String(this.cell) === String(cell)) return shown;
    if (exact) return exactAt(exact, this.cell) ?? (fold === "sum" ? [null] : names.map(() => null));
    const planes = values.length / (rows * columns);
    const from = (this.cell[0] * columns + this.cell[1]) * planes;
    return Array.from(values.subarray(from, from + planes));
  }
}

const shortText = (value) => (value === null ? "…" : numberText(value, DIGITS)); // dots until it is here
const shortTerm = (value) => inBrackets(shortText(value), value);

/**
 * The window of a cell: for each channel its pixels row by row, and which of them are padding.
 * @param {{pixels: ArrayLike<number>, size: number[], names: string[], lattice: object, copies: object[], fold: string}} data
 *   `pixels` of shape (rows, columns, channels), `size` its rows and columns, `names` one for each channel, `copies`
 *   for the rows and for the columns as `indexOf` takes them
 * @param {number[]} cell (row, column) of the map
 * @returns {{value: number, padding: boolean}[][]} one list for each channel
 */
function tapsOf({ pixels, size, names, lattice, copies, fold }, cell) {
  const nothing = fold === "max" ? -Infinity : 0;
  const [rows, columns] = pixelsOf(lattice, cell).map((places, axis) =>
    places.map((place) => {
      const index = indexOf(place, size[axis], copies[axis]);
      return { index, padding: index !== place };
    }),
  );
  return names.map((_name, plane) =>
    rows.flatMap((row) =>
      columns.map((column) => {
        const blank = row.index < 0 || column.index < 0;
        const value = blank ? nothing : pixels[(row.index * size[1] + column.index) * names.length + plane];
        return { value, padding: row.padding || column.padding };
      }),
    ),
  );
}

/**
 * Which index of an axis a place on the padded axis has or is copied from; -1 for none.
 * @param {number} place counted from the first pixel, negative in front of it
 * @param {{before: number[], after: number[]}} copies the indices that the cells of the padding are copied from
 */
function indexOf(place, size, { before, after }) {
  if (place >= 0 && place < size) return place;
  return (place < 0 ? before.at(place) : after[place - size]) ?? -1;
}

/** The sum of the products of each channel. */
function sumsOf(taps, weights) {
  return taps.map((window, plane) => window.reduce((sum, { value }, tap) => sum + value * weights[plane][tap], 0));
}

/** A table of cells to be painted. */
function grid(name, caption, rows, columns) {
  const table = element("table", { "aria-label": name });
  table.append(element("caption", {}, caption));
  const lines = Array.from({ length: rows }, () => element("tr"));
  const cells = lines.flatMap((line) => Array.from({ length: columns }, () => line.appendChild(element("td"))));
  table.append(...lines);
  return { table, cells };
}

/** A number in a cell; without a colour the cell keeps the page's. */
function paint(cell, value, colour) {
  cell.textContent = cellText(value);
  cell.style.background = colour ? cssColour(colour) : "";
  cell.style.color = colour ? inkOn(colour) : "";
}
