// The grids of a layout: input, taps and output, each put at its place.

export const EDGE = 4; // room for the outline of a cell at the rim
export const OPERATOR = 22;
export const BETWEEN = 8; // from one plane of taps to the next

/** Height of a heading above a grid, and of what stands below one. */
export const headingHeight = (font) => Math.max(30, Math.round(font * 1.5) + 8);
export const footHeight = (font) => font + 10;

/**
 * @typedef {{kind: "input"|"factor"|"product"|"output", plane: number, factor?: number, x: number, y: number,
 *   rows: number, columns: number, cw: number, ch: number, numbers: boolean, first?: boolean}} Grid
 * @typedef {{grids: Grid[], width: number, height: number, font: number, allPlanes: boolean,
 *   inputWide: number, operators: {text: string, x: number, y: number}[], sums: {plane: number, x: number, y: number}[]}} Layout
 */

/** @returns {Layout} */
export function emptyLayout(scene, width, height, font, planes) {
  const allPlanes = planes > 1 || scene.tapPlanes === 1;
  return { grids: [], operators: [], sums: [], width, height, font, allPlanes, inputWide: 0 };
}

export function addInput(layout, { rows, columns }, { planes, numbers, gap = 0 }, { cw, ch }, x, y) {
  for (let k = 0; k < planes; k++) {
    const plane = planes > 1 ? k : -1;
    layout.grids.push({ kind: "input", plane, x: x + k * (columns * cw + gap), y, rows, columns, cw, ch, numbers });
  }
}

export function addOutput(layout, { rows, columns }, { numbers }, { cw, ch }, x, y) {
  layout.grids.push({ kind: "output", plane: 0, x, y, rows, columns, cw, ch, numbers });
}

/**
 * For each plane of taps: first factor × second factor = products, and their sum, beside or (one plane) below.
 * Without the first factor, the input's window stands for it.
 */
export function addTaps(layout, scene, { rows, grids, numbers }, { cws, ch }, x, y) {
  const columns = scene.tapColumns;
  const [first, second, product] = cws.map((cw) => cw * columns);
  for (let k = 0; k < rows; k++) {
    const top = y + k * (scene.tapRows * ch + BETWEEN);
    const middle = top + (scene.tapRows * ch) / 2;
    const plane = rows > 1 || scene.tapPlanes === 1 ? k : -1;
    const common = { plane, y: top, rows: scene.tapRows, columns, ch, numbers, first: k === 0 };
    let left = x;
    if (grids === 3) {
      layout.grids.push({ ...common, kind: "factor", factor: 0, x: left, cw: cws[0] });
      left += first;
    }
    layout.operators.push({ text: "×", x: left + OPERATOR / 2, y: middle });
    left += OPERATOR;
    layout.grids.push({ ...common, kind: "factor", factor: 1, x: left, cw: cws[1] });
    left += second;
    layout.operators.push({ text: "=", x: left + OPERATOR / 2, y: middle });
    left += OPERATOR;
    layout.grids.push({ ...common, kind: "product", x: left, cw: cws[2] });
    const below = { x: left, y: top + scene.tapRows * ch + layout.font };
    layout.sums.push({ plane, ...(rows > 1 ? { x: left + product + 8, y: middle } : below) });
  }
}
