// Everything a step says in words: its sentence, the arithmetic, the source line and the values beside it.
// The canvas cannot be read by a screen reader or a test; this can.

import { fill, numberText, termText } from "./format.js";
import { tapColour } from "./colour.js";

const ALL_TERMS = 30; // with more taps, only the plane in focus shows its terms
const PLANE_TERMS = 25; // a plane with more shows its sum only; the sentence names each product

function element(tag, attributes = {}, text = "") {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.textContent = text;
  return made;
}

export class StepText {
  constructor(root, scene, words, dark) {
    Object.assign(this, { scene, words });
    this.sentence = root.querySelector(".sentence");
    this.#buildArithmetic(root.querySelector(".arithmetic"), dark);
    this.#buildSource(root.querySelector(".source"));
    this.#buildValues(root.querySelector(".values"));
  }

  #buildArithmetic(host, dark) {
    const { scene } = this;
    this.rows = Array.from({ length: scene.tapPlanes }, (_, plane) => {
      const row = element("p", { class: "row" });
      if (scene.tapPlanes > 1) row.append(element("b", {}, `${scene.tapPlaneNames[plane]} `));
      const terms = [];
      const spelled = element("span");
      if (scene.planeTaps <= PLANE_TERMS) {
        for (let k = 0; k < scene.planeTaps; k++) {
          const term = element("span", { class: "term", style: `--tap: ${tapColour(k, scene.planeTaps, dark)}` });
          terms.push(term);
          spelled.append(...(k ? [" + "] : []), term);
        }
      }
      const short = element("span", {}, fill(this.words.sumOf, { count: scene.planeTaps }));
      const sum = element("b");
      const equals = element("span", { class: "equals" }, "= ");
      equals.append(sum);
      row.append(spelled, short, " ", equals);
      return { row, terms, sum, spelled, short };
    });
    this.total = element("p", { class: "row total" });
    host.replaceChildren(...this.rows.map(({ row }) => row), this.total);
  }

  #buildSource(host) {
    this.lines = this.scene.source.map((text) => {
      const indent = text.length - text.trimStart().length;
      return element("span", { class: "line", style: `--indent: ${indent / 2}ch` }, text.trimStart());
    });
    host.replaceChildren(...this.lines);
    this.source = host;
  }

  #buildValues(host) {
    const names = [...this.scene.loops.map((loop) => loop.name), ...this.scene.variables.map((v) => v.name), this.words.runningSum];
    this.values = names.map((name) => {
      const value = element("dd");
      value.setAttribute("aria-label", name);
      return { name, value };
    });
    host.replaceChildren(...this.values.flatMap(({ name, value }) => [element("dt", {}, name), value]));
  }

  /**
   * @param {import("./scene.js").Position} position
   * @param {number} focus the plane shown large
   * @param {boolean} playing the text is exact all the same, but it is not read aloud while it runs
   */
  show(position, focus, playing) {
    const { scene } = this;
    this.sentence.setAttribute("aria-live", playing ? "off" : "polite");
    const { factors, products } = scene.products(position.loops);
    const loops = Object.fromEntries(scene.loops.map((loop, k) => [loop.name, position.loops[k]]));
    const variables = Object.fromEntries(
      scene.variables.map((v) => [v.name, v.strides.reduce((sum, stride, k) => sum + stride * position.loops[k], v.offset)]),
    );
    const running = products.slice(0, position.known).reduce((sum, product) => sum + product, 0);
    const sum = products.reduce((total, product) => total + product, 0);
    const [bias] = scene.numbers(scene.writer.reads[0], position.loops);
    const [result] = scene.numbers(scene.writer.writes, position.loops);
    const numbers = { running, sum, bias, result };
    if (position.tap !== null) {
      Object.assign(numbers, { a: factors[0][position.tap], b: factors[1][position.tap], product: products[position.tap] });
    }
    const said = Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, name === "b" || name === "bias" ? termText(value) : numberText(value)]));
    const words = { ...loops, ...variables, ...said, ...this.#tapNames(position.tap ?? 0) };
    this.sentence.textContent = fill(position.phase.sentence, words);
    this.#arithmetic(position, focus, factors, products, { sum, bias, result });
    this.#markLine(position.phase.line);
    const exact = { ...loops, ...variables, [this.words.runningSum]: running };
    for (const { name, value } of this.values) {
      value.textContent = numberText(exact[name]);
      value.dataset.value = exact[name];
    }
  }

  /** The tap as a sentence may name it: its number, its plane, its row and column in the kernel. */
  #tapNames(tap) {
    const { scene } = this;
    const inPlane = tap % scene.planeTaps;
    return {
      tap: tap + 1,
      taps: scene.taps,
      plane: scene.tapPlaneNames[Math.floor(tap / scene.planeTaps)],
      u: Math.floor(inPlane / scene.tapColumns),
      v: inPlane % scene.tapColumns,
    };
  }

  #markLine(current) {
    if (this.current === current) return;
    this.lines[this.current]?.removeAttribute("aria-current");
    this.lines[current].setAttribute("aria-current", "step");
    this.current = current;
    const { offsetTop, offsetHeight } = this.lines[current];
    const box = this.source;
    if (offsetTop < box.scrollTop || offsetTop + offsetHeight > box.scrollTop + box.clientHeight) {
      box.scrollTop = offsetTop - box.clientHeight / 2;
    }
  }

  #arithmetic(position, focus, factors, products, { sum, bias, result }) {
    const { scene } = this;
    this.rows.forEach(({ terms, sum: subtotal, spelled, short }, plane) => {
      spelled.hidden = !terms.length || (scene.taps > ALL_TERMS && plane !== focus);
      short.hidden = !spelled.hidden;
      const from = plane * scene.planeTaps;
      terms.forEach((term, k) => {
        const tap = from + k;
        term.textContent = `${numberText(factors[0][tap])}·${termText(factors[1][tap])}`;
        term.dataset.value = products[tap];
        term.classList.toggle("pending", tap >= position.known);
        term.classList.toggle("active", tap === position.tap);
      });
      const until = Math.min(position.known, from + scene.planeTaps);
      const partial = products.slice(from, Math.max(from, until)).reduce((total, product) => total + product, 0);
      subtotal.textContent = until > from ? numberText(partial) : "…";
    });
    const done = position.phase === scene.writer;
    const planes = this.rows.map(({ sum: subtotal }, k) => (k ? subtotal.textContent.replace(/^(−.*)$/, "($1)") : subtotal.textContent));
    const parts = scene.tapPlanes > 1 ? planes.join(" + ") : numberText(sum);
    this.total.textContent = done
      ? `${parts} + ${this.words.bias} ${termText(bias)} = ${numberText(result)}`
      : `${this.words.output} = …`;
  }
}
