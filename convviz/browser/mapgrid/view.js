// A grid of feature maps: rows are images, columns are filters. Pointing at a cell says its number and shows its window.

import { readTheme } from "../shared/colour.js";
import { element, onResize, pageHeight } from "../shared/element.js";
import { fill, numberText } from "../shared/format.js";
import { nearestCell, onArrows, placeUnder, within } from "../shared/grid.js";
import { boxOf } from "../shared/lattice.js";
import { grayPixels, mapPixels, photoPixels, scaleBar } from "../shared/pixels.js";
import { buildTable, fit } from "./table.js";

const DIGITS = 5; // as many as a 32-bit number surely has
const KERNEL = 24; // screen pixels of a kernel's picture

export class MapGrid {
  constructor(root) {
    this.root = root;
    this.table = root.querySelector("table");
    this.pointed = root.querySelector(".pointed");
    this.remove = onResize(root, () => this.#layOut());
  }

  /**
   * @param {object} data plain values from Python, and the numbers: `cells` of maps and kernels, `pixels` of photos
   * @param {{setTriggerValue: (name: "picked", place: object) => void}} streamlit told of the cell a person chooses
   */
  load(data, streamlit) {
    Object.assign(this, { data, streamlit, theme: readTheme(this.root) });
    this.pointed.setAttribute("aria-label", data.words.pointed);
    this.root.querySelector(".scroll").setAttribute("aria-label", data.words.grid);
    this.columns = 0; // not built yet
    this.#legend();
    this.#layOut();
  }

  /** Build the table, with so many filters side by side. */
  #build(columns) {
    this.columns = columns;
    const { images, filters, words } = this.data;
    const rows = images.map((image) => ({
      image: { draw: () => photoPixels({ ...image, cells: this.#pixels(image) }), caption: image.caption },
      maps: image.maps.map((map, f) => this.#shownMap(map, image, f)),
    }));
    const heads = filters.map((filter) => ({ ...filter, kernel: this.#kernel(filter) }));
    this.rows = buildTable(this.table, { filters: heads, rows, columns }, words);
    this.rows.forEach(({ maps }, n) => maps.forEach(({ button }, f) => this.#watch(button, n, f)));
    this.#say();
  }

  #pixels({ from, rows, columns, planes }) {
    return this.data.pixels.subarray(from, from + rows * columns * planes);
  }

  #cells({ from, rows, columns }) {
    return this.data.cells.subarray(from, from + rows * columns);
  }

  #shownMap(map, image, f) {
    const { gray, filters } = this.data;
    const shown = { ...map, cells: this.#cells(map) };
    return {
      ...map,
      canvas: gray ? grayPixels(shown) : mapPixels(shown, map.limit, this.theme.dark),
      image: image.name,
      filter: filterName(filters[f]),
    };
  }

  /** A picture for each plane of a filter. */
  #kernel({ kernel, kernelLimit }) {
    return kernel.map((plane) => {
      const canvas = mapPixels({ ...plane, cells: this.#cells(plane) }, kernelLimit, this.theme.dark);
      canvas.style.width = `${(KERNEL * plane.columns) / plane.rows}px`;
      return canvas;
    });
  }

  #legend() {
    const { words, gray, note } = this.data;
    const bar = gray ? [] : [scaleBar(words.low, words.high, this.theme.dark)];
    this.root.querySelector(".foot").replaceChildren(...bar, element("span", { class: "note" }, note));
  }

  /** As large as the width and the height of the window allow. */
  #layOut() {
    const { clientWidth } = this.root;
    if (!this.data || clientWidth < 20) return; // in a hidden tab there is no width
    const theme = readTheme(this.root);
    if (theme.dark !== this.theme.dark) return this.load(this.data, this.streamlit);
    const { images } = this.data;
    const { columns, side } = fit(clientWidth, pageHeight(), this.data);
    if (columns !== this.columns) this.#build(columns);
    this.root.style.setProperty("--side", `${side}px`);
    this.root.style.setProperty("--window", theme.window);
    this.root.classList.toggle("narrow", side < 110);
    images.forEach((image, n) => {
      for (const { photo } of this.rows[n].photos) this.#resize(photo, image.size, side);
      image.maps.forEach((map, f) => this.#resize(this.rows[n].maps[f].button, map.size, side));
    });
  }

  /** Fit into a square of so many screen pixels. */
  #resize(element, [rows, columns], side) {
    const scale = side / Math.max(rows, columns);
    Object.assign(element.style, { width: `${columns * scale}px`, height: `${rows * scale}px` });
    element.firstChild.style.imageRendering = scale > 2 ? "pixelated" : "auto";
  }

  /** Pointer and keys on a map. */
  #watch(button, n, f) {
    const { rows, columns } = this.data.images[n].maps[f];
    const middle = [rows >> 1, columns >> 1];
    const under = (event) => {
      const [down, across] = placeUnder(event, button);
      return nearestCell([down * rows, across * columns], [rows, columns]);
    };
    let pointed = null; // a click comes with rounded coordinates, which may lie on the next cell
    const point = (drawn) => this.#point(n, f, (pointed = drawn));
    button.addEventListener("pointerdown", (event) => point(under(event)));
    button.addEventListener("pointermove", (event) => point(under(event)));
    button.addEventListener("pointerleave", () => point(null));
    button.addEventListener("focus", () => button.matches(":focus-visible") && point(middle));
    button.addEventListener("blur", () => point(null));
    button.addEventListener("click", (event) => {
      const pressed = event.detail === 0; // with the keyboard: there is no place under it
      const drawn = pressed ? middle : (pointed ?? under(event));
      this.streamlit.setTriggerValue("picked", { n, f, ...this.#place(n, f, drawn) });
    });
    onArrows(button, (way) => this.#neighbour(n, f, way)?.focus());
  }

  /** The map so many maps down and to the right of another. */
  #neighbour(n, f, [down, right]) {
    const count = this.data.images.length;
    const line = Math.floor(f / this.columns) * count + n + down;
    const band = Math.floor(line / count);
    const filter = band * this.columns + (f % this.columns) + right;
    return this.rows[line - band * count]?.maps[filter]?.button;
  }

  /** The cell of the whole map that a drawn cell is. */
  #place(n, f, [row, column]) {
    const { every } = this.data.images[n].maps[f];
    return { row: row * every, column: column * every };
  }

  /** Say what is at a drawn cell, and show where it comes from; without one, neither. */
  #point(n, f, drawn) {
    if (!drawn) return this.#say();
    const image = this.data.images[n];
    const map = image.maps[f];
    const { row, column } = this.#place(n, f, drawn);
    const value = this.#cells(map)[drawn[0] * map.columns + drawn[1]];
    const [rows, columns] = this.#window([row, column], image.size);
    const said = { n, f, row, column, value: numberText(value, DIGITS), image: image.name, filter: filterName(this.data.filters[f]) };
    Object.assign(said, { top: rows[0], bottom: rows[1] - 1, left: columns[0], right: columns[1] - 1 });
    const sentence = rows[0] < rows[1] && columns[0] < columns[1] ? "cell" : "paddingCell";
    this.#say(fill(this.data.words[sentence], said));
    for (const { mark } of this.rows[n].photos) this.#mark(mark, rows, columns, image.size);
    this.rows[n].maps.forEach(({ mark }, k) => this.#mark(mark, [row, row + 1], [column, column + 1], image.maps[k].size));
  }

  /** Rows and columns of the photo from which a cell is computed, [first, one past the last]. */
  #window(cell, size) {
    const box = boxOf(this.data.lattice, cell);
    return cell.map((_, axis) => [box[axis], box[axis + 2]].map((edge) => within(edge, size[axis])));
  }

  #mark(mark, [top, bottom], [left, right], [rows, columns]) {
    mark.hidden = bottom <= top || right <= left;
    const percent = (part, whole) => `${(100 * part) / whole}%`;
    Object.assign(mark.style, {
      top: percent((top + bottom) / 2, rows),
      left: percent((left + right) / 2, columns),
      height: percent(bottom - top, rows),
      width: percent(right - left, columns),
    });
  }

  /** Say something of the cell pointed at; without words, how to point at one. */
  #say(sentence = "") {
    this.pointed.textContent = sentence || this.data.words.hint;
    if (sentence) return;
    for (const { photos, maps } of this.rows) for (const { mark } of [...photos, ...maps]) mark.hidden = true;
  }
}

const filterName = ({ number, name }) => `${number} ${name}`;
