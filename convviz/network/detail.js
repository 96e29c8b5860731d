// How one map came about: what is added up, the sum, the bias, and what relu makes of it.

import { fill, numberText, termText } from "../stepper/format.js";
import { cssColour, inkOn, largest, readTheme, signedColour } from "../stepper/colour.js";
import { mapPixels } from "../picture/pixels.js";
import { element } from "./group.js";

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

  /** @param {object} data @param {{close: Function, step: Function}} tell */
  load(data, tell) {
    Object.assign(this, { data, tell });
    const { hidden } = this.panel;
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
    this.panel.hidden = true;
    this.tell.close();
  }

  #build() {
    const { detail, words } = this.data;
    const parts = this.data["detail:parts"];
    const [count, rows, columns] = detail.shape;
    this.cells = rows * columns;
    const back = element("button", { class: "plain" }, words.back);
    const step = element("button", { class: "plain" }, words.step);
    back.addEventListener("click", () => this.close());
    step.addEventListener("click", () => this.tell.step({ layer: detail.layer, index: detail.index, cell: this.#cell() }));
    const head = element("div", { class: "row" }, element("b", {}, detail.title), back, ...(detail.steps ? [step] : []));
    this.views = [];
    const limit = largest(parts);
    const list = element("div", { class: "parts", style: `--part: ${count <= 4 ? 128 : count <= 8 ? 96 : 64}px` });
    for (let k = 0; k < count; k++) list.append(this.#part(k, parts, limit));
    const ends = element("div", { class: "ends row" }, ...this.#ends());
    this.sum = element("p", { class: "sum", "aria-live": "polite" });
    this.panel.replaceChildren(head, element("p", { class: "how" }, detail.how), list, ends, this.sum);
    this.#say();
  }

  #part(k, parts, limit) {
    const { detail } = this.data;
    const own = parts.subarray(k * this.cells, (k + 1) * this.cells);
    const made = element("figure", {}, element("figcaption", {}, detail.names[k]));
    if (this.cells === 1) {
      const colour = signedColour(own[0], limit, this.dark);
      made.append(element("span", { class: "chip", style: `background: ${cssColour(colour)}; color: ${inkOn(colour)}` }, numberText(own[0], 3)));
      return made;
    }
    const kernels = this.data["detail:kernels"];
    if (kernels) {
      const side = detail.kernel;
      const kernel = kernels.subarray(k * side * side, (k + 1) * side * side);
      const canvas = mapPixels({ rows: side, columns: side, cells: kernel }, largest(kernels), this.dark);
      canvas.className = "kernel";
      made.append(canvas);
    }
    made.append(this.#view(own, limit));
    return made;
  }

  /** A map in which a cell can be pointed at. */
  #view(cells, limit, large = false) {
    const [, rows, columns] = this.data.detail.shape;
    const canvas = mapPixels({ rows, columns, cells }, limit, this.dark);
    const frame = element("span", { class: large ? "view large" : "view" }, canvas, element("i", { class: "mark" }));
    this.views.push(frame);
    return frame;
  }

  #ends() {
    const { detail, words } = this.data;
    const [total, out] = ["total", "out"].map((name) => this.data[`detail:${name}`]);
    if (this.cells === 1 || total.length === 1) return [];
    const shown = [];
    const add = (text, cells, sign = "") => {
      if (sign) shown.push(element("span", { class: "sign" }, sign));
      shown.push(element("figure", {}, element("figcaption", {}, text), this.#same(cells)));
    };
    if (detail.bias !== null) {
      add(words.sum, total, "Σ");
      shown.push(element("span", { class: "sign" }, `+ ${words.bias} ${termText(detail.bias)} =`));
    } else shown.push(element("span", { class: "sign" }, "→"));
    add(detail.layerTitle, out);
    detail.after.forEach((kind, k) => add(kind, this.data[`detail:after:${k}`], "→"));
    return shown;
  }

  /** A map of the parts' size can be pointed at; a smaller one, pooled, cannot. */
  #same(cells) {
    const limit = largest(cells);
    if (cells.length === this.cells) return this.#view(cells, limit, true);
    const [rows, columns] = this.data.detail.outShape;
    return element("span", { class: "view large" }, mapPixels({ rows, columns, cells }, limit, this.dark));
  }

  #point(event) {
    const frame = event.target.closest(".view");
    if (!frame || !this.views.includes(frame)) return;
    const [, rows, columns] = this.data.detail.shape;
    const { left, top, width, height } = frame.getBoundingClientRect();
    const within = (value, most) => Math.max(0, Math.min(most - 1, Math.floor(value)));
    this.at = [within(((event.clientY - top) / height) * rows, rows), within(((event.clientX - left) / width) * columns, columns)];
    this.#say();
  }

  /** The cell of the output that the marked cell of the parts belongs to; a pooled map has fewer. */
  #cell() {
    const { shape, outShape } = this.data.detail;
    return this.at.map((place, axis) => Math.min(Math.floor(place / Math.floor(shape[axis + 1] / outShape[axis])), outShape[axis] - 1));
  }

  /** The arithmetic of one cell, or of the unit. */
  #say() {
    const { detail, words } = this.data;
    const [count, rows, columns] = detail.shape;
    const [row, column] = this.at;
    for (const frame of this.views) {
      frame.querySelector(".mark").hidden = this.data["detail:total"].length === 1;
      Object.assign(frame.querySelector(".mark").style, { left: `${(100 * column) / columns}%`, top: `${(100 * row) / rows}%`, width: `${100 / columns}%`, height: `${100 / rows}%` });
    }
    const [parts, total, out] = ["parts", "total", "out"].map((name) => this.data[`detail:${name}`]);
    const whole = total.length === 1;
    const k = whole ? 0 : row * columns + column;
    const part = (place) => parts.subarray(place * this.cells, (place + 1) * this.cells);
    const term = (place) => (whole ? part(place).reduce((sum, product) => sum + product, 0) : part(place)[k]);
    const terms = Array.from({ length: count }, (_, place) => termText(Number(term(place).toPrecision(4))));
    const value = (numbers) => numberText(numbers[k], 5);
    const after = detail.after.map((kind, place) => `; ${kind} ${value(this.data[`detail:after:${place}`])}`);
    const lead = whole ? (this.cells > 1 ? words.sums : "") : fill(words.cell, { row, column });
    if (detail.bias === null) {
      this.sum.textContent = out.length === this.cells ? `${lead} ${terms[0]} → ${value(out)}` : "";
      return;
    }
    const listed = terms.length && terms.length <= 20 ? terms.join(" + ") : fill(words.terms, { count });
    const bias = `${words.bias} ${termText(Number(detail.bias.toPrecision(4)))}`;
    const share = detail.scores ? `; softmax ${(100 * this.data.probabilities[detail.index]).toFixed(1)}%` : "";
    this.sum.textContent = `${lead} ${listed} = ${value(total)}; + ${bias} = ${value(out)}${after.join("")}${share}`;
  }
}
