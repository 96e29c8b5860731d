// Where the grids go once it is chosen how each is shown: side by side, or on a phone below one another.

import { addPanel, addTerms, BETWEEN, EDGE, emptyLayout, footHeight, GAP, headingHeight, operatorWide } from "./grids.js";
import { TERMS } from "./scene.js";

const WIDEST = 1.3; // width of a numbered cell for its height
const TALLEST = 4; // height of a numbered cell, in font sizes

/**
 * Columns side by side: spare width goes first to the columns of numbers, whose cells stay near square, then to the
 * coloured ones; what is left lies between the columns.
 * @param {{columns: object[], font: number}} chosen an option for each column
 * @returns {import("./grids.js").Layout}
 */
export function place(scene, parts, { columns, font }, width, height) {
  const inner = width - 2 * EDGE - GAP * (columns.length - 1);
  const spare = Math.max(0, inner - columns.reduce((sum, column) => sum + column.wide, 0));
  const evened = columns.map((column) => (column.members ? column : even(scene, column, spare)));
  const sized = grown(scene, evened, { inner, font, height });
  const layout = emptyLayout(width, height, font);
  const gap = (width - 2 * EDGE - sized.reduce((sum, { wide }) => sum + wide, 0)) / Math.max(1, sized.length - 1);
  let x = EDGE;
  sized.forEach(({ column, cells, wide }, k) => {
    const { terms = column.members ? null : column } = column;
    if (terms) addTerms(layout, scene, parts, terms, column.members ? terms : cells, x, headingHeight(font));
    const room = wide + (k < sized.length - 1 ? gap - 8 : 0);
    if (column.members) addStack(layout, column, cells, { x, y: terms?.tall ?? 0, room });
    x += wide + gap;
  });
  return layout;
}

/** @returns {{column: object, cells: object, wide: number}[]} */
function grown(scene, columns, { inner, font, height }) {
  const numbered = (column) => column.numbers ?? column.members.every((member) => member.numbers);
  const extra = (column) => column.extra ?? Math.max(...column.members.map((member) => member.extra));
  const fixed = columns.reduce((sum, c) => sum + (numbered(c) ? extra(c) : c.wide), 0);
  const growing = columns.reduce((sum, c) => sum + (numbered(c) ? c.wide - extra(c) : 0), 0);
  const grow = growing ? Math.max(1, (inner - fixed) / growing) : 1;
  const size = (column, wide) =>
    column.members ? stackCells(column, { grow, wide, font, height: height - (column.terms?.tall ?? 0) }) : termCells(scene, column, { grow, wide, font, height });
  const sized = new Map(columns.filter(numbered).map((column) => [column, size(column, column.wide)]));
  let waiting = columns.filter((column) => !numbered(column));
  let spare = inner - [...sized.values()].reduce((sum, { wide }) => sum + wide, 0) - waiting.reduce((sum, { wide }) => sum + wide, 0);
  for (const column of [...waiting].reverse()) {
    const made = size(column, column.wide + Math.max(0, spare) / waiting.length);
    waiting = waiting.filter((other) => other !== column);
    spare -= Math.max(0, made.wide - column.wide);
    sized.set(column, made);
  }
  return columns.map((column) => ({ column, ...sized.get(column) }));
}

/** Cells of each panel of a stack: near square with numbers, square without. */
function stackCells({ members, wide: least }, { grow, wide, font, height }) {
  const around = members.reduce((sum, { part }) => sum + headingHeight(font) + (part.fills === "given" ? 0 : footHeight(font)), 0);
  const rows = members.reduce((sum, { part }) => sum + part.rows, 0);
  const tallest = (height - around) / rows;
  const grows = members.every(({ numbers }) => numbers); // else a column is as wide as its colours ask for
  const cells = members.map(({ part, planes, numbers, cell, extra }) => {
    const most = (wide - extra) / (part.columns * planes);
    if (!numbers) {
      const side = Math.min(tallest, most);
      return { cw: side, ch: side };
    }
    const ch = Math.min(cell * grow, tallest, font * TALLEST);
    return { cw: Math.max(cell, Math.min(cell * grow, ch * WIDEST, grows ? Infinity : most)), ch };
  });
  const widths = members.map(({ part, planes, extra }, k) => part.columns * planes * cells[k].cw + extra);
  return { cells, wide: Math.max(least, ...widths) };
}

function addStack(layout, { members }, cells, { x, y, room }) {
  members.forEach((member, k) => {
    y += headingHeight(layout.font);
    const legible = cells[k].ch >= layout.font; // else there is less height than the arrangement asked for
    addPanel(layout, member.part, { ...member, numbers: member.numbers && legible }, cells[k], x, y, room);
    y += member.part.rows * cells[k].ch + (member.part.fills === "given" ? 0 : footHeight(layout.font));
  });
}

/** The grids of terms with cells of one width, if the spare width allows. */
function even(scene, terms, spare) {
  const used = terms.cws.slice(terms.from);
  const widest = Math.max(...used);
  const more = scene.tapColumns * (widest * used.length - used.reduce((sum, cw) => sum + cw, 0));
  return more > spare ? terms : { ...terms, cws: terms.cws.map(() => widest), wide: terms.wide + more };
}

/** Equal cells in all grids of terms where there is room, else each as wide as its numbers ask for. */
function termCells(scene, { cws, from, rows, numbers, extra, wide: least }, { grow, wide, font, height }) {
  const room = height - headingHeight(font) - (rows > 1 ? 0 : footHeight(font)) - BETWEEN * rows;
  const used = cws.slice(from);
  const across = (cells) => Math.max(cells.slice(from).reduce((sum, cw) => sum + cw * scene.tapColumns, extra), 0);
  if (!numbers) {
    const side = Math.min(room / (scene.tapRows * rows), (wide - extra) / (used.length * scene.tapColumns));
    const cells = cws.map(() => side);
    return { cells: { cws: cells, ch: side }, wide: Math.max(least, across(cells)) };
  }
  const equal = (used.reduce((sum, cw) => sum + cw, 0) / used.length) * grow;
  const ch = Math.min(equal, room / (scene.tapRows * rows), font * TALLEST);
  const widest = Math.max(...used);
  const cells = cws.map((cw) => (equal >= widest ? Math.max(widest, Math.min(equal, ch * WIDEST)) : cw * grow));
  return { cells: { cws: cells, ch }, wide: across(cells) };
}

/**
 * On a phone: the columns below one another, as tall as they need.
 * @param {import("./scene.js").Scene} scene
 * @param {import("./measure.js").Parts} parts
 * @returns {import("./grids.js").Layout}
 */
export function stack(scene, parts, width, font) {
  const layout = emptyLayout(width, 0, font);
  let y = 0;
  for (const key of scene.columns.flat()) {
    y += headingHeight(font);
    y += key === TERMS ? stackTerms(layout, scene, parts, y) : stackPanel(layout, parts.panels.get(key), y);
  }
  layout.height = y;
  return layout;
}

/** Height of the panel put at `y`. */
function stackPanel(layout, part, y) {
  const { font, width } = layout;
  const least = Math.max(font + 8, part.em * font + 5);
  const cw = Math.min((width - 2 * EDGE) / part.columns, least * 1.6);
  const ch = Math.min(cw, Math.max(font + 8, cw * 0.8));
  addPanel(layout, part, { planes: 1, numbers: cw >= least, full: part.full > 0 && cw >= part.full * font + 5 }, { cw, ch }, EDGE, y, width - 2 * EDGE);
  return part.rows * ch + (part.fills === "given" ? 8 : footHeight(font) + 8);
}

/** Height of the grids of terms put at `y`; the last of several stands on a line of its own. */
function stackTerms(layout, scene, parts, y) {
  const { font, width } = layout;
  const operators = parts.before.map((em) => operatorWide(em, font));
  const least = Math.max(...parts.ems) * font + 5;
  const across = Math.max(1, parts.slots) * scene.tapColumns;
  const room = (width - 2 * EDGE - Math.max(...operators) - operators.slice(0, -1).reduce((sum, wide) => sum + wide, 0)) / across;
  const cw = Math.min(Math.max(least, font + 8) * 1.4, room);
  const ch = Math.min(cw, font + 12);
  const cws = parts.ems.map(() => cw);
  addTerms(layout, scene, parts, { rows: 1, from: 0, numbers: cw >= least }, { cws, ch }, EDGE, y);
  const tall = scene.tapRows * ch + BETWEEN;
  const sum = footHeight(font);
  if (!parts.slots) return tall + sum;
  breakLine(layout, operators.at(-1), tall + headingHeight(font));
  return 2 * tall + headingHeight(font) + sum;
}

/** Put the terms, with their sign and sum, on a line of their own below the factors. */
function breakLine(layout, operator, drop) {
  const terms = layout.grids.find((grid) => grid.kind === "terms");
  const shift = terms.x - operator - EDGE;
  for (const part of [terms, layout.operators.at(-1), layout.sums.at(-1)]) {
    part.x -= shift;
    part.y += drop;
  }
}
