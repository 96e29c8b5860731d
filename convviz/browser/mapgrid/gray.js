// A map as the course's notebook shows it: black at its least number, white at its greatest.

import { photoPixels } from "../picture/pixels.js";

/** One pixel a cell; a map of equal numbers is black. */
export function grayPixels({ rows, columns, cells, minimum, maximum }) {
  const factor = maximum > minimum ? 255 / (maximum - minimum) : 0;
  const shades = Uint8ClampedArray.from(cells, (value) => (value - minimum) * factor);
  return photoPixels({ rows, columns, planes: 1, cells: shades });
}
