// The page is told of a step once the stepper has rested on it.

const IDLE = 400; // milliseconds without a step before the page is told

export class Rest {
  /** @param {(step: number) => void} report */
  constructor(report) {
    this.report = report;
  }

  /** The stepper is on a step now. While it plays, none is the last one: the page is told when it stops. */
  at(step, playing) {
    this.cancel();
    if (playing || step === this.told) return;
    this.idle = setTimeout(() => this.report((this.told = step)), IDLE);
  }

  cancel() {
    clearTimeout(this.idle);
  }
}
