// The numbers a cell of a feature map is the sum of.

import { pixelsOf } from "../picture/lattice.js";

/** Which index of an axis a place in the padding stands for; null for none. */
const INSIDE = {
  zeros: () => null,
  reflect: (place, size) => (place < 0 ? -place : 2 * (size - 1) - place),
  replicate: (place, size) => Math.max(0, Math.min(place, size - 1)),
  circular: (place, size) => (place + size) % size,
};

/**
 * The window of a cell: for each channel its pixels row by row, and which of them are padding.
 * @param {{pixels: ArrayLike<number>, size: number[], names: string[], lattice: object, mode: string, fold: string}} data
 *   `pixels` of shape (rows, columns, channels), `size` its rows and columns, `names` one for each channel
 * @param {number[]} cell (row, column) of the map
 * @returns {{value: number, padding: boolean}[][]} one list for each channel
 */
export function windowOf({ pixels, size, names, lattice, mode, fold }, cell) {
  const nothing = fold === "max" ? -Infinity : 0;
  const [rows, columns] = pixelsOf(lattice, cell).map((places, axis) =>
    places.map((place) => {
      const padding = place < 0 || place >= size[axis];
      return { padding, index: padding ? INSIDE[mode](place, size[axis]) : place };
    }),
  );
  return names.map((_name, plane) =>
    rows.flatMap((row) =>
      columns.map((column) => {
        const blank = row.index === null || column.index === null;
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
