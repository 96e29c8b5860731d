// Where everything stands: groups of maps from left to right, each as wide as it must be; and groups folded into one.

const HEAD = 38; // screen pixels above a group: its name and shape
const TURN = 18; // and where not all of its maps are shown, which
const FOOT = 50; // and below: its scale
const LARGEST = 96;
const SMALLEST = 56; // screen pixels a side of a map
const GAP = 4;
const BETWEEN = 16; // groups, for the edges to be seen
const NARROWEST = 78; // what a group's name and scale need
const UNIT = 14;
const LARGEST_UNIT = 24;
const SCORES = 186; // what the scores need
const WIDE_SCORES = 320; // and what they take where there is room: their bars are to be compared
const TAIL = 18; // the line that names the layers folded into a column
const FOLDED = new Set(["norm", "relu", "dropout"]); // layers that work on each map by itself

/**
 * @param {object[]} groups {count, isMap, isScores, tall}: `tall` screen pixels are kept above its maps
 * @param {number} width available
 * @param {number} height available
 * @param {number[]} pages first map shown in each group
 * @returns {{groups: object[], width: number}} each group with left, width, cell, columns, shown, first, places
 */
export function layOut(groups, width, height, pages) {
  const full = height - HEAD - FOOT - (groups.some((group) => group.tail.length) ? TAIL : 0);
  let body = full;
  let cell = LARGEST;
  let columns = columnsFor(groups, body, cell);
  while (cell > SMALLEST && widthOf(groups, columns, cell, body) > width) columns = columnsFor(groups, body, (cell -= 4));
  if (widthOf(groups, columns, cell, body) > width) body = full - TURN;
  columns = columnsFor(groups, body, cell);
  while (widthOf(groups, columns, cell, body) > width) {
    const most = Math.max(...groups.map((group, k) => (group.isMap ? columns[k] : 0)));
    if (most <= 1) break;
    columns[columns.findIndex((count, k) => groups[k].isMap && count === most)] -= 1;
  }
  let left = 0;
  const free = Math.max(0, width - widthOf(groups, columns, cell, body));
  const bars = Math.min(WIDE_SCORES - SCORES, free / 2);
  const spare = (free - bars) / Math.max(1, groups.length - 1);
  const laid = groups.map((group, k) => {
    const wide = groupWidth(group, columns[k], cell, body) + (group.isScores ? bars : 0);
    const made = { ...group, left, width: wide, ...place(group, columns[k], [height - FOOT - body, body], cell, pages[k] ?? 0, left, wide) };
    left += wide + BETWEEN + Math.min(spare, 60);
    return made;
  });
  const last = laid.at(-1);
  return { groups: laid, width: last.left + last.width, head: height - FOOT - body, foot: FOOT };
}

/** Whether everything fits side by side, with room for each name and scale. */
export const fits = (groups, width) => widthOf(groups, groups.map(() => 1), SMALLEST, 0) <= width;

/** Units as large as lets them stand in two columns. */
const unitSize = (count, body) => Math.max(UNIT, Math.min(LARGEST_UNIT, Math.floor((body + GAP) / Math.ceil(count / 2)) - GAP));
const sizeOf = (group, cell, body) => (group.isMap ? cell : unitSize(group.count, body));
const rowsOf = (group, body, cell) => Math.max(1, Math.floor((body - group.tall + GAP) / (sizeOf(group, cell, body) + GAP)));
const columnsFor = (groups, body, cell) =>
  groups.map((group) => (group.isScores ? 1 : Math.ceil(group.count / rowsOf(group, body, cell))));
const groupWidth = (group, columns, cell, body) =>
  group.isScores ? SCORES : Math.max(NARROWEST, columns * (sizeOf(group, cell, body) + GAP) - GAP);
const widthOf = (groups, columns, cell, body) =>
  groups.reduce((sum, group, k) => sum + groupWidth(group, columns[k], cell, body) + BETWEEN, -BETWEEN);

/** The rectangle of each map shown, in the middle of its group. */
function place(group, columns, [start, body], cell, page, left, width) {
  if (group.isScores) {
    const row = Math.min(44, body / group.count);
    const top = start + (body - row * group.count) / 2;
    const places = Array.from({ length: group.count }, (_, k) => [left, top + k * row, width, row - GAP]);
    return { places, first: 0, shown: group.count, cell: row };
  }
  const [size, rows] = [sizeOf(group, cell, body), rowsOf(group, body, cell)];
  const shown = Math.min(group.count, columns * rows);
  const first = Math.max(0, Math.min(page, group.count - shown));
  const used = Math.ceil(shown / columns);
  const top = start + group.tall + (body - group.tall - used * (size + GAP) + GAP) / 2;
  const edge = left + (width - columns * (size + GAP) + GAP) / 2;
  const places = Array.from({ length: shown }, (_, k) => {
    const [row, column] = [Math.floor(k / columns), k % columns];
    return [edge + column * (size + GAP), top + row * (size + GAP), size, size];
  });
  return { places, first, shown, cell: size };
}

/** Whether there is anything to fold. */
export function canFold(groups) {
  return groups.some((group, k) => k > 1 && FOLDED.has(group.kind));
}

/**
 * One column for a layer and the norms, relus and dropouts after it: it shows what comes out of the last of them,
 * fed as the first is.
 * @param {object[]} groups as `readGroups` gives them
 */
export function folded(groups) {
  const columns = [];
  for (const group of groups) {
    const before = columns.at(-1);
    if (!FOLDED.has(group.kind) || columns.length < 2) columns.push({ ...group, number: columns.length });
    else columns[columns.length - 1] = { ...before, cells: group.cells, range: group.range, tail: [...before.tail, group.title] };
  }
  return columns;
}
