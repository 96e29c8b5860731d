// The numbers of a grid and their cells: an input each, in a table for each plane.

import { cssColour, inkOn, largest, signedColour } from "../shared/colour.js";
import { element } from "../shared/element.js";
import { cellText, fill } from "../shared/format.js";
import { weightIn } from "./reading.js";

const FEWEST_DIGITS = 2;

export class Cells {
  constructor(root) {
    Object.assign(this, { root, planes: null, inputs: [], shown: "" });
  }

  /** Other numbers. The cells stay, and so does the focus, where there are as many. */
  show(planes, { names, label, words }) {
    const shown = [planes.length, planes[0].length, planes[0][0].length, label, words.cell, ...names].join();
    this.planes = planes;
    if (shown === this.shown) return;
    this.shown = shown;
    const place = this.placeOf(this.#active());
    const tables = planes.map((plane, k) => tableOf(plane, k, planes.length > 1 ? names[k] : null, { label, words }));
    this.root.querySelector(".planes").replaceChildren(...tables);
    this.inputs = [...this.root.querySelectorAll("td input")];
    if (place) this.at(place)?.focus({ preventScroll: true });
  }

  /** Texts and colours. What is being typed stays as it is typed, as long as it stands for the number. */
  paint(dark) {
    const limit = largest(this.planes.flat(2));
    const active = this.#active();
    let digits = FEWEST_DIGITS;
    for (const cell of this.inputs) {
      const value = this.valueOf(cell);
      const short = cellText(value);
      const typed = weightIn(cell.value);
      if (cell !== active) cell.value = short;
      else if (typed !== value && !Number.isNaN(typed)) cell.value = String(value);
      digits = Math.max(digits, short.length);
      const colour = signedColour(value, limit, dark);
      Object.assign(cell.style, { background: cssColour(colour), color: inkOn(colour) });
    }
    this.root.style.setProperty("--digits", digits);
    this.root.style.setProperty("--columns", this.planes[0][0].length);
  }

  /** [plane, row, column] of a cell; null for any other element. */
  placeOf(cell) {
    return cell?.dataset?.at?.split(" ").map(Number) ?? null;
  }

  /** The cell at [plane, row, column], if there is one. */
  at([plane, row, column]) {
    const [rows, columns] = [this.planes[0].length, this.planes[0][0].length];
    if (row < 0 || column < 0 || row >= rows || column >= columns) return undefined;
    return this.inputs[(plane * rows + row) * columns + column];
  }

  valueOf(cell) {
    const [plane, row, column] = this.placeOf(cell);
    return this.planes[plane][row][column];
  }

  /** Change the number of a cell; whether it was another. */
  put(cell, value) {
    const [plane, row, column] = this.placeOf(cell);
    const other = this.planes[plane][row][column] !== value;
    this.planes[plane][row][column] = value;
    return other;
  }

  #active() {
    return this.root.getRootNode().activeElement;
  }
}

function tableOf(plane, k, name, { label, words }) {
  const cell = (row, column) => {
    const place = fill(words.cell, { row, column });
    const plain = { type: "text", autocomplete: "off", spellcheck: "false", enterkeyhint: "next" };
    const own = { "data-at": `${k} ${row} ${column}`, "aria-label": name ? `${name}, ${place}` : place };
    return element("td", {}, element("input", { ...plain, ...own }));
  };
  const rows = plane.map((row, i) => element("tr", {}, ...row.map((_value, j) => cell(i, j))));
  const caption = name ? [element("caption", {}, name)] : [];
  return element("div", { class: "plane" }, element("table", { "aria-label": name ? `${label} ${name}` : label }, ...caption, ...rows));
}
