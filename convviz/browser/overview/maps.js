// Every layer's maps side by side, and what feeds the map that is pointed at.

import { readTheme } from "../shared/colour.js";
import { element, pageHeight } from "../shared/element.js";
import { fill, numberText } from "../shared/format.js";
import { onArrows, within } from "../shared/grid.js";
import { drawAll, drawFeeding, feedersOf } from "./edges.js";
import { drawGroup, nameOf, readGroups } from "./group.js";
import { canFold, fits, folded, layOut } from "./layout.js";

const LEAST_HEIGHT = 400;
const BUTTON = 20; // screen pixels that the button below takes, and a second line beside it

export class Maps {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.scroll = root.querySelector(".scroll");
    this.columns = root.querySelector(".columns");
    this.said = root.querySelector(".said");
    this.folding = root.querySelector(".fold");
    this.pages = [];
    this.folding.addEventListener("click", () => this.#fold(!this.isFolded));
    this.columns.addEventListener("pointerover", (event) => this.#point(event.target.closest("[data-map]")));
    this.columns.addEventListener("pointerleave", () => this.#point(null));
    this.columns.addEventListener("focusin", (event) => this.#point(event.target.closest("[data-map]")));
    this.columns.addEventListener("click", (event) => this.#click(event));
    onArrows(this.columns, (way, event) => this.#move(way, event.target.closest("[data-map]")));
  }

  /** @param {object} data @param {(chosen: object) => void} open told of the map chosen */
  load(data, open) {
    if (String(data.stack) !== String(this.data?.stack)) Object.assign(this, { pages: [], wanted: null });
    Object.assign(this, { data, open, whole: readGroups(data) });
    this.draw();
  }

  /** @param {boolean} wanted whether norms and relus stand in the column of the layer before them */
  #fold(wanted) {
    Object.assign(this, { wanted, pages: [] });
    this.draw();
  }

  /** As the person wants it; else folded where the layers do not fit side by side. */
  #choose(width) {
    const crowded = !fits(this.whole, width);
    this.isFolded = canFold(this.whole) && (this.wanted ?? crowded);
    this.folding.hidden = !canFold(this.whole) || !(crowded || this.isFolded);
    this.folding.textContent = this.isFolded ? this.data.words.unfold : this.data.words.fold;
    return this.isFolded ? folded(this.whole) : this.whole;
  }

  /** Draw anew if there is another width for it; its height is its own, and a map being pressed stays. */
  fit() {
    if (this.scroll.clientWidth !== this.width) this.draw();
  }

  draw() {
    const width = this.scroll.clientWidth;
    if (!this.data || width < 20) return; // in a hidden tab there is no width
    Object.assign(this, { width, theme: readTheme(this.root) });
    const groups = this.#choose(width);
    const foot = this.data.below + (this.folding.hidden ? 0 : BUTTON);
    const height = Math.max(LEAST_HEIGHT, pageHeight() - foot);
    const laid = layOut(groups, width, height, this.pages);
    this.laid = laid.groups;
    this.size = [Math.max(laid.width, 1), height];
    Object.assign(this.columns.style, { width: `${laid.width}px`, height: `${height}px` });
    [this.edges, this.lit] = [0, 1].map(() => element("canvas", { class: "edges", "aria-hidden": "true" }));
    const room = { head: laid.head, foot: laid.foot, height };
    const drawn = this.laid.flatMap((group) => drawGroup(group, room, this.data, this.theme));
    const focused = this.root.getRootNode().activeElement?.dataset.map;
    this.columns.replaceChildren(this.edges, this.lit, ...drawn);
    drawAll(this.#cleared(this.edges), this.laid, this.theme); // thousands of lines, drawn once
    this.#lines(null);
    this.said.textContent = this.data.words.hint;
    if (focused) this.#button(...focused.split(" "))?.focus({ preventScroll: true }); // the map has been drawn anew
  }

  /** @param {number} layer @param {number} index of the map the keyboard is to be on */
  focus(layer, index) {
    const column = this.laid.find((group) => group.layer === layer);
    if (column) this.#button(column.number, index)?.focus({ preventScroll: true });
  }

  #point(target) {
    for (const old of this.columns.querySelectorAll(".lit, .here")) old.classList.remove("lit", "here");
    this.columns.classList.toggle("pointing", Boolean(target));
    if (!target) return this.#lines(null);
    const [number, index] = target.dataset.map.split(" ").map(Number);
    target.classList.add("here");
    const [from, to] = [this.laid[number - 1], this.laid[number]];
    for (const i of from ? feedersOf(to, index, from) : []) this.#button(number - 1, i)?.classList.add("lit");
    this.#lines([number, index]);
    this.said.textContent = this.#sentence(to, from, index);
  }

  #sentence(group, from, index) {
    const { words } = this.data;
    const size = group.rows * group.columns;
    const own = group.cells.subarray(index * size, (index + 1) * size);
    const minimum = numberText(own.reduce((a, b) => Math.min(a, b)), 4);
    const maximum = numberText(own.reduce((a, b) => Math.max(a, b)), 4);
    const what = `${[group.title, ...group.tail].join(" → ")} ${nameOf(group, index, this.data)}`;
    const range = size > 1 ? fill(words.mapRange, { what, minimum, maximum }) : fill(words.unitValue, { what, value: minimum });
    if (!from) return range;
    if (group.feeds === "same") return `${range} ${fill(words.fedBySame, { from: `${from.title} ${nameOf(from, index, this.data)}` })}`;
    const shares = group.shares.subarray(index * from.count, (index + 1) * from.count);
    const strongest = [...shares.keys()].sort((a, b) => Math.abs(shares[b]) - Math.abs(shares[a])).slice(0, 3);
    const list = strongest.map((i) => `${nameOf(from, i, this.data)} (${shares[i] < 0 ? "" : "+"}${numberText(shares[i], 3)})`).join(", ");
    return `${range} ${fill(words.fedByAll, { count: from.count, from: from.title, list })}`;
  }

  #click(event) {
    const turn = event.target.closest("[data-turn]");
    if (turn) {
      const [number, way] = turn.dataset.turn.split(" ").map(Number);
      const { first, shown } = this.laid[number];
      this.pages[number] = Math.max(0, first + way * shown);
      return this.draw();
    }
    const target = event.target.closest("[data-map]");
    if (!target) return undefined;
    const [number, index] = target.dataset.map.split(" ").map(Number);
    if (number > 0) this.open({ layer: this.laid[number].layer, index });
    return undefined;
  }

  /** Up and down within a layer, left and right to the layer beside. */
  #move([down, right], target) {
    if (!target) return false;
    const [number, index] = target.dataset.map.split(" ").map(Number);
    const next = this.laid[number + right];
    if (next) this.#button(number + right, next.first + within(index + down - next.first, next.shown - 1))?.focus();
    return undefined;
  }

  #button(number, index) {
    return this.columns.querySelector(`[data-map="${number} ${index}"]`);
  }

  #lines(chosen) {
    const context = this.#cleared(this.lit);
    if (chosen && chosen[0] > 0) drawFeeding(context, this.laid[chosen[0] - 1], this.laid[chosen[0]], chosen[1], this.theme);
  }

  /** A canvas over all columns, emptied. */
  #cleared(canvas) {
    const ratio = window.devicePixelRatio || 1;
    const [width, height] = this.size.map((length) => Math.round(length * ratio));
    const context = canvas.getContext("2d");
    if (canvas.width !== width || canvas.height !== height) {
      Object.assign(canvas, { width, height });
      Object.assign(canvas.style, { width: `${this.size[0]}px`, height: `${this.size[1]}px` });
      context.scale(ratio, ratio);
    } else context.clearRect(0, 0, ...this.size);
    return context;
  }
}
