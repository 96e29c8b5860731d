// How each grid is shown. Numbers are never smaller than the font asked for: a grid that cannot show them at that size
// shows colours only, and the numbers of the window stay readable beside it.

import { addFlows, flowsOf, LANE } from "./flows.js";
import { BETWEEN, EDGE, footHeight, GAP, headingHeight, operatorWide } from "./grids.js";
import { measureParts } from "./measure.js";
import { place, stack } from "./place.js";
import { TERMS } from "./scene.js";
import { gridFactors } from "./terms.js";
import { wholeLayout } from "./whole.js";

export const STACKED_BELOW = 480;
const LARGER = 0.2; // worth of a pixel of font size; a second plane of a panel is worth 1
const PLANE_GAP = 12;
const [ROW, LOW_ROW] = [6, 4]; // pixels of a row of numbers beyond the font size; the less where grids stand above one another
const COLOURED = [14, 7, 4]; // sides of a cell without a number: comfortable, less so, and the least
const TINY = [2, 1]; // the same of a matrix of hundreds of columns, where nothing fits otherwise
const COMPUTED = 12; // worth of the numbers of a panel that the loop computes: they give way last
const TIGHT = { row: 1, cell: 3, worth: -1.5 }; // of numbers of such a panel that touch almost, before they give way
const FULL = 1; // worth of all digits in them that the sentence says
const LARGE = [[20, 5.5], [16, 5]]; // without numbers, cells of such a panel with these sides are worth this
const WORTH = { window: [4, 3, 1, 0.5, 0], cell: [0, 2, 0.5, 0.25, 0] }; // all planes, one, colours only

/**
 * @param {{width: number, height: number, fonts: number[], switcher: number}} room `fonts` ascending; a larger one is
 *   taken if all numbers still fit and it is worth more than what it leaves out
 * @param {(text: string) => number} measure width of a text for one pixel of font size
 * @returns {import("./grids.js").Layout}
 */
export function arrange(scene, { width, height, fonts, switcher }, measure) {
  const all = scene.whole.length && width >= STACKED_BELOW ? wholeLayout(scene, { width, height, fonts }, measure) : null;
  if (all) return all;
  const parts = measureParts(scene, measure, switcher);
  if (width < STACKED_BELOW) return stack(scene, parts, width, fonts[0]);
  const flows = flowsOf(scene);
  const best = bestFont(scene, parts, width, height, fonts);
  if (!flows.length) return place(scene, parts, best, width, height);
  const low = height - 2 * LANE;
  const lower = bestFont(scene, parts, width, low, fonts);
  if (lower.numbers !== best.numbers || !lower.fits) return place(scene, parts, best, width, height); // no room for arrows
  const layout = place(scene, parts, lower, width, low);
  for (const part of [...layout.grids, ...layout.operators, ...layout.sums]) part.y += LANE;
  layout.height = height;
  addFlows(layout, flows);
  return layout;
}

/** The arrangement with the largest numbers that are worth what they leave out. */
function bestFont(scene, parts, width, height, fonts) {
  let best = choose(scene, parts, width, height, fonts[0]);
  const worth = ({ score, font }) => score + (font - fonts[0]) * LARGER;
  for (const font of best.fits && best.numbers ? fonts.slice(1) : []) {
    const larger = choose(scene, parts, width, height, font);
    if (larger.fits && larger.numbers && worth(larger) >= worth(best)) best = larger;
  }
  return best;
}

/** The best of three arrangements: as the scene has its columns, with the terms above the grid they come to, or without. */
function choose(scene, parts, width, height, font) {
  const bestOf = (each) => {
    const made = [scene.columns, termsAbove(scene.columns), withoutTerms(scene.columns)].map((columns) => chooseFrom(columns, scene, each, { width, height, font }));
    return made.reduce((best, other) => (other.fits && other.score > best.score ? other : best));
  };
  const usual = bestOf(parts);
  return usual.fits ? usual : bestOf({ ...parts, cells: TINY });
}

/** Columns of which the terms stand above the next. */
function termsAbove(columns) {
  const at = columns.findIndex(([key]) => key === TERMS);
  if (at < 0 || at === columns.length - 1) return columns;
  return [...columns.slice(0, at), [TERMS, ...columns[at + 1]], ...columns.slice(at + 2)];
}

/** Columns without the terms: the sentence and the arithmetic below still say them. */
const withoutTerms = (columns) => columns.filter(([key]) => key !== TERMS);

/** The combination that tells most among those that fit; the least one where none does. */
function chooseFrom(columns, scene, parts, { width, height, font }) {
  const inner = width - 2 * EDGE - GAP * (columns.length - 1);
  const all = columns.map((column) => columnOptions(column, scene, parts, { font, height }));
  const narrowest = all.map((options) => options.reduce((a, b) => (b.wide < a.wide ? b : a)));
  let best = { columns: narrowest, font, score: -1, fits: false };
  const extend = (chosen, wide, score) => {
    if (chosen.length < all.length) {
      for (const option of all[chosen.length]) {
        if (wide + option.wide <= inner) extend([...chosen, option], wide + option.wide, score + option.score);
      }
    } else if (score > best.score && numbersStandSomewhere(chosen)) {
      const made = besideButtons(chosen, parts, font);
      if (made.reduce((sum, column) => sum + column.wide, 0) <= inner) best = { columns: made, font, score, fits: true };
    }
  };
  extend([], 0, 0);
  best.numbers = best.columns.every(({ numbers, members }) => numbers ?? members.every((member) => member.numbers));
  return best;
}

/** Columns with room for the buttons that choose a plane, beside the name of the first panel without all its planes. */
function besideButtons(columns, { switcher }, font) {
  const isSwitched = ({ part, planes }) => planes < part.planes;
  const at = columns.findIndex(({ members }) => members?.some(isSwitched));
  if (at < 0) return columns;
  const switched = columns[at].members.find(isSwitched);
  const least = switched.part.named * font + switcher;
  if (columns[at].wide >= least) return columns;
  const members = columns[at].members.map((member) => (member === switched ? { ...member, wide: least } : member));
  return columns.with(at, { ...columns[at], members, wide: least });
}

/** Whether every factor without a grid among the terms has its numbers in its own panel. */
function numbersStandSomewhere(columns) {
  const shown = new Set(columns.flatMap((column) => [...(column.shown ?? [])]));
  return columns.every(({ needs = [] }) => needs.every((key) => shown.has(key)));
}

/**
 * @typedef {{part: object, planes: number, gap: number, numbers: boolean, full: boolean, cell: number, extra: number}} Member
 * @typedef {{members: Member[], score: number, wide: number, tall: number, shown: Set<string>, terms?: Terms}} Column a stack
 *   of panels, below the terms if it has any
 * @typedef {{score: number, wide: number, tall: number, rows: number, from: number, numbers: boolean, cws: number[],
 *   extra: number, needs: string[]}} Terms `needs`: accesses whose panels must show numbers, since no grid here does
 */

/**
 * The ways a column can be shown, the one that tells most first; at least one. An option says how much it tells, the least
 * sizes of its cells, and the width and height it takes.
 */
function columnOptions(column, scene, parts, { font, height }) {
  const options = allOptions(column, scene, parts, font);
  const fitting = options.filter(({ tall }) => tall <= height);
  return useful(fitting.length ? fitting : [options.at(-1)]);
}

function allOptions([first, ...others], scene, parts, font) {
  if (first !== TERMS) return stackOptions(scene, [first, ...others], parts, font, ROW);
  if (!others.length) return termsOptions(scene, parts, font, ROW);
  const stacks = stackOptions(scene, others, parts, font, LOW_ROW);
  return termsOptions(scene, parts, font, LOW_ROW)
    .filter(({ rows, numbers }) => rows === 1 && numbers)
    .flatMap((terms) => stacks.map((stack) => above(terms, stack, { parts, font })));
}

/** One plane of terms above a stack, its sum beside it. */
function above(terms, stack, { parts, font }) {
  const besideIt = { ...terms, beside: true, tall: terms.tall - footHeight(font), wide: terms.wide + parts.sum * font + 8 };
  return {
    ...stack,
    terms: besideIt,
    needs: terms.needs,
    score: stack.members.every(({ numbers }) => numbers) ? stack.score + terms.score : -Infinity, // else it gains nothing
    wide: Math.max(stack.wide, besideIt.wide),
    tall: stack.tall + besideIt.tall,
  };
}

/** Drop what tells no more than another option that is no wider. */
function useful(options) {
  const beats = (other, option) =>
    !other.needs?.length &&
    other.wide <= option.wide &&
    other.score >= option.score &&
    (other.score > option.score || other.wide < option.wide);
  return options.filter((option) => !options.some((other) => beats(other, option)));
}

function stackOptions(scene, keys, parts, font, row) {
  let stacks = [{ members: [], score: 0, wide: 0, tall: 0, shown: new Set() }];
  for (const key of keys) {
    const members = panelOptions(scene, parts, key, font, row);
    stacks = stacks.flatMap((stack) => members.map((member) => piled(stack, member)));
  }
  return stacks;
}

function piled({ members, score, wide, tall, shown }, member) {
  return {
    members: [...members, member],
    score: score + member.score,
    wide: Math.max(wide, member.wide),
    tall: tall + member.tall,
    shown: member.numbers ? new Set([...shown, member.part.key]) : shown,
  };
}

function panelOptions(scene, { panels, switcher, cells = [] }, key, font, row) {
  const part = panels.get(key);
  const worth = WORTH[part.planes > 1 || scene.isWindow(key) ? "window" : "cell"];
  const computed = part.fills !== "given";
  const around = headingHeight(font) + (part.fills === "given" ? 0 : footHeight(font));
  const member = (score, numbers, cell, planes, { full = false, more = row } = {}) => {
    const extra = (planes - 1) * PLANE_GAP;
    const least = part.heading * font + (planes < part.planes && key === switchedKey(scene) ? switcher : 0);
    const wide = Math.max(part.columns * planes * cell + extra, least);
    const tall = part.rows * (numbers ? font + more : cell) + around;
    return { part, planes, gap: PLANE_GAP, numbers, full, cell, extra, wide, tall, score: score + (computed && numbers ? COMPUTED : 0) };
  };
  const sideOf = (em) => Math.max(font + 8, em * font + 5);
  const side = sideOf(part.em);
  const options = [member(worth[1], true, side, 1), ...COLOURED.map((cell, k) => member(worth[k + 2], false, cell, 1))];
  options.push(...cells.map((cell) => member(-1 / cell, false, cell, 1)));
  if (computed) options.splice(1, 0, member(worth[1] + TIGHT.worth, true, part.em * font + TIGHT.cell, 1, { more: TIGHT.row }));
  if (computed) options.push(...LARGE.map(([cell, score]) => member(score, false, cell, 1)));
  if (part.full > part.em) options.unshift(member(worth[1] + FULL, true, sideOf(part.full), 1, { full: true }));
  return part.planes > 1 ? [member(worth[0], true, side, part.planes), ...options] : options;
}

/** The first panel with a plane for each plane of taps: the buttons that choose one stand over it. */
const switchedKey = (scene) => scene.drawn.find((key) => scene.planeCount(key) > 1);

/** All planes of terms or one; all grids of factors, or not those whose numbers the panels show; at last, colours. */
function termsOptions(scene, parts, font, row) {
  const every = scene.tapPlanes;
  const options = [];
  for (const rows of every > 1 ? [every, 1] : [1]) {
    for (let from = 0; from <= parts.slots; from++) {
      if (from && !droppable(scene, from).length) continue;
      options.push(termsOption(scene, parts, font, { row, rows, from, score: (rows > 1 || every === 1 ? 6 : 4) - from * 0.5 }));
    }
  }
  // A large kernel: its products alone, and both factors when they are pointed at or stepped.
  if (parts.slots) options.push({ ...termsOption(scene, parts, font, { row, rows: 1, from: parts.slots, score: 2 }), needs: [] });
  for (const [colour, score] of [[12, 1], [5, 0.5]]) options.push(termsOption(scene, parts, font, { row, rows: 1, from: 0, score, colour }));
  return options;
}

/** Accesses whose grids are left out with the first `from` slots; none if one of them is drawn nowhere else. */
function droppable(scene, from) {
  const dropped = scene.phases.flatMap((phase) => gridFactors(scene, phase).slice(0, from));
  return dropped.every((key) => scene.drawn.includes(key)) ? dropped : [];
}

function termsOption(scene, parts, font, { row, rows, from, score, colour = 0 }) {
  const cws = parts.ems.map((em) => colour || Math.max(font + 3, em * font + 5));
  const cells = cws.slice(from).reduce((sum, cw) => sum + cw * scene.tapColumns, 0);
  const operators = from === parts.slots ? 0 : parts.before.slice(from).reduce((sum, em) => sum + operatorWide(em, font), 0);
  const extra = operators + (rows > 1 && parts.sum ? parts.sum * font + 8 : 0);
  const tall = rows * (scene.tapRows * (colour || font + row) + BETWEEN) + headingHeight(font) + (rows > 1 ? 0 : footHeight(font));
  const names = from === parts.slots ? 5 : colour ? 15 : 9; // of the grids, in widths of the font
  const wide = Math.max(cells + extra, names * font);
  return { score, numbers: !colour, cws, ch: colour || font + row, rows, from, extra, wide, tall, needs: from ? droppable(scene, from) : [] };
}
