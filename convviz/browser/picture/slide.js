// The kernel slides over the photo, and the map is painted behind it, cell by cell in the order of the loop.

import { fill } from "../shared/format.js";

const PACES = [48, 24, 12, 6, 3]; // seconds for the whole map
const USUAL = 2; // place among them of the one to begin with
const AT_FIRST = 250; // cells a second: the kernel is seen to go along the first rows
const LONGEST = 100; // milliseconds from one picture to the next that count: a page in the background waits
const SLID = "convviz has slid"; // in the browser's storage, once it has run by itself
const FIRST_WAIT = 700; // milliseconds before it runs by itself

/**
 * How many of `count` cells are painted after a share of the time: slowly at first, then ever faster, so that a person
 * sees the kernel go along the first rows, then the rows follow each other, and the whole map in the end.
 */
export function paintedAfter(share, count) {
  const times = Math.log(Math.max(1, count / (AT_FIRST * PACES[USUAL])));
  const growth = times + Math.log(Math.max(1, times));
  return growth ? (count * Math.expm1(growth * share)) / Math.expm1(growth) : count * share;
}

export class Slide {
  /**
   * @param {HTMLElement} root a figure as picture.html has it
   * @param {(cell: number[]|null, painted: number|null, moves: boolean) => void} show told where the kernel is, how many
   *   cells are painted (null for all), and whether it goes on
   */
  constructor(root, show) {
    Object.assign(this, { root, show, share: 0, moves: false, size: null });
    this.place = root.querySelector(".slide");
    this.button = this.place.querySelector("button");
    this.pace = this.place.querySelector("input");
    Object.assign(this.pace, { max: PACES.length - 1, value: USUAL });
    this.button.addEventListener("click", () => (this.moves ? this.#rest() : this.#go()));
    this.pace.addEventListener("input", () => this.#say());
    this.pressed = (event) => this.#press(event);
  }

  /** A map of `size` (rows, columns), or null where nothing slides; `other` where its numbers are not those of before. */
  load({ size, words }, other) {
    Object.assign(this, { size, words });
    this.place.hidden = !size;
    if (other && this.share) this.#end();
    if (!size) return;
    this.#say();
    if (this.first === undefined && runsByItself()) this.first = setTimeout(() => this.#go(), FIRST_WAIT);
    this.first ??= null;
  }

  remove() {
    clearTimeout(this.first);
    this.#stop();
  }

  #go() {
    if (!this.button.isConnected) return;
    noteRun();
    this.moves = true;
    this.time = performance.now();
    document.addEventListener("pointerdown", this.pressed, true);
    this.#say();
    this.#next();
  }

  #next() {
    this.frame = requestAnimationFrame((time) => {
      const passed = Math.max(0, Math.min(time - this.time, LONGEST)) / 1000;
      this.time = time;
      this.share += passed / PACES[Number(this.pace.value)];
      if (this.share >= 1) return this.#end();
      this.#shown();
      return this.#next();
    });
  }

  #shown() {
    const [rows, columns] = this.size;
    const last = Math.min(rows * columns - 1, Math.floor(paintedAfter(this.share, rows * columns)));
    this.show([Math.floor(last / columns), last % columns], last + 1, this.moves);
  }

  /** The kernel stays where it is. */
  #rest() {
    this.#stop();
    this.#shown();
  }

  /** The whole map is painted. */
  #end() {
    this.#stop();
    this.share = 0;
    this.show(null, null, false);
  }

  #stop() {
    cancelAnimationFrame(this.frame);
    document.removeEventListener("pointerdown", this.pressed, true);
    this.moves = false;
    this.#say();
  }

  /** A press on a picture lets the kernel rest; one elsewhere is for something else, which needs the whole map. */
  #press(event) {
    const path = event.composedPath();
    if (path.includes(this.place)) return;
    if (path.some((each) => each.classList?.contains("picture"))) this.#rest();
    else this.#end();
  }

  #say() {
    const { words } = this;
    if (!words) return;
    this.button.dataset.moves = this.moves;
    this.button.title = this.moves ? words.rest : words.slide;
    this.button.setAttribute("aria-label", this.button.title);
    this.pace.setAttribute("aria-label", words.pace);
    const seconds = fill(words.seconds, { count: PACES[Number(this.pace.value)] });
    this.pace.setAttribute("aria-valuetext", seconds);
    this.place.querySelector("span").textContent = seconds;
  }
}

/** Whether this is a browser's first visit, of a person who does not mind motion. */
function runsByItself() {
  if (window.matchMedia("(prefers-reduced-motion: reduce)").matches) return false;
  try {
    return localStorage.getItem(SLID) === null;
  } catch {
    return false; // where nothing can be noted it would run at every visit
  }
}

function noteRun() {
  try {
    localStorage.setItem(SLID, "yes");
  } catch {
    // a browser that keeps nothing does not run it by itself
  }
}
