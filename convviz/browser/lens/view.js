// The arithmetic of one cell of a feature map: the pixels of its window, the kernel, the sum of each channel; or of a
// pooled photo. It is the cell last pointed at, on the map itself or on the photo.

import { cssColour, imageColour, inkOn, largest, readTheme, signedColour } from "../shared/colour.js";
import { nearestTo } from "../picture/lattice.js";
import { element } from "../shared/element.js";
import { cellText, fill, numberText } from "../shared/format.js";
import { sumsOf, windowOf } from "./taps.js";

const POINT = "convviz-point"; // said by the pictures
const MOST = 5; // rows or columns of a kernel whose numbers there is room for
const LOW = 3; // rows up to which they are large
const DIGITS = 5; // as many as a 32-bit number, which the map's are, surely has

export class Lens {
  constructor(root) {
    this.root = root;
    this.grids = root.querySelector(".grids");
    this.sentence = root.querySelector(".sentence");
    this.onPoint = ({ detail }) => this.#point(detail);
    document.addEventListener(POINT, this.onPoint);
    this.resized = new ResizeObserver(() => this.#paintAnew());
    this.resized.observe(root);
  }

  remove() {
    document.removeEventListener(POINT, this.onPoint);
    this.resized.disconnect();
  }

  /**
   * @param {object} data from Python, and `pixels` and `values`, the numbers of the photo and of the map. `cell` is shown
   *   until another is pointed at, `weights` has a list for each channel and none where windows are not weighted
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

  #point({ group, from, cell, lattice }) {
    if (group !== this.data?.group) return;
    this.pointing = cell !== null;
    if (!cell) return; // away from both pictures the last one stays
    this.cell = from === "map" ? cell : nearestTo(lattice, cell, this.data.mapSize);
    this.#show();
  }

  /** Grids for windows and kernels, where there is room for their numbers. */
  #build() {
    const { kernel, names, words } = this.data;
    const [rows, columns] = kernel;
    this.theme = readTheme(this.root);
    this.grids.hidden = Math.max(rows, columns) > MOST;
    this.root.classList.toggle("tall", rows > LOW);
    this.windows = names.map((name) => grid(`${words.window} ${name}`.trim(), name, rows, columns));
    const kernels = this.#kernels();
    const tables = (grids) => grids.map(({ table }) => table);
    const times = kernels.length ? [element("span", { class: "sign" }, "×")] : [];
    this.grids.replaceChildren(...tables(this.windows), ...times, ...tables(kernels));
    this.#show();
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

  #paintAnew() {
    if (this.data && readTheme(this.root).dark !== this.theme.dark) this.#build();
  }

  #show() {
    const { names, fold } = this.data;
    const taps = windowOf(this.data, this.cell);
    taps.forEach((window, plane) => {
      const most = Math.max(...window.map(({ value }) => value));
      window.forEach(({ value, padding }, tap) => {
        const cell = this.windows[plane].cells[tap];
        paint(cell, value, padding ? null : imageColour(value, names[plane]));
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
    const parts = sums.map((sum, plane) => `${names[plane]} ${(plane ? inBrackets : shortText)(sum)}`.trim()).join(" + ");
    const [row, column] = this.cell;
    const said = { row, column, parts, bias: inBrackets(bias), value: shortText(value) };
    const rounded = Object.entries({ parts: sums, value: [value] }).filter(([, numbers]) => numbers.some((one) => !isExact(one)));
    return fill(words.sum, said, new Set(rounded.map(([name]) => name)));
  }

  /** What is left of the window in each channel. */
  #pooled() {
    const { fold, names, words } = this.data;
    const parts = this.#values().map((value, plane) => `${names[plane]} ${shortText(value)}`.trim()).join(", ");
    const [row, column] = this.cell;
    return fill(words[fold], { row, column, parts });
  }

  /** What the map holds: one number, or one for each channel. */
  #values() {
    const { values, mapSize: [rows, columns] } = this.data;
    const planes = values.length / (rows * columns);
    const from = (this.cell[0] * columns + this.cell[1]) * planes;
    return Array.from(values.subarray(from, from + planes));
  }
}

const shortText = (value) => numberText(value, DIGITS);
const inBrackets = (value) => (value < 0 ? `(${shortText(value)})` : shortText(value));
const isExact = (value) => shortText(value) === numberText(value, 12);

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
