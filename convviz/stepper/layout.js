// Where each grid goes and how large its cells are. Numbers are never smaller than the font asked for: a grid
// that cannot show them at that size shows colours only, and the numbers of the window stay readable beside it.

import { addInput, addOutput, addTaps, BETWEEN, EDGE, emptyLayout, footHeight, headingHeight, OPERATOR } from "./grids.js";
import { measureParts } from "./measure.js";
import { stack } from "./stack.js";

export const STACKED_BELOW = 640;
const GAP = 22;
const PLANE_GAP = 12;
const COLOURED = 14; // sides of a cell without a number: comfortable, and the least
const COLOURED_LEAST = 4;

/**
 * @param {{width: number, height: number, fonts: number[], switcher: number}} room `fonts` ascending; the largest
 *   is taken that shows as much as the smallest does
 * @param {(text: string) => number} measure width of a text for one pixel of font size
 * @returns {import("./grids.js").Layout}
 */
export function arrange(scene, { width, height, fonts, switcher }, measure) {
  const parts = measureParts(scene, measure, switcher);
  if (width < STACKED_BELOW) return stack(scene, parts, width, fonts[0]);
  let best = choose(scene, parts, width, height, fonts[0]);
  const numbersOnly = [best.input, best.taps, best.output].every((column) => column.numbers);
  for (const font of numbersOnly ? fonts.slice(1) : []) {
    const larger = choose(scene, parts, width, height, font);
    if (larger.score >= best.score) best = larger;
  }
  return place(scene, parts, best, width, height);
}

/**
 * The ways each column can be shown: how much each tells, its cells' least sizes and the width and height it takes.
 * The first factor needs no grid of its own where the input already shows the window's numbers.
 */
function choices(scene, { input, taps, output, switcher }, font) {
  const line = font + 6;
  const side = ({ em }) => Math.max(font + 8, em * font + 5);
  const grid = (part, score, numbers, cell, count = 1) => {
    const planes = { planes: count, gap: PLANE_GAP };
    const extra = (count - 1) * PLANE_GAP;
    const least = part.heading * font + (part === input && count === 1 && scene.tapPlanes > 1 ? switcher : 0);
    const wide = Math.max(part.columns * count * cell + extra, least);
    return { score, numbers, cell, ...planes, columns: part.columns * count, extra, wide, tall: part.rows * (numbers ? line : cell) };
  };
  const tap = (rows, grids, score, colour = 0) => {
    const cws = taps.ems.map((em) => colour || Math.max(font + 3, em * font + 5));
    const cells = cws.slice(3 - grids).reduce((sum, cw) => sum + cw * scene.tapColumns, 0);
    const extra = 2 * OPERATOR + (rows > 1 ? taps.sum * font + 8 : 0);
    const tall = rows * (scene.tapRows * (colour || line) + BETWEEN) + (rows > 1 ? 0 : footHeight(font));
    return { score, numbers: !colour, cws, rows, grids, cells, extra, wide: Math.max(cells + extra, 9 * font), tall };
  };
  const every = scene.tapPlanes;
  return {
    input: [
      grid(input, 4, true, side(input), every),
      grid(input, 3, true, side(input)),
      grid(input, 1, false, COLOURED),
      grid(input, 0, false, COLOURED_LEAST),
    ],
    taps: [tap(every, 3, 6), tap(every, 2, 5.5), tap(1, 3, 4), tap(1, 2, 3.5), tap(1, 3, 1, 12), tap(1, 3, 0.5, 5)],
    output: [
      grid(output, 2, true, side(output)),
      grid(output, 0.5, false, COLOURED),
      grid(output, 0.25, false, COLOURED / 2),
      grid(output, 0, false, COLOURED_LEAST),
    ],
  };
}

/** The combination that tells most among those that fit; the least one where none does. */
function choose(scene, parts, width, height, font) {
  const room = height - headingHeight(font) - footHeight(font);
  const options = choices(scene, parts, font);
  const least = { input: options.input.at(-1), taps: options.taps.at(-1), output: options.output.at(-1) };
  let best = { ...least, font, room, score: -1 };
  for (const input of options.input) {
    for (const taps of options.taps) {
      if (taps.grids === 2 && !input.numbers) continue; // the window's numbers would be nowhere
      for (const output of options.output) {
        const columns = [input, taps, output];
        const wide = columns.reduce((sum, c) => sum + c.wide, 2 * GAP + 2 * EDGE);
        const score = columns.reduce((sum, c) => sum + c.score, 0);
        const fits = wide <= width && columns.every((c) => c.tall <= room);
        if (fits && score > best.score) best = { input, taps, output, font, room, score };
      }
    }
  }
  return best;
}

/** Share spare width: first among the columns of numbers, whose cells stay near square, then the coloured ones. */
function place(scene, parts, { input, taps: chosen, output, font, room }, width, height) {
  const inner = width - 2 * GAP - 2 * EDGE;
  const taps = even(scene, chosen, inner - input.wide - chosen.wide - output.wide);
  const columns = [input, taps, output];
  const fixed = columns.reduce((sum, c) => sum + (c.numbers ? c.extra : c.wide), 0);
  const cells = columns.reduce((sum, c) => sum + (c.numbers ? c.wide - c.extra : 0), 0);
  const grow = cells ? Math.max(1, (inner - fixed) / cells) : 1;
  const numbered = (column, rows) => {
    const ch = Math.min(column.cell * grow, room / rows, font * 4);
    return { cw: Math.max(column.cell, Math.min(column.cell * grow, ch * 1.3)), ch };
  };
  const m = taps.numbers && numberedTaps(scene, taps, grow, font, room);
  const a = input.numbers && numbered(input, parts.input.rows);
  const o = output.numbers && numbered(output, parts.output.rows);
  const tapsWide = ({ cws }) => cws.slice(3 - taps.grids).reduce((sum, cw) => sum + cw * scene.tapColumns, taps.extra);
  let waiting = columns.filter((c) => !c.numbers);
  let spare = inner - (m ? tapsWide(m) : 0) - (a ? input.columns * a.cw + input.extra : 0) - (o ? output.columns * o.cw : 0);
  spare -= waiting.reduce((sum, c) => sum + c.wide, 0);
  const coloured = (column, count, rows) => {
    const side = Math.min(room / rows, (column.wide + spare / waiting.length - column.extra) / count);
    waiting = waiting.filter((c) => c !== column);
    spare -= Math.max(0, side * count + column.extra - column.wide);
    return { cw: side, cws: [side, side, side], ch: side };
  };
  const output1 = o || coloured(output, output.columns, parts.output.rows);
  const input1 = a || coloured(input, input.columns, parts.input.rows);
  const taps1 = m || coloured(taps, 3 * scene.tapColumns, scene.tapRows + 2);
  const [inputWide, outputWide] = [input.columns * input1.cw + input.extra, output.columns * output1.cw];
  const layout = emptyLayout(scene, width, height, font, input.planes);
  const top = headingHeight(font);
  const right = Math.max(outputWide, parts.output.heading * font);
  const left = Math.max(inputWide, input.wide);
  layout.inputWide = left;
  const gap = (width - 2 * EDGE - left - tapsWide(taps1) - right) / 2;
  addInput(layout, parts.input, input, input1, EDGE, top);
  addTaps(layout, scene, taps, taps1, EDGE + left + gap, top);
  addOutput(layout, parts.output, output, output1, width - EDGE - right, top);
  return layout;
}

/** The three grids of taps with cells of one width, if the spare width allows. */
function even(scene, taps, spare) {
  const used = taps.cws.slice(3 - taps.grids);
  const widest = Math.max(...used);
  const more = scene.tapColumns * (widest * used.length - used.reduce((sum, cw) => sum + cw, 0));
  return more > spare ? taps : { ...taps, cws: [widest, widest, widest], wide: taps.wide + more };
}

/** Equal cells in all three grids where there is room, else each as wide as its numbers ask for. */
function numberedTaps(scene, taps, grow, font, room) {
  const foot = taps.rows > 1 ? 0 : footHeight(font);
  const used = taps.cws.slice(3 - taps.grids);
  const equal = (used.reduce((sum, cw) => sum + cw, 0) / used.length) * grow;
  const ch = Math.min(equal, (room - foot - BETWEEN * taps.rows) / (scene.tapRows * taps.rows), font * 4);
  const widest = Math.max(...used);
  const cws = taps.cws.map((cw) => (equal >= widest ? Math.max(widest, Math.min(equal, ch * 1.3)) : cw * grow));
  return { cws, ch };
}
