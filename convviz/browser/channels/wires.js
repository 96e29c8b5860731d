// Where the dots of channels and maps lie, and which are connected.

const [STEP, EDGE, LARGEST] = [30, 14, 8]; // screen pixels: between two dots at most, around all, a dot's radius

/** The height that columns of so many dots can use. */
export const heightFor = (counts) => 2 * EDGE + STEP * Math.max(...counts);

/** Places of all dots, a list for each column, in a room of (width, height). */
export function dotsIn(counts, [width, height]) {
  return counts.map((count, column) => {
    const step = Math.min(STEP, (height - 2 * EDGE) / count);
    const x = width * ((column + 0.5) / counts.length);
    return Array.from({ length: count }, (_, k) => ({ x, y: height / 2 + (k - (count - 1) / 2) * step, radius: Math.min(LARGEST, 0.38 * step) }));
  });
}

/** How many dots each column has. */
export const countsOf = (convs) => [convs[0].channels, ...convs.map(({ filters }) => filters)];

/** The group of a map, or of a channel that it is made of. */
export const groupOf = (k, count, { groups }) => Math.floor(k / (count / groups));

/** The dots of the column before (-1) or behind (1) that one is connected to, as [first, last]; null where there is none. */
export function spanOf(convs, [column, k], way) {
  const conv = convs[way < 0 ? column - 1 : column];
  if (!conv) return null;
  const [own, others] = way < 0 ? [conv.filters, conv.channels] : [conv.channels, conv.filters];
  const [group, size] = [groupOf(k, own, conv), others / conv.groups];
  return [group * size, (group + 1) * size - 1];
}

/** The dots of each column that one depends on, or that depend on it, as [first, last]; null where there is none. */
export function reachOf(convs, [column, k]) {
  const reach = new Array(convs.length + 1).fill(null);
  reach[column] = [k, k];
  for (const way of [-1, 1]) {
    for (let at = column; reach[at + way] !== undefined; at += way) {
      const [first, last] = reach[at];
      const ends = [first, last].map((end) => spanOf(convs, [at, end], way));
      reach[at + way] = [ends[0][0], ends[1][1]];
    }
  }
  return reach;
}
