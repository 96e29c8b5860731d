// A scene in the browser: which cells a step touches, looked up in the tables Python sent.
// Nothing here knows what a convolution is, and nothing computes a window.

/**
 * @typedef {{visit: number, phase: object, phaseIndex: number, tap: number|null, known: number, loops: number[]}} Position
 */

export class Scene {
  /**
   * @param {object} meta what `scene_data` puts under "scene"
   * @param {(name: string) => ArrayLike<number>} array gives "values:<panel>" and "table:<access>"
   */
  constructor(meta, array) {
    Object.assign(this, { title: meta.title, loops: meta.loops, phases: meta.phases, source: meta.source });
    this.variables = meta.variables;
    this.units = meta.units.map((name, k) => ({ name, length: meta.unit_lengths[k] }));
    [this.tapPlanes, this.tapRows, this.tapColumns] = meta.tap_grid;
    this.tapPlaneNames = meta.tap_planes;
    this.taps = this.tapPlanes * this.tapRows * this.tapColumns;
    this.planeTaps = this.tapRows * this.tapColumns;
    this.panels = new Map(
      meta.panels.map((panel) => [panel.key, { ...panel, values: array(`values:${panel.key}`), size: panel.rows * panel.columns }]),
    );
    this.accesses = new Map(
      Object.entries(meta.accesses).map(([key, access]) => [key, { ...access, key, table: array(`table:${key}`) }]),
    );
    this.slots = this.phases.flatMap((phase, phaseIndex) =>
      phase.by_tap
        ? Array.from({ length: this.taps }, (_, tap) => ({ phase, phaseIndex, tap }))
        : [{ phase, phaseIndex, tap: null }],
    );
    this.visits = this.loops.reduce((product, loop) => product * loop.length, 1);
    this.length = this.visits * this.slots.length;
    this.product = this.phases.find((phase) => phase.operation === "multiply");
    this.writer = this.phases.find((phase) => phase.writes !== null);
    this.written = new Map();
    this.readers = new Map();
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
    let known = 0;
    for (let k = 0; k <= slot; k++) {
      if (this.slots[k].phase.operation === "multiply") known += this.slots[k].tap === null ? this.taps : 1;
    }
    return { ...this.slots[slot], visit, known, loops: this.loopsAt(visit) };
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
      row += loops[k] * access.row_strides[k];
      offset += loops[k] * access.offset_strides[k];
    }
    const cells = new Int32Array(access.taps);
    for (let t = 0; t < access.taps; t++) cells[t] = access.table[row * access.taps + t] + offset;
    return cells;
  }

  /** The panel an access reads or writes. */
  panelOf(key) {
    return this.panels.get(this.accesses.get(key).panel);
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

  /** Both factors and the product of every tap of a visit. */
  products(loops) {
    const factors = this.product.reads.map((key) => this.numbers(key, loops));
    const products = factors[0].map((_, t) => factors.reduce((value, factor) => value * factor[t], 1));
    return { factors, products };
  }

  /** Planes of a panel that its access touches at a visit, in order. */
  planesOf(key, loops) {
    const panel = this.panelOf(key);
    const planes = new Set();
    for (const cell of this.cells(key, loops)) planes.add(Math.floor(cell / panel.size));
    return [...planes];
  }

  /** For each cell of a panel, the first visit that writes it. Worked out once. */
  writtenAt(panelKey) {
    if (!this.written.has(panelKey)) {
      const panel = this.panels.get(panelKey);
      const first = new Int32Array(panel.size * panel.planes.length).fill(this.visits);
      const key = this.writer.writes;
      for (let visit = this.visits - 1; visit >= 0; visit--) {
        for (const cell of this.cells(key, this.loopsAt(visit))) first[cell] = visit;
      }
      this.written.set(panelKey, first);
    }
    return this.written.get(panelKey);
  }

  /** Visits with the same image and filter (all but the two innermost loops) as this one. */
  siblings(visit) {
    const inner = this.loops.slice(-2).reduce((product, loop) => product * loop.length, 1);
    const first = Math.floor(visit / inner) * inner;
    return Array.from({ length: inner }, (_, k) => first + k);
  }

  /** Visits among the siblings whose access reads a cell, with the tap that does. */
  readersOf(key, cell, visit) {
    const siblings = this.siblings(visit);
    const id = `${key}/${siblings[0]}`;
    if (!this.readers.has(id)) {
      const index = new Map();
      for (const sibling of siblings) {
        this.cells(key, this.loopsAt(sibling)).forEach((position, tap) => {
          if (!index.has(position)) index.set(position, []);
          index.get(position).push({ visit: sibling, tap });
        });
      }
      this.readers.clear(); // one image and filter at a time is enough
      this.readers.set(id, index);
    }
    return this.readers.get(id).get(cell) ?? [];
  }
}
