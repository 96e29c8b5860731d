// The numbers a cell of a feature map is the sum of.

import { pixelsOf } from "../picture/lattice.js";

/**
 * Which index of an axis a place on the padded axis has or is copied from; -1 for none.
 * @param {number} place counted from the first pixel, negative in front of it
 * @param {{before: number[], after: number[]}} copies the indices that the cells of the padding are copied from
 */
function indexOf(place, size, { before, after }) {
  if (place >= 0 && place < size) return place;
  return (place < 0 ? before.at(place) : after[place - size]) ?? -1;
}

/**
 * The window of a cell: for each channel its pixels row by row, and which of them are padding.
 * @param {{pixels: ArrayLike<number>, size: number[], names: string[], lattice: object, copies: object[], fold: string}} data
 *   `pixels` of shape (rows, columns, channels), `size` its rows and columns, `names` one for each channel, `copies`
 *   for the rows and for the columns as `indexOf` takes them
 * @param {number[]} cell (row, column) of the map
 * @returns {{value: number, padding: boolean}[][]} one list for each channel
 */
export function windowOf({ pixels, size, names, lattice, copies, fold }, cell) {
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

/** The sum of the products of each channel. */
export function sumsOf(taps, weights) {
  return taps.map((window, plane) => window.reduce((sum, { value }, tap) => sum + value * weights[plane][tap], 0));
}
