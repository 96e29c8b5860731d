// The grids of a layout, each put at its place.

export const EDGE = 4; // room for the outline of a cell at the rim
export const GAP = 22; // least distance between columns
const OPERATOR = 22; // least width of × and =
export const BETWEEN = 8; // from one plane of terms to the next

/** Height of a heading above a grid, and of what stands below one. */
export const headingHeight = (font) => Math.max(30, Math.round(font * 1.5) + 8);
export const footHeight = (font) => font + 10;

/** Width of the operator in front of a grid of terms. */
export const operatorWide = (em, font) => (em ? Math.max(OPERATOR, em * (font + 6) + 12) : 0);

/**
 * @typedef {{kind: "panel"|"factor"|"terms", key?: string, slot?: number, plane: number, x: number, y: number,
 *   rows: number, columns: number, cw: number, ch: number, numbers: boolean, full?: boolean, first?: boolean, room?: number,
 *   least?: number, switched?: boolean, fixed?: number, title?: string, before?: string, legend?: boolean}} Grid
 *   `fixed` is a plane of the panel where the grid shows no other, whatever the visit; `plane` is -1 where the grid shows
 *   the plane in focus; the buttons that choose it stand over the one `switched`. `title` stands above the
 *   grid in place of the panel's name, `before` to its left; `legend` says whether the colour scale stands below it
 * @typedef {{grids: Grid[], width: number, height: number, font: number, allPlanes: boolean,
 *   operators: {slot: number, plane: number, x: number, y: number}[], sums: {plane: number, x: number, y: number}[],
 *   flows: {phase: object, points: number[][]}[]}} Layout
 */

/** @returns {Layout} */
export function emptyLayout(width, height, font) {
  return { grids: [], operators: [], sums: [], flows: [], width, height, font, allPlanes: true };
}

/** A panel, or all its planes side by side. `room` is how wide its heading may be, `least` what was asked for it. */
export function addPanel(layout, { key, rows, columns, planes: all }, shown, { cw, ch }, x, y, room) {
  const { planes, numbers, full = false, gap = 0, wide: least = 0 } = shown;
  const switched = planes < all && !layout.grids.some((grid) => grid.switched);
  if (planes < all) layout.allPlanes = false;
  for (let k = 0; k < planes; k++) {
    const plane = planes > 1 ? k : -1;
    const width = planes > 1 ? columns * cw + gap : room;
    const place = { x: x + k * (columns * cw + gap), y, rows, columns, cw, ch };
    layout.grids.push({ kind: "panel", key, plane, ...place, numbers, full, room: width, least, switched });
  }
}

/**
 * For each plane of terms: its factors and their products, and their sum, beside or (one plane) below.
 * The grids before slot `from` are left out: the panels show their numbers.
 */
export function addTerms(layout, scene, parts, { rows, from, numbers, beside: sumBeside }, { cws, ch }, x, y) {
  const columns = scene.tapColumns;
  if (rows < scene.tapPlanes) layout.allPlanes = false;
  for (let k = 0; k < rows; k++) {
    const top = y + k * (scene.tapRows * ch + BETWEEN);
    const plane = rows > 1 ? k : -1;
    let left = x;
    for (let slot = from; slot <= parts.slots; slot++) {
      const wide = from === parts.slots ? 0 : operatorWide(parts.before[slot], layout.font);
      if (wide) layout.operators.push({ slot, plane, x: left + wide / 2, y: top + (scene.tapRows * ch) / 2 });
      left += wide;
      const kind = slot === parts.slots ? "terms" : "factor";
      const place = { x: left, y: top, rows: scene.tapRows, columns, cw: cws[slot], ch };
      const room = columns * cws[slot] + (slot < parts.slots ? operatorWide(parts.before[slot + 1], layout.font) : GAP);
      layout.grids.push({ kind, slot, plane, ...place, numbers, first: k === 0, room });
      left += columns * cws[slot];
    }
    const beside = { x: left + 8, y: top + (scene.tapRows * ch) / 2 };
    const below = { x: left - columns * cws[parts.slots], y: top + scene.tapRows * ch + layout.font };
    layout.sums.push({ plane, ...(rows > 1 || sumBeside ? beside : below) });
  }
}
