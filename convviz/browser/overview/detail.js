// How one map came about: what goes in, what is added up, the sum, the bias, and what norm and relu make of it.

import { cssColour, inkOn, largest, readTheme, signedColour } from "../shared/colour.js";
import { element } from "../shared/element.js";
import { fill, numberText, termText } from "../shared/format.js";
import { mapPixels } from "../shared/pixels.js";
import { arithmetic } from "./arithmetic.js";
import { SELF, cellAt, cellView, markCell, scaleOf, windowOf } from "./cells.js";
import { fitThought } from "./thought.js";

const AROUND = 34; // screen pixels of the panel that its margins and gaps take

export class Detail {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.panel = root.querySelector(".detail");
    this.panel.addEventListener("pointermove", (event) => this.#point(event));
    this.panel.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.close();
    });
  }

  /** @param {object} data @param {{close: Function, left: Function, step: Function}} tell */
  load(data, tell) {
    const { hidden } = this.panel;
    if (!hidden && !data.detail) this.#leave();
    Object.assign(this, { data, tell, detail: data.detail });
    this.panel.hidden = !data.detail;
    if (!data.detail) return;
    this.dark = readTheme(this.root).dark;
    const map = `${data.stack} ${data.detail.layer} ${data.detail.index}`;
    if (map !== this.map || hidden) this.at = data.detail.strongest; // else the cell looked at stays
    this.map = map;
    this.#build();
    if (hidden) this.panel.querySelector("button").focus({ preventScroll: true }); // not at every change of the page
  }

  close() {
    this.#leave();
    this.panel.hidden = true;
    this.tell.close();
  }

  /** Hand the focus back to the map that was opened, if it is in here. */
  #leave() {
    if (this.panel.contains(this.root.getRootNode().activeElement)) this.tell.left(this.detail.layer, this.detail.index);
  }

  /** A part of the data by its name. */
  #cells(name) {
    return this.data[`detail:${name}`];
  }

  #build() {
    const { detail } = this;
    const { words } = this.data;
    const [count, rows, columns] = detail.shape;
    this.cells = rows * columns;
    this.views = [];
    this.windows = [];
    const shown = [this.#cells("parts"), this.#cells("total"), this.#cells("out"), ...detail.after.map((_, k) => this.#cells(`after:${k}`))];
    this.limit = Math.max(...shown.map(largest)); // one for all: equal colours are equal numbers
    const back = element("button", { class: "plain" }, words.back);
    const step = element("button", { class: "plain" }, words.step);
    back.addEventListener("click", () => this.close());
    step.addEventListener("click", () => this.tell.step({ layer: detail.layer, index: detail.index, cell: this.at }));
    const head = element("div", { class: "row" }, element("b", {}, detail.title), back, ...(detail.steps ? [step] : []), this.#scales());
    const list = element("div", { class: this.cells === 1 ? "parts chips" : "parts" });
    for (let k = 0; k < count; k++) list.append(this.#part(k));
    const ends = element("div", { class: "ends row" }, ...this.#ends());
    this.thought = element("div", { class: "thought" }, list, ends);
    this.sum = element("p", { class: "sum", "aria-live": "polite" });
    this.panel.replaceChildren(head, element("p", { class: "how" }, detail.how), this.thought, this.sum);
    this.#say();
    this.fit();
  }

  /** As large as the panel has room for. */
  fit() {
    if (!this.detail || this.panel.hidden || this.cells === 1) return;
    const { detail, panel, thought } = this;
    const others = [...panel.children].filter((child) => child !== thought);
    const taken = others.reduce((sum, child) => sum + child.offsetHeight, AROUND);
    const ends = thought.querySelectorAll(".ends figure").length;
    const shown = { count: detail.shape[0], underKernel: Boolean(this.#cells("kernels")), ends, biased: ends > 0 && detail.bias !== null };
    const { part, end, columns, beside } = fitThought(shown, [panel.clientWidth - AROUND, panel.clientHeight - taken]);
    thought.classList.toggle("beside", beside);
    for (const [name, value] of Object.entries({ "--part": `${part}px`, "--end": `${end}px`, "--columns": columns })) panel.style.setProperty(name, value);
  }

  #scales() {
    const { words } = this.data;
    const made = element("span", { class: "scales" }, scaleOf(words.maps, this.limit, this.dark));
    const kernels = this.#cells("kernels");
    if (kernels) made.append(scaleOf(words.kernels, largest(kernels), this.dark), scaleOf(words.goesIn, largest(this.#input()), this.dark));
    return made;
  }

  /** All of what goes into the layer. */
  #input() {
    return this.data[`values:${this.detail.layer}`];
  }

  #part(k) {
    const { detail } = this;
    const own = this.#cells("parts").subarray(k * this.cells, (k + 1) * this.cells);
    const made = element("figure", {}, element("figcaption", {}, detail.names[k]));
    if (this.cells === 1) {
      const colour = signedColour(own[0], this.limit, this.dark);
      made.append(element("span", { class: "chip", style: `background: ${cssColour(colour)}; color: ${inkOn(colour)}` }, numberText(own[0], 3)));
      return made;
    }
    if (this.#cells("kernels")) made.append(...this.#underKernel(k));
    made.append(this.#view(own, detail.kernel ? SELF : detail.window, this.limit));
    return made;
  }

  /** A channel with the window of the cell looked at, that window by itself, and the kernel. */
  #underKernel(k) {
    const { detail } = this;
    const [input, kernels, side] = [this.#input(), this.#cells("kernels"), detail.kernel];
    const channel = this.#view(input.subarray(k * this.cells, (k + 1) * this.cells), detail.window, largest(input));
    const window = element("span", { class: "kernel" });
    this.windows.push({ place: window, view: this.views.at(-1), limit: largest(input) });
    const kernel = mapPixels({ rows: side, columns: side, cells: kernels.subarray(k * side * side, (k + 1) * side * side) }, largest(kernels), this.dark);
    kernel.classList.add("kernel");
    const sign = (text) => element("span", { class: "sign" }, text);
    return [channel, window, sign("·"), kernel, sign("=")];
  }

  #view(cells, window, limit, size = this.detail.shape.slice(1), large = false) {
    const view = cellView({ rows: size[0], columns: size[1], cells }, window, { limit, dark: this.dark, large });
    this.views.push(view);
    return view.frame;
  }

  #ends() {
    const { detail } = this;
    const { words } = this.data;
    const [total, out] = ["total", "out"].map((name) => this.#cells(name));
    if (this.cells === 1 || total.length === 1) return [];
    const shown = [];
    const add = (text, cells, sign = "") => {
      if (sign) shown.push(element("span", { class: "sign" }, sign));
      const map = this.#view(cells, SELF, this.limit, detail.outShape, true);
      shown.push(element("figure", {}, element("figcaption", {}, text), map));
    };
    if (detail.bias !== null) {
      add(words.sum, total, "Σ");
      shown.push(element("span", { class: "sign" }, `+ ${words.bias} ${termText(detail.bias)} =`));
    } else shown.push(element("span", { class: "sign" }, "→"));
    add(detail.layerTitle, out);
    detail.after.forEach((kind, k) => add(kind, this.#cells(`after:${k}`), "→"));
    return shown;
  }

  #point(event) {
    const view = this.views.find(({ frame }) => frame.contains(event.target));
    if (!view || this.#isWhole()) return;
    this.at = cellAt(view, event, this.detail.outShape);
    this.#say();
  }

  /** Whether it is a unit, of which all parts are products. */
  #isWhole() {
    return this.#cells("total").length === 1;
  }

  /** Mark the cell looked at, and say its arithmetic, or the unit's. */
  #say() {
    const { detail, data } = this;
    const whole = this.#isWhole();
    for (const view of this.views) {
      view.mark.hidden = whole;
      markCell(view, this.at);
    }
    for (const { place, view, limit } of this.windows) {
      const cells = windowOf(view, this.at);
      place.replaceChildren(mapPixels({ rows: view.extent, columns: view.extent, cells }, limit, this.dark));
    }
    const [row, column] = whole ? [0, 0] : this.at;
    const k = row * detail.outShape[1] + column;
    const lead = whole ? (this.cells > 1 ? data.words.sums : "") : fill(data.words.cell, { row, column });
    const after = detail.after.map((kind, place) => [kind, this.#cells(`after:${place}`)[k]]);
    const share = detail.scores ? data.probabilities[detail.index] : null;
    const [total, out] = [this.#cells("total")[k], this.#cells("out")[k]];
    const cell = { kind: detail.kind, lead, terms: this.#terms(whole, k), total, bias: detail.bias, norm: detail.norm, out, after, share };
    this.sum.textContent = arithmetic(cell, data.words);
  }

  /** What is added up for the cell looked at, or the numbers of its window. */
  #terms(whole, k) {
    const { detail } = this;
    if (!detail.kernel && detail.bias === null) return [...windowOf({ ...this.#first(), ...detail.window }, this.at)];
    const parts = this.#cells("parts");
    const part = (place) => parts.subarray(place * this.cells, (place + 1) * this.cells);
    return Array.from({ length: detail.shape[0] }, (_, place) => (whole ? part(place).reduce((sum, product) => sum + product, 0) : part(place)[k]));
  }

  #first() {
    const [, rows, columns] = this.detail.shape;
    return { rows, columns, cells: this.#cells("parts") };
  }
}
