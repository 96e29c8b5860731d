// Maps in which the cell looked at is marked, and can be pointed at.

import { element } from "../shared/element.js";
import { numberText } from "../shared/format.js";
import { nearestCell, placeUnder } from "../shared/grid.js";
import { mapPixels, scalePixels } from "../shared/pixels.js";

/** Where an output cell lies in its own map. */
export const SELF = { start: 0, step: 1, extent: 1 };

/**
 * A map in a frame.
 * @param {{rows: number, columns: number, cells: Float32Array}} map
 * @param {{start: number, step: number, extent: number}} window what of the map belongs to an output cell: from
 *   `start + step * i`, `extent` cells
 * @param {{limit: number, dark: boolean, large?: boolean}} look
 */
export function cellView(map, window, { limit, dark, large = false }) {
  const mark = element("i", { class: "mark" });
  const frame = element("span", { class: large ? "view large" : "view" }, mapPixels(map, limit, dark), mark);
  return { frame, mark, ...map, ...window };
}

/** The output cell that belongs to a place in a view, no further than `size`. */
export function cellAt(view, event, size) {
  const [down, across] = placeUnder(event, view.frame);
  const places = [down * view.rows, across * view.columns].map((place) => (place - view.start - view.extent / 2 + view.step / 2) / view.step);
  return nearestCell(places, size);
}

/** Mark what belongs to an output cell, as far as it lies in the map. */
export function markCell(view, at) {
  const [top, left] = at.map((place) => view.start + view.step * place);
  const [bottom, right] = [Math.min(top + view.extent, view.rows), Math.min(left + view.extent, view.columns)];
  const share = (from, to, all) => [`${(100 * Math.max(0, from)) / all}%`, `${(100 * (to - Math.max(0, from))) / all}%`];
  const [y, height] = share(top, bottom, view.rows);
  const [x, width] = share(left, right, view.columns);
  Object.assign(view.mark.style, { left: x, top: y, width, height });
}

/** The numbers of a view's window, row by row; 0 where it hangs over the edge. */
export function windowOf({ rows, columns, cells, start, step, extent }, at) {
  const found = new Float32Array(extent * extent);
  const [top, left] = at.map((place) => start + step * place);
  for (let u = 0; u < extent; u++) {
    for (let v = 0; v < extent; v++) {
      const [row, column] = [top + u, left + v];
      if (row >= 0 && row < rows && column >= 0 && column < columns) found[u * extent + v] = cells[row * columns + column];
    }
  }
  return found;
}

/** A scale with its ends, so that colours can be read as numbers. */
export function scaleOf(label, limit, dark) {
  const canvas = scalePixels(dark);
  canvas.ariaHidden = "true";
  const end = numberText(limit, 2);
  return element("span", { class: "scaled" }, `${label} −${end}`, canvas, end);
}
