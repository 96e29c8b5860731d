// How large the maps of a detail are drawn, so that it reads as one line: what goes in, the sum, what comes of it.

const [LARGEST_PART, LEAST_PART] = [360, 44]; // screen pixels a side of what goes in
const [LARGEST_END, LEAST_END] = [400, 72]; // and of the sum and what comes of it
const KERNEL = 0.7; // side of a window and of a kernel, as a share of the channel's
const SIGNS = 74; // the signs and gaps within one part
const NAME = 34; // its name
const BIAS = 140; // the text of the bias
const ARROW = 44; // what stands between two maps at the end
const TITLE = 30; // above each of them
const SPACE = 8;
const MIDDLE = 24; // what goes in and what comes of it
const ONE_LINE = 1.5; // how much larger the maps must be for the end to stand below, and not in the same line
const GROWTH = 1.2; // the end is best so much larger than a part, and at most twice that

/**
 * Sides of the maps, in how many columns the parts stand, and whether the end stands beside them or below.
 * @param {{count: number, underKernel: boolean, ends: number, biased: boolean}} shown how many parts there are, whether
 *   each shows a window and a kernel too, and how many maps come of them
 * @param {number[]} room width and height
 * @returns {{part: number, end: number, columns: number, beside: boolean}} the largest that fit; the least where none does
 */
export function fitThought({ count, underKernel, ends, biased }, [width, height]) {
  const fixed = ends * ARROW + (biased ? BIAS : 0);
  const wideOf = (part) => NAME + part * (underKernel ? 2 + 2 * KERNEL : 1) + (underKernel ? SIGNS : 0);
  const fitting = Math.max(1, Math.floor(width / (wideOf(LEAST_PART) + SPACE)));
  let best = { part: LEAST_PART, end: LEAST_END, columns: Math.min(count, fitting), beside: false };
  let most = 0;
  for (let part = LEAST_PART; part <= LARGEST_PART; part += 4) {
    for (let columns = 1; columns <= count; columns++) {
      const [wide, high] = [columns * (wideOf(part) + SPACE), Math.ceil(count / columns) * (part + SPACE)];
      const alone = columns > 1 && count % columns === 1; // a part by itself in the last row
      if (wide > width || high > height || alone) continue;
      const rooms = { true: [width - wide - MIDDLE - fixed, height - TITLE], false: [width - fixed, height - high - TITLE - SPACE] };
      for (const beside of ends ? [true, false] : [true]) {
        const [across, down] = rooms[beside];
        const end = ends ? Math.floor(Math.min(LARGEST_END, across / ends, down, 2 * GROWTH * part)) : LARGEST_END;
        const size = Math.min(GROWTH * part, end) * (beside ? ONE_LINE : 1);
        if ((ends && end < LEAST_END) || size <= most) continue;
        most = size;
        best = { part, end, columns, beside };
      }
    }
  }
  return best;
}
