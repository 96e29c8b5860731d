// Painting the grids of factors and terms, what stands between them, and the sums beside them.

import { placeOf } from "./brush.js";
import { cssColour, inkOn, largest, signedColour } from "../shared/colour.js";
import { numberText } from "../shared/format.js";
import { gridFactors, isKept, operatorsOf } from "./terms.js";

/** One grid of the terms of a visit: a factor's numbers or the products. */
export function drawTerms(painter, grid, step) {
  const { scene, brush } = painter;
  const { terms, position } = step;
  const slots = painter.layout.grids.find(({ kind }) => kind === "terms").slot;
  const grids = gridFactors(scene, terms.phase);
  const key = grid.kind === "factor" ? grids[grid.slot - slots + grids.length] : null;
  if (grid.kind === "factor" && !key) return;
  const single = terms.values.length === 1;
  if (grid.first) painter.heading(grid, key ? factorTitle(painter, key) : terms.phase.heading, "", grid.room);
  const plane = painter.planeOf(grid, step.focus);
  const shown = cellsOf(painter, terms, key, position);
  for (let k = 0; k < (single ? Math.min(1, scene.planeTaps) : scene.planeTaps); k++) {
    const tap = plane * scene.planeTaps + k;
    const at = placeOf(grid, k);
    drawCell(painter, grid, at, shown(single ? 0 : tap));
    if (!single) brush.strip(at, tap);
    if (terms.holders.includes(tap)) brush.frame([at], painter.theme.window, 3);
    if (tap === position.tap) brush.active(at, tap);
    if (step.linked?.taps.has(tap)) brush.light(grid, at, tap);
  }
  if (key && grid.slot === 0 && slots > 1) {
    brush.frame([{ x: grid.x, y: grid.y, w: grid.columns * grid.cw, h: grid.rows * grid.ch }], painter.theme.window, 3);
  }
}

/** A function that says what a tap's cell holds and looks like. */
function cellsOf(painter, terms, key, position) {
  const { scene, theme } = painter;
  const source = key ?? (terms.phase.factors.length === 1 ? terms.phase.factors[0] : null);
  if (source) {
    const panel = scene.panelOf(source);
    const cells = scene.cells(source, position.loops);
    const numbers = terms.factors[terms.phase.factors.indexOf(source)];
    const own = numbers.length > 1; // a factor of one cell meets every tap
    return (tap) => {
      const value = numbers[own ? tap : 0];
      const cell = cells[own ? tap : 0];
      return {
        value,
        colour: painter.planes.colourOf(panel, value, panel.planes[Math.floor(cell / panel.size)]),
        padding: scene.isPadding(panel, cell),
        pending: isKept(scene, position.asked, source) || (!key && tap >= terms.known),
      };
    };
  }
  const limit = largest(terms.values);
  return (tap) => ({ value: terms.values[tap], colour: signedColour(terms.values[tap], limit, theme.dark), pending: tap >= terms.known });
}

function drawCell({ brush, theme }, grid, at, { value, colour, padding = false, pending = false }) {
  brush.fill(at, pending || padding ? theme.blank : cssColour(colour));
  if (padding) brush.hatch(at, theme.line, 6);
  if (!pending && grid.numbers) brush.number(value, at, padding ? theme.text : inkOn(colour));
  brush.outline(at, theme.line, 0.5);
}

/** The window of a panel that it moves over; any other panel by its name. */
function factorTitle({ scene, words }, key) {
  const moves = scene.accesses.get(key).row_strides.some((stride) => stride > 0);
  return moves && scene.drawn.includes(key) ? words.window : scene.panelOf(key).label;
}

export function drawOperators({ scene, layout, brush }, { terms, position }) {
  const slots = layout.grids.find(({ kind }) => kind === "terms")?.slot ?? 0;
  const texts = operatorsOf(scene, terms, slots, position.asked);
  for (const { slot, x, y } of layout.operators) {
    if (texts[slot]) brush.text(texts[slot], x, y, { size: layout.font + 6, weight: 600 });
  }
}

/** With each plane of terms that are summed: their sum so far. */
export function drawSums({ scene, layout, brush }, { terms, focus }) {
  if (terms.phase.fold !== "sum") return;
  for (const { plane, x, y } of layout.sums) {
    const from = (plane < 0 ? focus : plane) * scene.planeTaps;
    const until = Math.min(terms.known, from + scene.planeTaps);
    if (until <= from) continue;
    const sum = terms.values.slice(from, until).reduce((total, value) => total + value, 0);
    brush.text(`Σ ${numberText(sum)}`, x, y, { size: layout.font + 2, weight: 600, align: "left" });
  }
}
