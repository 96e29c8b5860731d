// On a phone: the columns below one another, as tall as they need.

import { addPanel, addTerms, BETWEEN, EDGE, emptyLayout, footHeight, headingHeight, operatorWide } from "./grids.js";
import { TERMS } from "./scene.js";

/**
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
  addPanel(layout, part, { planes: 1, numbers: cw >= least }, { cw, ch }, EDGE, y, width - 2 * EDGE);
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
