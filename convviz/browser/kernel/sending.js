// What is sent to Python and when, and which of its answers are too old to be shown.

const WAIT = 120; // milliseconds from a change until it is sent
const PATIENCE = 800; // and for how long at most the answer to the one before is waited for

export class Sending {
  constructor() {
    Object.assign(this, { edit: 0, text: "", sent: 0, sentAt: -Infinity, answered: true, timer: null, seen: null, tell: null });
  }

  /** The numbers have changed: they are sent soon, and then as they are by that time. */
  change(text) {
    this.edit = Math.max(this.edit + 1, Date.now()); // no other edit of this session has the same number
    this.text = text;
    this.timer ??= setTimeout(() => this.#due(), WAIT);
  }

  /** Each run of Python shows what it computed only if the next does not interrupt it. */
  #due() {
    if (this.answered || performance.now() - this.sentAt > PATIENCE) this.flush();
    else this.timer = setTimeout(() => this.#due(), WAIT / 2);
  }

  /** Send what has not been sent. */
  flush() {
    if (this.timer === null) return;
    this.#forget();
    Object.assign(this, { sent: this.edit, sentAt: performance.now(), answered: false });
    this.tell({ edit: this.edit, text: this.text });
  }

  /**
   * Whether what Python sends is to be shown: not if it is the answer to an edit that is not the latest, or was seen.
   * @param {{text: string, answer: number|null}} data `answer` is the edit that made these numbers; null for another setting
   */
  takes({ text, answer }) {
    const { seen } = this;
    this.seen = { text, answer };
    if (answer !== null && answer === this.sent) this.answered = true;
    const newer = answer === null ? seen?.text !== text || seen.answer !== null : answer >= this.edit;
    if (newer && answer === null) this.#forget();
    if (newer) this.edit = Math.max(this.edit, answer ?? 0);
    return newer;
  }

  #forget() {
    clearTimeout(this.timer);
    this.timer = null;
  }
}
