// Which pixels of a photo a map cell reads, and which map cells read a pixel.
// Rows and columns are independent, so a set of cells is a list of rows and a list of columns.

/**
 * The pixels one map cell reads; some may lie in the padding, unless the link names its stages.
 * @param {object} link how map and photo correspond, each entry (row, column)
 * @param {number[]} cell (row, column) on the map
 * @returns {number[][]} rows and columns on the photo, ascending
 */
export function pixelsOf(link, cell) {
  return cell.map((index, axis) => {
    if (!link.stages.length) return taps(link, axis, index);
    return link.stages.reduceRight(
      (cells, stage) => distinct(cells.flatMap((each) => taps(stage, axis, each))).filter((place) => isInside(place, stage.size[axis])),
      [index],
    );
  });
}

/** The box (top, left, bottom, right) of the window of a map cell, with its part in the padding. */
export function boxOf(link, cell) {
  const first = cell.map((index, axis) => link.start[axis] + index * link.step[axis]);
  return [...first, ...first.map((place, axis) => place + link.extent[axis])];
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
export function readersOf(link, pixel, size) {
  const stages = link.stages.length ? link.stages : [link];
  return pixel.map((index, axis) =>
    stages.reduce((cells, stage, k) => {
      const most = (stages[k + 1]?.size ?? size)[axis];
      return distinct(cells.flatMap((each) => readers(stage, axis, each))).filter((cell) => isInside(cell, most));
    }, [index]),
  );
}

/** Where the taps of one cell's window lie along an axis. */
function taps(stage, axis, index) {
  return offsets(stage, axis).map((offset) => stage.start[axis] + index * stage.step[axis] + offset);
}

/** The cells along an axis that have a tap on a place. */
function readers(stage, axis, place) {
  return offsets(stage, axis)
    .map((offset) => (place - stage.start[axis] - offset) / stage.step[axis])
    .filter(Number.isInteger);
}

/** Where the taps of a window lie, from its first. */
function offsets({ extent, dilation }, axis) {
  const count = Math.ceil(extent[axis] / dilation[axis]);
  return Array.from({ length: count }, (_, tap) => tap * dilation[axis]);
}

const distinct = (places) => [...new Set(places)].sort((one, other) => one - other);
const isInside = (place, size) => place >= 0 && place < size;
