// Which pixels of a photo a map cell reads, and which map cells read a pixel.
// Rows and columns are independent, so a set of cells is a list of rows and a list of columns.

/**
 * The pixels one map cell reads; some may lie in the padding.
 * @param {object} link how map and photo correspond, each entry (row, column)
 * @param {number[]} cell (row, column) on the map
 * @returns {number[][]} rows and columns on the photo, ascending
 */
export function pixelsOf(link, cell) {
  return cell.map((index, axis) => offsets(link, axis).map((offset) => link.start[axis] + index * link.step[axis] + offset));
}

/**
 * The map cells that read one pixel.
 * @param {number[]} pixel (row, column) on the photo
 * @param {number[]} size (rows, columns) of the map
 * @returns {number[][]} rows and columns on the map, ascending; empty where no window has the pixel
 */
export function readersOf(link, pixel, size) {
  return pixel.map((index, axis) =>
    offsets(link, axis)
      .map((offset) => (index - link.start[axis] - offset) / link.step[axis])
      .filter((cell) => Number.isInteger(cell) && cell >= 0 && cell < size[axis])
      .reverse(),
  );
}

/** Where the taps of a window lie, from its first. */
function offsets({ extent, dilation }, axis) {
  const count = Math.ceil(extent[axis] / dilation[axis]);
  return Array.from({ length: count }, (_, tap) => tap * dilation[axis]);
}
