// A scene in the browser: which cells a step touches, looked up in the tables Python sent.
// Nothing here knows what a convolution is, and nothing computes a window.

/** In a column: the grids of factors and terms of the visit, not a panel. */
export const TERMS = "terms";

/**
 * @typedef {{visit: number, phase: object, slot: number, tap: number|null, loops: number[], asked?: object, whole?: boolean}}
 *   Position `whole` where the visit is seen as a whole; `asked` is the question put to the room, if one is; its slot is -1 where nothing of the visit has run yet
 */

export class Scene {
  /**
   * @param {object} meta what `scene_data` puts under "scene"
   * @param {(name: string) => ArrayLike<number>} array gives "values:<panel>" and "table:<access>"
   */
  constructor(meta, array) {
    const { title, loops, phases, source, variables, units, columns, visit, photo, place, whole } = meta;
    Object.assign(this, { title, loops, phases, source, variables, units, columns, visitWords: visit, place, whole });
    this.photo = photo && { ...photo, cells: array("pixels:photo") };
    [this.tapPlanes, this.tapRows, this.tapColumns] = meta.tap_grid;
    this.tapPlaneNames = meta.tap_planes;
    this.planeTaps = this.tapRows * this.tapColumns;
    this.taps = this.tapPlanes * this.planeTaps;
    this.panels = new Map(
      meta.panels.map((panel) => [panel.key, { ...panel, values: array(`values:${panel.key}`), size: panel.rows * panel.columns }]),
    );
    this.accesses = new Map(
      Object.entries(meta.accesses).map(([key, access]) => [key, { ...access, key, table: array(`table:${key}`) }]),
    );
    this.slots = phases.flatMap((phase) =>
      phase.by_tap ? Array.from({ length: this.taps }, (_, tap) => ({ phase, tap })) : [{ phase, tap: null }],
    );
    this.visits = loops.reduce((product, loop) => product * loop.length, 1);
    this.length = this.visits * this.slots.length;
    /** The drawn access of a single cell that counts the visits: out, or dout. */
    this.cellKey = columns.flat().find((key) => key !== TERMS && this.accesses.get(key).taps === 1 && this.#movesOn(key));
  }

  /** What flows into a panel: the factors of the terms that are added to it; "" where none are. */
  flowInto(key) {
    const phase = this.phases.find(({ adds, writes }) => adds && writes === key);
    return phase ? `←\u2009${phase.factors.join("·")}` : "";
  }

  /** Whether each visit touches another cell of it. */
  #movesOn(key) {
    const { row_strides: rows, offset_strides: offsets } = this.accesses.get(key);
    return [...rows.slice(-2), ...offsets.slice(-2)].some((stride) => stride > 0);
  }

  /** @returns {number[]} the loop variables at a visit, outermost first */
  loopsAt(visit) {
    const values = new Array(this.loops.length);
    for (let k = this.loops.length - 1; k >= 0; k--) {
      values[k] = visit % this.loops[k].length;
      visit = Math.floor(visit / this.loops[k].length);
    }
    return values;
  }

  /** @returns {Position} */
  at(step) {
    const visit = Math.floor(step / this.slots.length);
    const slot = step % this.slots.length;
    return { ...this.slots[slot], slot, visit, loops: this.loopsAt(visit) };
  }

  /** The visit a step ends, as a whole: no tap of it is looked at. Null where its last step says it all. */
  wholeAt(step) {
    const position = this.at(step);
    return this.visitWords && position.slot === this.slots.length - 1 ? { ...position, tap: null, whole: true } : null;
  }

  /** What speaks at a position: the phase, or the visit as a whole. */
  speakerAt({ phase, whole }) {
    return whole ? this.visitWords : phase;
  }

  /** The plane shown: that of the tap or of the cell asked for, else the one chosen. */
  planeAt({ tap, asked }, chosen) {
    if (tap !== null) return Math.floor(tap / this.planeTaps);
    return asked?.phase.adds ? asked.plane : chosen;
  }

  /** The step at which a visit is complete. */
  endOf(visit) {
    return (visit + 1) * this.slots.length - 1;
  }

  /** Flat positions an access touches at a visit, one for each of its taps. */
  cells(key, loops) {
    const access = this.accesses.get(key);
    let row = 0;
    let offset = 0;
    for (let k = 0; k < loops.length; k++) {
      const at = Math.floor(loops[k] / access.every[k]); // so many values in a row count as one
      row += at * access.row_strides[k];
      offset += at * access.offset_strides[k];
    }
    const cells = new Int32Array(access.taps);
    for (let t = 0; t < access.taps; t++) cells[t] = access.table[row * access.taps + t] + offset;
    return cells;
  }

  /** The panel an access reads or writes. */
  panelOf(key) {
    return this.panels.get(this.accesses.get(key).panel);
  }

  /** Keys of the accesses whose panels are drawn. */
  get drawn() {
    return this.columns.flat().filter((key) => key !== TERMS);
  }

  /** Whether a visit touches a cell for each tap. */
  isWindow(key) {
    return this.accesses.get(key).taps === this.taps && key !== this.cellKey;
  }

  /** Whether a cell of a panel lies on its frame of padding. */
  isPadding(panel, cell) {
    const [[top, bottom], [left, right]] = panel.frame;
    const inPlane = cell % panel.size;
    const [row, column] = [Math.floor(inPlane / panel.columns), inPlane % panel.columns];
    return row < top || row >= panel.rows - bottom || column < left || column >= panel.columns - right;
  }

  /** The numbers an access touches at a visit. */
  numbers(key, loops) {
    const { values } = this.panelOf(key);
    return Array.from(this.cells(key, loops), (cell) => values[cell]);
  }

  /** Planes of a panel that its access touches at a visit, in order. */
  planesOf(key, loops) {
    const panel = this.panelOf(key);
    const planes = new Set();
    for (const cell of this.cells(key, loops)) planes.add(Math.floor(cell / panel.size));
    return [...planes];
  }

  /** How many planes of a panel a visit touches; a matrix of windows is one plane, whatever the channels. */
  planeCount(key) {
    return this.isWindow(key) ? this.planesOf(key, this.loopsAt(0)).length : 1;
  }

  /** Visits with the same image and filter (all but the two innermost loops) as this one. */
  siblings(visit) {
    const inner = this.loops.slice(-2).reduce((product, loop) => product * loop.length, 1);
    const first = Math.floor(visit / inner) * inner;
    return Array.from({ length: inner }, (_, k) => first + k);
  }
}

/** Jumps of one length over the steps of a scene. A unit rests on its last step, where its result can be seen. */
export class Units {
  /** @param {number} length steps in one unit  @param {number} steps steps in the scene */
  constructor(length, steps) {
    Object.assign(this, { length, steps, count: Math.ceil(steps / length) });
  }

  /** The unit a step lies in. */
  of(step) {
    return Math.floor(step / this.length);
  }

  /** The step a unit rests on. */
  end(index) {
    return Math.max(0, Math.min((index + 1) * this.length, this.steps) - 1);
  }

  /** The step that a move goes to: "first", "back", "next" or "last". */
  target(where, step) {
    const targets = {
      first: () => this.end(0),
      back: () => this.end(this.of(step) - 1),
      next: () => this.after(step, 1),
      last: () => this.steps - 1,
    };
    return targets[where]();
  }

  /** The end of the unit so many ahead; from within a unit, its own end is the first. */
  after(step, moves) {
    const index = this.of(step);
    return this.end(index + moves - (step === this.end(index) ? 0 : 1));
  }
}
