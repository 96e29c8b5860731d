// What belongs together: for a cell of a panel or a tap, everything the tables link to it.

import { fill, isRounded, numberText, termText } from "../shared/format.js";
import { isKept } from "./operators.js";

/**
 * @typedef {{kind: string, key?: string, plane: number, cell: number, row: number, column: number, id: string}} Hit
 * @typedef {{cells: Map<string, Map<number, number|null>>, taps: Set<number>, text: string, visit?: number}} Linked
 *   lit cells of each panel by position, each with the tap that links it; the visit of a cell of out or dout
 */

/** @returns {Linked} */
export function linkedTo(hit, painter, position, words, terms) {
  if (hit.kind !== "panel") return ofTap(hit, painter, position, words, terms);
  if (hit.key === painter.scene.cellKey) return ofVisit(hit, painter, position, words);
  return ofCell(hit, painter, position, words);
}

/** Light what each of these (visit, tap) pairs touches in every drawn panel. */
function touched(scene, pairs) {
  const cells = new Map();
  for (const key of scene.drawn) {
    const lit = new Map();
    for (const { visit, tap } of pairs) {
      const at = scene.cells(key, scene.loopsAt(visit));
      if (at.length === scene.taps) lit.set(at[tap], tap);
      else if (key === scene.cellKey) lit.set(at[0], tap);
    }
    cells.set(scene.panelOf(key).key, lit);
  }
  return cells;
}

/** A cell that windows touch: every visit whose window it lies in. */
function ofCell({ key, plane, cell, row, column }, painter, position, words) {
  const { scene } = painter;
  const panel = scene.panelOf(key);
  const shown = scene.planesOf(key, position.loops)[plane] ?? 0;
  const flat = shown * panel.size + cell;
  const pairs = scene.siblings(position.visit).flatMap((visit) => {
    const tap = scene.cells(key, scene.loopsAt(visit)).indexOf(flat);
    return tap < 0 ? [] : [{ visit, tap }];
  });
  const cells = scene.isWindow(key) ? touched(scene, pairs) : new Map();
  cells.set(panel.key, new Map([[flat, null]]));
  const value = painter.valueAt(panel, flat, position);
  const here = pairs.filter(({ visit }) => visit === position.visit).map(({ tap }) => tap);
  const text = fill(scene.isWindow(key) ? words.windowCell : words.plainCell, {
    label: panel.label, row, column, plane: panel.planes[shown], value: value === null ? words.notYet : numberText(value), count: pairs.length,
  });
  return { cells, taps: new Set(scene.isWindow(key) ? here : []), text };
}

/** A cell of the output or of its gradient: the window of its visit. */
function ofVisit({ key, cell, row, column }, painter, position, words) {
  const { scene } = painter;
  const panel = scene.panelOf(key);
  const visit = scene.siblings(position.visit).find((sibling) => scene.cells(key, scene.loopsAt(sibling))[0] % panel.size === cell);
  const loops = scene.loopsAt(visit);
  const [flat] = scene.cells(key, loops);
  const value = painter.valueAt(panel, flat, position);
  const cells = touched(scene, Array.from({ length: scene.taps }, (_, tap) => ({ visit, tap })));
  cells.set(panel.key, new Map([[flat, null]]));
  const text = fill(words.outputCell, { label: panel.label, row, column, value: value === null ? words.notYet : numberText(value) });
  return { cells, taps: new Set(), text, visit };
}

/** A tap: all cells it meets, whatever the visit. */
function ofTap({ plane, cell, row, column }, painter, position, words, { phase, factors, values, known }) {
  const { scene } = painter;
  const tap = Math.min(plane * scene.planeTaps + cell, values.length - 1);
  const cells = touched(scene, scene.siblings(position.visit).map((visit) => ({ visit, tap })));
  const mine = scene.cellKey && scene.panelOf(scene.cellKey).key;
  if (mine) cells.set(mine, new Map([[scene.cells(scene.cellKey, position.loops)[0], tap]]));
  const numbers = factors.map((each) => each[each.length === 1 ? 0 : tap]);
  const kept = phase.factors.some((key) => isKept(scene, position.asked, key));
  const [a, b] = numbers.map((number, k) => (isKept(scene, position.asked, phase.factors[k]) ? "?" : (k ? termText : numberText)(number)));
  const said = { row, column, plane: scene.tapPlaneNames[plane], a, b, product: tap < known ? numberText(values[tap]) : "?" };
  const rounded = new Set(!kept && [...numbers, values[tap]].some(isRounded) ? ["product"] : []);
  return { cells, taps: new Set([tap]), text: fill(factors.length > 1 ? words.tapCell : words.tapValue, said, rounded) };
}
