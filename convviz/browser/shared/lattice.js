// Which pixels of a photo a map cell reads, and which map cells read a pixel.
// Rows and columns are independent, so a set of cells is a list of rows and a list of columns.

/**
 * The pixels one map cell reads; some may lie in the padding, unless the lattice names its layers.
 * @param {object} lattice how the map lies on the photo, each entry (row, column)
 * @param {number[]} cell (row, column) on the map
 * @returns {number[][]} rows and columns on the photo, ascending
 */
export function pixelsOf(lattice, cell) {
  return cell.map((index, axis) => {
    if (!lattice.layers.length) return taps(lattice, axis, index);
    return lattice.layers.reduceRight(
      (cells, layer) => distinct(cells.flatMap((each) => taps(layer, axis, each))).filter((place) => isInside(place, layer.size[axis])),
      [index],
    );
  });
}

/** The box (top, left, bottom, right) of the window of a map cell, with its part in the padding. */
export function boxOf(lattice, cell) {
  const first = cell.map((index, axis) => lattice.start[axis] + index * lattice.step[axis]);
  return [...first, ...first.map((place, axis) => place + lattice.extent[axis])];
}

/** The map cell, of a map of `size`, whose window has its middle nearest to a pixel. */
export function nearestTo({ start, step, extent }, pixel, size) {
  return pixel.map((place, axis) => {
    const cell = Math.round((place - start[axis] - (extent[axis] - 1) / 2) / step[axis]);
    return Math.max(0, Math.min(cell, size[axis] - 1));
  });
}

/**
 * The map cells that read one pixel.
 * @param {number[]} pixel (row, column) on the photo
 * @param {number[]} size (rows, columns) of the map
 * @returns {number[][]} rows and columns on the map, ascending; empty where no window has the pixel
 */
export function readersOf(lattice, pixel, size) {
  const layers = lattice.layers.length ? lattice.layers : [lattice];
  return pixel.map((index, axis) =>
    layers.reduce((cells, layer, k) => {
      const most = (layers[k + 1]?.size ?? size)[axis];
      return distinct(cells.flatMap((each) => readers(layer, axis, each))).filter((cell) => isInside(cell, most));
    }, [index]),
  );
}

/** Where the taps of one cell's window lie along an axis. */
function taps(layer, axis, index) {
  return offsets(layer, axis).map((offset) => layer.start[axis] + index * layer.step[axis] + offset);
}

/** The cells along an axis that have a tap on a place. */
function readers(layer, axis, place) {
  return offsets(layer, axis)
    .map((offset) => (place - layer.start[axis] - offset) / layer.step[axis])
    .filter(Number.isInteger);
}

/** Where the taps of a window lie, from its first. */
function offsets({ extent, dilation }, axis) {
  const count = Math.ceil(extent[axis] / dilation[axis]);
  return Array.from({ length: count }, (_, tap) => tap * dilation[axis]);
}

const distinct = (places) => [...new Set(places)].sort((one, other) => one - other);
const isInside = (place, size) => place >= 0 && place < size;
