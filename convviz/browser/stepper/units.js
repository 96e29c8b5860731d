// Jumps of one length over the steps of a scene. A unit rests on its last step, where its result can be seen.

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
