// Where each grid goes and how large its cells are. Numbers are never smaller than the font asked for: a grid
// that cannot show them at that size shows colours only, and the numbers of the window stay readable beside it.

import { cellText } from "./format.js";

const GAP = 22;
const EDGE = 4; // room for the outline of a cell at the rim
const LABEL = 30;
const LEGEND = 24;
const OPERATOR = 22;
const STACKED_BELOW = 640;

/**
 * @typedef {{kind: "input"|"factor"|"product"|"output", plane: number, factor?: number, x: number, y: number,
 *   rows: number, columns: number, cw: number, ch: number, numbers: boolean, first?: boolean}} Grid
 * @typedef {{grids: Grid[], width: number, height: number, font: number, allPlanes: boolean,
 *   operators: {text: string, x: number, y: number}[], sums: {plane: number, x: number, y: number}[]}} Layout
 */

/** @returns {Layout} */
export function arrange(scene, width, height, font, measure) {
  const parts = measureParts(scene, font, measure);
  return width < STACKED_BELOW
    ? stack(scene, parts, width, font)
    : sideBySide(scene, parts, width, height, font);
}

/** What each column holds, and the cell it needs for its widest number. */
function measureParts(scene, font, measure) {
  const input = scene.panels.get(scene.accesses.get(scene.product.reads[0]).panel);
  const output = scene.panels.get(scene.accesses.get(scene.writer.writes).panel);
  const cell = (values) => Math.max(font + 8, widest(values, measure) + 5);
  const tapValues = [];
  const stride = Math.max(1, Math.floor(scene.visits / 200));
  for (let visit = 0; visit < scene.visits; visit += stride) {
    const { factors, products } = scene.products(scene.loopsAt(visit));
    tapValues.push(...factors.flat(), ...products);
  }
  return {
    input: { rows: input.rows, columns: input.columns, planes: scene.tapPlanes, cell: cell(input.values) },
    taps: { cell: cell(tapValues), sum: 1.3 * widest([-8888], measure) + 26 },
    output: { rows: output.rows, columns: output.columns, cell: cell(output.values) },
    line: font + 6,
  };
}

function widest(values, measure) {
  let longest = new Set([""]);
  let length = 0;
  for (const value of values) {
    const text = cellText(value);
    if (text.length > length) [length, longest] = [text.length, new Set()];
    if (text.length === length && longest.size < 20) longest.add(text);
  }
  return Math.max(...[...longest].map(measure));
}

/**
 * The ways each column can be shown, with the smallest size each takes and how much it tells.
 * The first factor needs no grid of its own where the input already shows the window's numbers.
 */
function choices(scene, parts) {
  const { input, taps, output, line } = parts;
  const planes = (count, numbers, score, cell = input.cell) => ({
    score, numbers, cell, planes: count, columns: input.columns * count,
    fixed: (count - 1) * 12, tall: input.rows * (numbers ? line : cell),
  });
  const tapGrids = (rows, grids, score, cell = taps.cell) => ({
    score, rows, grids, cell, numbers: cell === taps.cell, columns: grids * scene.tapColumns,
    fixed: grids * OPERATOR + taps.sum, tall: rows * (scene.tapRows * Math.min(line, cell) + 8),
  });
  const cells = (numbers, score, cell = output.cell) => ({
    score, numbers, cell, columns: output.columns, fixed: 0, tall: output.rows * (numbers ? line : cell),
  });
  const every = scene.tapPlanes;
  return {
    input: [planes(input.planes, true, 4), planes(1, true, 3), planes(1, false, 1, 14), planes(1, false, 0, 4)],
    taps: [tapGrids(every, 3, 4.5), tapGrids(every, 2, 4), tapGrids(1, 3, 2.5), tapGrids(1, 2, 2), tapGrids(1, 3, 1, 12), tapGrids(1, 3, 0.5, 5)],
    output: [cells(true, 2), cells(false, 0.5, 12), cells(false, 0, 4)],
  };
}

function sideBySide(scene, parts, width, height, font) {
  const room = height - LABEL - LEGEND;
  const options = choices(scene, parts);
  let best = null;
  for (const input of options.input) {
    for (const taps of options.taps) {
      if (taps.grids === 2 && taps.rows > 1 && !input.numbers) continue; // the window would be nowhere
      for (const output of options.output) {
        const columns = [input, taps, output];
        const fixed = input.fixed + taps.fixed + 2 * GAP + 2 * EDGE;
        const cells = columns.reduce((sum, c) => sum + c.columns * c.cell, 0);
        const score = columns.reduce((sum, c) => sum + c.score, 0);
        const fits = fixed + cells <= width && columns.every((c) => c.tall <= room);
        if (fits && score > (best?.score ?? -1)) best = { input, taps, output, fixed, cells, score };
      }
    }
  }
  return best ? place(scene, parts, best, width, height, font, room) : stack(scene, parts, width, font);
}

/** Share spare width among the columns of numbers; cells stay near square and within their column's height. */
function place(scene, parts, { input, taps, output, fixed, cells }, width, height, font, room) {
  const reserved = [[input, parts.input.rows], [output, parts.output.rows]]
    .filter(([column]) => !column.numbers)
    .reduce((sum, [column, rows]) => sum + column.columns * (Math.min(Math.max(20, 165 / column.columns), room / rows) - column.cell), 0);
  const grow = Math.max(1, (width - fixed - reserved) / cells);
  const numbered = (column, rows, tall) => {
    const ch = Math.min(column.cell * grow, tall / rows, font * 4);
    return { cw: Math.max(column.cell, Math.min(column.cell * grow, ch * 1.3)), ch };
  };
  const m = numbered(taps, scene.tapRows * taps.rows, room - 8 * taps.rows);
  const tapsWidth = taps.columns * m.cw + taps.fixed;
  const spare = width - 2 * GAP - 2 * EDGE - tapsWidth;
  const coloured = (part, share) => {
    const side = Math.min(room / part.rows, share / part.columns);
    return { cw: side, ch: side };
  };
  let a = input.numbers && numbered(input, parts.input.rows, room);
  let o = output.numbers && numbered(output, parts.output.rows, room);
  const used = (a ? input.columns * a.cw + input.fixed : 0) + (o ? output.columns * o.cw : 0);
  const colourOnly = (a ? 0 : 1) + (o ? 0 : 1);
  a ||= coloured(parts.input, (spare - used) / colourOnly);
  o ||= coloured(parts.output, (spare - used) / colourOnly);
  const inputWidth = input.columns * a.cw + input.fixed;
  const outputWidth = output.columns * o.cw;
  const gap = (width - 2 * EDGE - inputWidth - tapsWidth - outputWidth) / 2;
  const layout = { grids: [], operators: [], sums: [], width, height, font, allPlanes: input.planes > 1 || scene.tapPlanes === 1 };
  addInput(layout, parts, input, a, EDGE, LABEL);
  addTaps(layout, scene, taps, m, EDGE + inputWidth + gap, LABEL);
  addOutput(layout, parts, output, o, width - EDGE - outputWidth, LABEL);
  return layout;
}

function addInput(layout, parts, input, { cw, ch }, x, y) {
  for (let k = 0; k < input.planes; k++) {
    const left = x + k * (parts.input.columns * cw + 12);
    layout.grids.push({ kind: "input", plane: input.planes > 1 ? k : -1, x: left, y, rows: parts.input.rows, columns: parts.input.columns, cw, ch, numbers: input.numbers });
  }
}

function addOutput(layout, parts, output, { cw, ch }, x, y) {
  layout.grids.push({ kind: "output", plane: 0, x, y, rows: parts.output.rows, columns: parts.output.columns, cw, ch, numbers: output.numbers });
}

/** For each plane of taps: first factor × second factor = products, and their sum. */
function addTaps(layout, scene, { rows, grids, numbers }, { cw, ch }, x, y) {
  const wide = scene.tapColumns * cw;
  for (let k = 0; k < rows; k++) {
    const top = y + k * (scene.tapRows * ch + 8);
    const middle = top + (scene.tapRows * ch) / 2;
    const plane = rows > 1 || scene.tapPlanes === 1 ? k : -1;
    const common = { plane, y: top, rows: scene.tapRows, columns: scene.tapColumns, cw, ch, numbers, first: k === 0 };
    let left = x;
    if (grids === 3) {
      layout.grids.push({ ...common, kind: "factor", factor: 0, x: left });
      left += wide;
    } else left -= OPERATOR / 2;
    layout.operators.push({ text: "×", x: left + OPERATOR / 2, y: middle });
    left += OPERATOR;
    layout.grids.push({ ...common, kind: "factor", factor: 1, x: left });
    layout.operators.push({ text: "=", x: left + wide + OPERATOR / 2, y: middle });
    left += wide + OPERATOR;
    layout.grids.push({ ...common, kind: "product", x: left });
    layout.sums.push({ plane, x: left + wide + 8, y: middle });
  }
}

/** On a phone: input, taps and output below one another, as tall as they need. */
function stack(scene, parts, width, font) {
  const layout = { grids: [], operators: [], sums: [], width, height: 0, font, allPlanes: scene.tapPlanes === 1 };
  const square = (columns, cell) => {
    const cw = Math.min((width - 2 * EDGE) / columns, cell * 1.6);
    return { numbers: cw >= cell, cw, ch: Math.min(cw, Math.max(font + 8, cw * 0.8)) };
  };
  const a = square(parts.input.columns, parts.input.cell);
  addInput(layout, parts, { planes: 1, numbers: a.numbers }, a, EDGE, LABEL);
  let y = LABEL + parts.input.rows * a.ch + LABEL + 8;
  const cw = Math.min(parts.taps.cell * 1.4, (width - 2 * OPERATOR - 2 * EDGE) / (2 * scene.tapColumns));
  if (cw >= parts.taps.cell) {
    const ch = Math.min(cw, font + 12);
    addTaps(layout, scene, { rows: 1, grids: 3, numbers: true }, { cw, ch }, EDGE, y);
    y += breakLine(layout, scene.tapRows * ch + LABEL, EDGE) + LABEL;
  }
  const o = square(parts.output.columns, parts.output.cell);
  addOutput(layout, parts, { numbers: o.numbers }, o, EDGE, y);
  layout.height = y + parts.output.rows * o.ch + LEGEND;
  return layout;
}

/** Put the products, with their sign and sum, on a line of their own below the two factors. */
function breakLine(layout, drop, x) {
  const product = layout.grids.find((grid) => grid.kind === "product");
  const shift = product.x - OPERATOR - x;
  for (const part of [product, layout.operators.at(-1), layout.sums.at(-1)]) {
    part.x -= shift;
    part.y += drop;
  }
  return 2 * drop;
}
