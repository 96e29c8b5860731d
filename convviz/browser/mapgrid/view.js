// A grid of feature maps: rows are images, columns are filters. Pointing at a cell says its number and shows its window.

import { readTheme } from "../shared/colour.js";
import { fill, numberText } from "../shared/format.js";
import { mapPixels, paintScale, photoPixels } from "../picture/pixels.js";
import { fit } from "./fit.js";
import { grayPixels } from "./gray.js";
import { watchMap } from "./pointer.js";
import { buildTable } from "./table.js";

const DIGITS = 5; // as many as a 32-bit number surely has
const KERNEL = 24; // screen pixels of a kernel's picture

export class MapGrid {
  constructor(root) {
    this.root = root;
    this.table = root.querySelector("table");
    this.pointed = root.querySelector(".pointed");
    this.layOut = () => this.#layOut();
    this.resized = new ResizeObserver(this.layOut);
    this.resized.observe(root);
    window.addEventListener("resize", this.layOut);
  }

  remove() {
    this.resized.disconnect();
    window.removeEventListener("resize", this.layOut);
  }

  /**
   * @param {object} data plain values from Python, and the numbers: `cells` of maps and kernels, `pixels` of photos
   * @param {(place: object) => void} tell called with the cell a person chooses
   */
  load(data, tell) {
    Object.assign(this, { data, tell, theme: readTheme(this.root) });
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
    this.rows.forEach(({ maps }, n) => maps.forEach(({ button }, f) => watchMap(button, this, n, f)));
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
    const bar = this.root.querySelector(".bar");
    bar.style.display = gray ? "none" : "";
    this.root.querySelector(".low").textContent = words.low;
    this.root.querySelector(".high").textContent = words.high;
    this.root.querySelector(".note").textContent = note;
    paintScale(bar.querySelector("canvas"), this.theme.dark);
  }

  /** As large as the width and the height of the window allow. */
  #layOut() {
    const { clientWidth } = this.root;
    if (!this.data || clientWidth < 20) return; // in a hidden tab there is no width
    const theme = readTheme(this.root);
    if (theme.dark !== this.theme.dark) return this.load(this.data, this.tell);
    const { images } = this.data;
    const { columns, side } = fit(clientWidth, window.innerHeight, this.data);
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

  /** Choose the cell that a drawn cell is. */
  pick(n, f, drawn) {
    this.tell({ n, f, ...this.#place(n, f, drawn) });
  }

  /** Go to a neighbour of a map with the keyboard: so many maps down and to the right. */
  focus(n, f, [down, right]) {
    const count = this.data.images.length;
    const line = Math.floor(f / this.columns) * count + n + down;
    const band = Math.floor(line / count);
    const filter = band * this.columns + (f % this.columns) + right;
    this.rows[line - band * count]?.maps[filter]?.button.focus();
  }

  /** Rows and columns of a map that are drawn. */
  drawn(n, f) {
    const { rows, columns } = this.data.images[n].maps[f];
    return [rows, columns];
  }

  /** The cell of the whole map that a drawn cell is. */
  #place(n, f, [row, column]) {
    const { every } = this.data.images[n].maps[f];
    return { row: row * every, column: column * every };
  }

  /** Say what is at a drawn cell, and show where it comes from; without one, neither. */
  point(n, f, drawn) {
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
    const { start, step, extent } = this.data.lattice;
    return cell.map((index, axis) => {
      const first = start[axis] + index * step[axis];
      return [first, first + extent[axis]].map((edge) => Math.max(0, Math.min(edge, size[axis])));
    });
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
