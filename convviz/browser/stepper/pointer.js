// The pointer over the canvas: what it points at, what is pinned, and what the tables link to that.

import { cellText, factorText, fill, isRounded, isShort, numberText } from "../shared/format.js";
import { isKept } from "./terms.js";

export class Pointer {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {HTMLElement} readout says what is pointed at
   * @param {{changed: () => void, jump: () => void}} actions
   */
  constructor(canvas, readout, actions) {
    Object.assign(this, { canvas, readout, actions, pinned: null, hovered: null, linked: null });
    canvas.addEventListener("pointermove", (event) => this.#hover(event));
    canvas.addEventListener("pointerleave", () => this.#hover(null));
    canvas.addEventListener("click", (event) => this.#click(event));
    canvas.addEventListener("dblclick", () => actions.jump());
  }

  /** A new scene or layout: what is where, and what the words are. */
  attach(painter, words) {
    Object.assign(this, { painter, words });
  }

  /** A new scene has none of the old cells. */
  forget() {
    this.pinned = this.hovered = null;
  }

  unpin() {
    this.forget();
    this.actions.changed();
  }

  /** The plane pointed at, where each has a grid of its own: the others follow it. */
  get plane() {
    return (this.pinned ?? this.hovered)?.own ?? null;
  }

  /** Look up again what is pinned or pointed at: it stays while the step moves. */
  follow(position, focus, terms) {
    this.focus = focus;
    const hit = this.pinned ?? this.hovered;
    this.linked = hit ? linkedTo(hit, this.painter, position, this.words, terms) : null;
    const text = this.linked?.text ?? "";
    if (this.readout.textContent !== text) this.readout.textContent = this.readout.title = text;
  }

  #hover(event) {
    const hit = event && this.#hit(event);
    if (hit?.id === this.hovered?.id) return;
    this.hovered = hit;
    if (!this.pinned) this.actions.changed();
  }

  #click(event) {
    const hit = this.#hit(event);
    this.pinned = this.pinned?.id === hit?.id ? null : hit;
    this.hovered = hit;
    this.actions.changed();
  }

  /** What lies under the pointer: a cell of a panel, or a tap. */
  #hit(event) {
    if (!this.painter) return null;
    const box = this.canvas.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    for (const grid of this.painter.layout.grids) {
      const column = Math.floor((x - grid.x) / grid.cw);
      const row = Math.floor((y - grid.y) / grid.ch);
      if (column < 0 || row < 0 || column >= grid.columns || row >= grid.rows) continue;
      const plane = this.painter.planeOf(grid, this.focus);
      const cell = row * grid.columns + column;
      const follows = grid.kind !== "panel" || this.painter.scene.isWindow(grid.key);
      const own = follows && grid.plane >= 0 ? grid.plane : null;
      return { kind: grid.kind, key: grid.key, plane, own, fixed: grid.fixed, cell, row, column, id: `${grid.key ?? grid.slot}/${plane}/${cell}` };
    }
    return null;
  }
}

/**
 * @typedef {{kind: string, key?: string, plane: number, own: number|null, fixed?: number, cell: number, row: number,
 *   column: number, id: string}} Hit
 * @typedef {{cells: Map<string, Map<number, number|null>>, taps: Set<number>, text: string, visit?: number}} Linked
 *   lit cells of each panel by position, each with the tap that links it; the visit of a cell of out or dout
 */

/** For a cell of a panel or a tap, everything the tables link to it. @returns {Linked} */
function linkedTo(hit, painter, position, words, terms) {
  if (hit.kind !== "panel") return ofTap(hit, painter, position, words, terms);
  const others = hit.fixed !== undefined && !painter.scene.planesOf(hit.key, position.loops).includes(hit.fixed); // of another filter
  if (hit.key === painter.scene.cellKey && !others) return ofVisit(hit, painter, position, words);
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
function ofCell({ key, plane, fixed, cell, row, column }, painter, position, words) {
  const { scene } = painter;
  const panel = scene.panelOf(key);
  const shown = fixed ?? scene.planesOf(key, position.loops)[plane] ?? 0;
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
  const [a, b] = numbers.map((number, k) => (isKept(scene, position.asked, phase.factors[k]) ? "?" : (k ? factorText : cellText)(number)));
  const said = { row, column, plane: scene.tapPlaneNames[plane], a, b, product: tap < known ? numberText(values[tap]) : "?" };
  const rounded = new Set(!kept && (numbers.some(isShort) || isRounded(values[tap])) ? ["product"] : []);
  return { cells, taps: new Set([tap]), text: fill(factors.length > 1 ? words.tapCell : words.tapValue, said, rounded) };
}
