// How large the maps are, and how many of them stand side by side.

const LEAST_SIDE = 84; // screen pixels of a map
const LARGEST_SIDE = 340;
const ROOM = 8; // between two maps
const LINE = 19; // height of the line under a map
const HEAD = 84; // of a band: number, name, kernel and end of the scale
const WORTH_A_BREAK = 1.25; // so much larger are the maps, or the filters stay side by side

/**
 * As large as the width and the height of the window allow. Many filters of few photos are broken into bands below each
 * other where that makes the maps clearly larger.
 *
 * @param {number} width of the grid, in screen pixels
 * @param {number} height of the window
 * @param {{images: object[], filters: object[], below: number}} data `below` of the height is not the grid's
 * @returns {{columns: number, side: number}} filters in a band, and the side of a map
 */
export function fit(width, height, { images, filters, below }) {
  const count = filters.length;
  const sideOf = (columns) => {
    const bands = Math.ceil(count / columns);
    const wide = width / (columns + 1) - ROOM - 1;
    const tall = ((height - below) / bands - HEAD) / images.length - LINE - ROOM;
    const least = bands === 1 ? 1.4 * LEAST_SIDE : 0; // a page may scroll a little for one band, not for several
    return Math.floor(Math.max(LEAST_SIDE, Math.min(wide, Math.max(tall, least), LARGEST_SIDE)));
  };
  const all = { columns: count, side: sideOf(count) };
  const broken = filters.map((_filter, k) => ({ columns: k + 1, side: sideOf(k + 1) }));
  const best = broken.reduce((best, one) => (one.side >= best.side ? one : best), all);
  return best.side > WORTH_A_BREAK * all.side ? best : all;
}
