// Where each grid goes and how large its cells are. Numbers are never smaller than the font asked for: a grid
// that cannot show them at that size shows colours only, and the numbers of the window stay readable beside it.

import { EDGE, GAP } from "./grids.js";
import { measureParts } from "./measure.js";
import { columnOptions } from "./options.js";
import { place } from "./place.js";
import { stack } from "./stack.js";

export const STACKED_BELOW = 480;
const LARGER = 0.2; // worth of a pixel of font size; a second plane of a panel is worth 1

/**
 * @param {{width: number, height: number, fonts: number[], switcher: number}} room `fonts` ascending; a larger one is
 *   taken if all numbers still fit and it is worth more than what it leaves out
 * @param {(text: string) => number} measure width of a text for one pixel of font size
 * @returns {import("./grids.js").Layout}
 */
export function arrange(scene, { width, height, fonts, switcher }, measure) {
  const parts = measureParts(scene, measure, switcher);
  if (width < STACKED_BELOW) return stack(scene, parts, width, fonts[0]);
  let best = choose(scene, parts, width, height, fonts[0]);
  const worth = ({ score, font }) => score + (font - fonts[0]) * LARGER;
  for (const font of best.fits && best.numbers ? fonts.slice(1) : []) {
    const larger = choose(scene, parts, width, height, font);
    if (larger.fits && larger.numbers && worth(larger) >= worth(best)) best = larger;
  }
  return place(scene, parts, best, width, height);
}

/** The combination that tells most among those that fit; the least one where none does. */
function choose(scene, parts, width, height, font) {
  const inner = width - 2 * EDGE - GAP * (scene.columns.length - 1);
  const all = columnOptions(scene, parts, font, height);
  const narrowest = all.map((options) => options.reduce((a, b) => (b.wide < a.wide ? b : a)));
  let best = { columns: narrowest, font, score: -1, fits: false };
  const extend = (chosen, wide, score) => {
    if (chosen.length < all.length) {
      for (const option of all[chosen.length]) {
        if (wide + option.wide <= inner) extend([...chosen, option], wide + option.wide, score + option.score);
      }
    } else if (score > best.score && numbersStandSomewhere(chosen)) best = { columns: chosen, font, score, fits: true };
  };
  extend([], 0, 0);
  best.numbers = best.columns.every(({ numbers, members }) => numbers ?? members.every((member) => member.numbers));
  return best;
}

/** Whether every factor without a grid among the terms has its numbers in its own panel. */
function numbersStandSomewhere(columns) {
  const shown = new Set(columns.flatMap((column) => [...(column.shown ?? [])]));
  return columns.every(({ needs = [] }) => needs.every((key) => shown.has(key)));
}
