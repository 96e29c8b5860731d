// Layers that work on each map by itself, shown in the column of the layer before them.

const FOLDED = new Set(["norm", "relu", "dropout"]);

/** Whether there is anything to fold. */
export function canFold(groups) {
  return groups.some((group, k) => k > 1 && FOLDED.has(group.kind));
}

/**
 * One column for a layer and the norms, relus and dropouts after it: it shows what comes out of the last of them,
 * fed as the first is.
 * @param {object[]} groups as `readGroups` gives them
 */
export function fold(groups) {
  const columns = [];
  for (const group of groups) {
    const before = columns.at(-1);
    if (!FOLDED.has(group.kind) || columns.length < 2) columns.push({ ...group, number: columns.length });
    else columns[columns.length - 1] = { ...before, cells: group.cells, range: group.range, tail: [...before.tail, group.title] };
  }
  return columns;
}
