// What panels that are added to hold at a step: all terms added by then, in the order of the loop.

import { termsOf } from "./terms.js";

const EVERY = 128; // visits from one kept state to the next, so that a step back does not begin at the start

export class Tally {
  /** @param {import("./scene.js").Scene} scene */
  constructor(scene) {
    this.scene = scene;
    this.adding = scene.slots.flatMap(({ phase, tap }, slot) => (phase.adds ? [{ phase, tap, slot }] : []));
    this.values = new Map();
    this.limits = new Map();
    this.kept = [];
    if (this.adding.length) this.#runThrough();
  }

  /** Once to the end: keep states on the way, and the largest size each panel's numbers ever have. */
  #runThrough() {
    for (const { phase } of this.adding) {
      const panel = this.scene.panelOf(phase.writes);
      this.values.set(panel.key, new Float64Array(panel.values.length));
      this.limits.set(panel.key, 0);
    }
    this.visit = this.slot = 0;
    this.#keep();
    while (this.visit < this.scene.visits) {
      this.#finishVisit((key, value) => this.limits.set(key, Math.max(this.limits.get(key), Math.abs(value))));
      if (this.visit % EVERY === 0) this.#keep();
    }
  }

  /** Bring the values to where they are after the step; `before` is what the cell last added to held. */
  seek({ visit, slot }) {
    if (!this.adding.length || (this.sought?.visit === visit && this.sought.slot === slot)) return;
    this.sought = { visit, slot };
    if (visit < this.visit || (visit === this.visit && slot < this.slot) || visit > this.visit + EVERY) this.#restore(visit);
    while (this.visit < visit) this.#finishVisit();
    this.#addUntil(slot + 1);
  }

  /** The number in a cell of a panel as of the step last sought. */
  valueAt(panel, cell) {
    return this.values.get(panel.key)[cell];
  }

  #finishVisit(seen) {
    this.#addUntil(this.scene.slots.length, seen);
    this.visit += 1;
    this.slot = 0;
  }

  /** Add the terms of this visit's slots up to one, which is not included. */
  #addUntil(end, seen) {
    const loops = this.scene.loopsAt(this.visit);
    let ready = null;
    for (const { phase, tap, slot } of this.adding) {
      if (slot < this.slot || slot >= end) continue;
      if (ready?.phase !== phase) {
        ready = { phase, cells: this.scene.cells(phase.writes, loops), terms: termsOf(this.scene, phase, loops).values };
      }
      const { key } = this.scene.panelOf(phase.writes);
      const values = this.values.get(key);
      for (const k of tap === null ? ready.cells.keys() : [tap]) {
        this.before = values[ready.cells[k]];
        values[ready.cells[k]] += ready.terms[ready.terms.length === 1 ? 0 : k];
        seen?.(key, values[ready.cells[k]]);
      }
    }
    this.slot = end;
  }

  #keep() {
    this.kept.push(new Map([...this.values].map(([key, values]) => [key, values.slice()])));
  }

  #restore(visit) {
    const k = Math.min(Math.floor(visit / EVERY), this.kept.length - 1);
    for (const [key, values] of this.kept[k]) this.values.get(key).set(values);
    this.visit = k * EVERY;
    this.slot = 0;
  }
}
