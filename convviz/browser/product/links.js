// What belongs together in a convolution as a matrix product. A cell is a flat position: out_rows and the maps share theirs.

import { numberText } from "../shared/format.js";
import { placeInPlanes } from "../shared/grid.js";

/** How many numbers each window has, how many windows there are, and how many filters. */
export function countsOf({ filters: [count, ...kernel], output: [, high, wide] }) {
  return { numbers: kernel.reduce((all, side) => all * side, 1), windows: high * wide, filters: count };
}

/** The value of each cell of x_cols: a copy of a cell of x_pad. */
export const copied = ({ sources, x }) => Float64Array.from(sources, (cell) => x[cell]);

/**
 * What lights up with a cell, in each sheet, and the sentence about it.
 * @param {object} data
 * @param {[string, number]} pointed the sheet, and its cell
 * @returns {{x: Set<number>, copies: Set<number>, columns: Set<number>, rows: Set<number>, product: Set<number>, text: string,
 *   values: object}}
 */
export function linkedTo(data, [sheet, cell]) {
  const { numbers, windows, filters } = countsOf(data);
  const every = (count, of) => Array.from({ length: count }, (_, k) => of(k));
  const column = (l) => every(numbers, (k) => k * windows + l);
  const weights = (k) => every(filters, (f) => f * numbers + k);
  const outputs = (l) => every(filters, (f) => f * windows + l);
  const sources = (cells) => cells.map((at) => data.sources[at]);
  const plane = data.copies.length; // cells of a channel of x_pad
  const across = sheet === "rows" ? numbers : windows;
  const [first, second] = [Math.floor(cell / across), cell % across];
  const lit = ([x, ...others], text, values) => litBy([x, x.map((at) => at % plane), ...others], text, values);
  if (sheet === "copies" || sheet === "x") {
    const cells = sheet === "x" ? [cell] : every(data.input[0], (c) => c * plane + cell);
    const found = every(data.sources.length, (at) => at).filter((at) => cells.includes(data.sources[at]));
    const [ks, ls] = [found.map((at) => Math.floor(at / windows)), found.map((at) => at % windows)];
    const text = sheet === "x" ? (["uncopied", "once"][found.length] ?? "copied") : "times";
    const said = { ...inputPlace(data, cell), count: data.copies[cell % plane] };
    return lit([cells, found, ks.flatMap(weights), ls.flatMap(outputs)], text, said);
  }
  if (sheet === "columns") {
    const said = { k: first, l: second, ...inputPlace(data, data.sources[cell]), ...windowPlace(data, second) };
    return lit([sources([cell]), [cell], weights(first), outputs(second)], "column", said);
  }
  if (sheet === "rows") {
    const row = every(windows, (l) => second * windows + l);
    const said = { f: first, k: second, windows, value: numberText(data.w[cell]), ...weightPlace(data, second) };
    return lit([sources(row), row, [cell], every(windows, (l) => first * windows + l)], "row", said);
  }
  const said = { f: first, l: second, value: numberText(data.out[cell]), ...windowPlace(data, second) };
  return lit([sources(column(second)), column(second), every(numbers, (k) => first * numbers + k), [cell]], "output", said);
}

function litBy(cells, text, values) {
  const [x, copies, columns, rows, product] = cells.map((each) => new Set(each));
  return { x, copies, columns, rows, product, text, values };
}

function inputPlace({ input, x }, cell) {
  const { plane, row, column } = placeInPlanes(cell, input);
  return { c: plane, row, column, value: numberText(x[cell]) };
}

function windowPlace({ output }, l) {
  const { row, column } = placeInPlanes(l, output);
  return { i: row, j: column };
}

function weightPlace({ filters }, k) {
  const { plane, row, column } = placeInPlanes(k, filters);
  return { c: plane, u: row, v: column };
}
