// Time: while a scene plays, so many moves are due a second; once it rests, the page hears the step.

const LONGEST_FRAME = 250; // milliseconds; a tab that was hidden does not catch up when it comes back
const IDLE = 400; // milliseconds without a step before the page hears it

/** So many moves are due a second, whatever the display's frame rate is. */
export class Clock {
  /** @param {(moves: number) => void} move called in a frame in which moves are due */
  constructor(move) {
    Object.assign(this, { move, rate: 2, running: false });
  }

  start() {
    this.running = true;
    let last = performance.now();
    let due = 0;
    const tick = (now) => {
      this.frame = requestAnimationFrame(tick);
      const passed = Math.max(0, Math.min(now - last, LONGEST_FRAME)); // the first frame may have begun before the start
      due += (passed / 1000) * this.rate;
      last = now;
      const moves = Math.floor(due);
      due -= moves;
      if (moves) this.move(moves);
    };
    this.frame = requestAnimationFrame(tick);
  }

  stop() {
    this.running = false;
    cancelAnimationFrame(this.frame);
  }
}

/** Tells the page of a step once the stepper has rested on it. */
export class Rest {
  /** @param {(step: number) => void} report */
  constructor(report) {
    this.report = report;
  }

  /** The stepper is on a step now. While it plays, none is the last one: the page hears it when it stops. */
  at(step, playing) {
    this.cancel();
    if (playing || step === this.told) return;
    this.idle = setTimeout(() => this.report((this.told = step)), IDLE);
  }

  cancel() {
    clearTimeout(this.idle);
  }
}
