// Everything a step says in the DOM: its sentence, the arithmetic, the source with its line, and the values beside it.
// The canvas cannot be read by a screen reader or a test; this can.

import { Arithmetic } from "./arithmetic.js";
import { element } from "./element.js";
import { fill, numberText, termText } from "./format.js";

export class StepText {
  constructor(root, scene, tally, words, dark) {
    Object.assign(this, { scene, tally, words });
    this.sentence = root.querySelector(".sentence");
    this.arithmetic = new Arithmetic(root.querySelector(".arithmetic"), scene, words, dark);
    this.singles = [...scene.accesses.values()].filter(({ taps }) => taps === 1).map(({ key }) => key);
    this.fold = scene.phases.find(({ fold }) => fold)?.fold;
    this.#buildSource(root.querySelector(".source"));
    root.style.setProperty("--lines", scene.source.length); // the program has room for all of them
    this.#buildValues(root.querySelector(".values"));
  }

  #buildSource(host) {
    this.lines = this.scene.source.map((text) => {
      const indent = text.length - text.trimStart().length;
      return element("span", { class: "line", style: `--indent: ${indent / 2.5}ch` }, text.trimStart());
    });
    host.replaceChildren(...this.lines);
    this.source = host;
    this.current = undefined;
  }

  #buildValues(host) {
    const names = [...this.scene.loops.map((loop) => loop.name), ...this.scene.variables.map((v) => v.name)];
    if (this.fold) names.push(this.words.folds[this.fold]);
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
   * @param {import("./terms.js").Terms} terms
   * @param {boolean} playing the text is exact all the same, but it is not read aloud while it runs
   */
  show(position, focus, terms, playing) {
    this.sentence.setAttribute("aria-live", playing ? "off" : "polite");
    const exact = this.#exactWords(position, terms);
    const said = { ...this.#names(), ...spoken(exact) };
    const { phase } = position;
    const template = terms.holders.length > 1 && phase.tied ? phase.tied : phase.sentence;
    this.sentence.textContent = fill(template, said);
    this.arithmetic.show(position, focus, terms, said);
    this.#markLine(phase.line);
    if (this.fold) exact[this.words.folds[this.fold]] = terms.running;
    for (const { name, value } of this.values) {
      const shown = name === this.words.folds[this.fold] && !(terms.known && terms.phase.fold) ? "–" : numberText(exact[name]);
      value.textContent = shown;
      value.dataset.value = exact[name];
    }
  }

  /** Each number a sentence of this step may name. */
  #exactWords(position, terms) {
    const { scene, singles } = this;
    const { loops, phase } = position;
    const numbers = { taps: terms.values.length, ties: terms.holders.length };
    if (terms.known) numbers.running = terms.running;
    for (const key of singles) [numbers[key]] = scene.numbers(key, loops);
    scene.variables.forEach((v) => (numbers[v.name] = v.strides.reduce((sum, stride, k) => sum + stride * loops[k], v.offset)));
    Object.assign(numbers, this.#tapWords(position, terms));
    if (phase.writes && !phase.adds) [numbers.result] = scene.numbers(phase.writes, loops);
    if (phase.adds) Object.assign(numbers, this.#added(position, numbers.term));
    else if (terms.holders.length) Object.assign(numbers, this.#place(phase.factors[0] ?? terms.phase.factors[0], loops, terms.holders[0]));
    scene.loops.forEach(({ name }, k) => (numbers[name] = loops[k]));
    return numbers;
  }

  /** The tap as a sentence may name it, and the numbers multiplied there. */
  #tapWords({ tap }, { factors, values }) {
    const { scene } = this;
    const at = tap ?? 0;
    const inPlane = at % scene.planeTaps;
    const [a, b] = factors.map((numbers) => numbers[numbers.length === 1 ? 0 : at]);
    return {
      tap: at + 1,
      channel: Math.floor(at / scene.planeTaps),
      u: Math.floor(inPlane / scene.tapColumns),
      v: inPlane % scene.tapColumns,
      a,
      b,
      term: values[values.length === 1 ? 0 : at],
    };
  }

  /** The cell added to: where it is, and what it held before and holds now. */
  #added({ phase, loops, tap }, term) {
    const panel = this.scene.panelOf(phase.writes);
    const after = this.tally.valueAt(panel, this.scene.cells(phase.writes, loops)[tap ?? 0]);
    return { ...this.#place(phase.writes, loops, tap ?? 0), before: this.tally.before, after, term };
  }

  #place(key, loops, tap) {
    const { size, columns } = this.scene.panelOf(key);
    const cell = this.scene.cells(key, loops)[tap] % size;
    return { row: Math.floor(cell / columns), column: cell % columns };
  }

  /** Names of the panels as the source writes them, without their index. */
  #names() {
    const keys = [...this.scene.accesses.keys()];
    return Object.fromEntries(keys.map((key) => [`name_${key}`, this.scene.panelOf(key).label.split("[")[0]]));
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
}

/** Each number as text, and once more in brackets if it is negative. */
function spoken(exact) {
  const known = Object.entries(exact).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known.flatMap(([name, value]) => [[name, numberText(value)], [`(${name})`, termText(value)]]));
}
