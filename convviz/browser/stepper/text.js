// Everything a step says in the DOM: its sentence, the arithmetic, the source with its line, and the values beside it.
// The canvas cannot be read by a screen reader or a test; this can.

import { Arithmetic } from "./arithmetic.js";
import { element } from "../shared/element.js";
import { fill, numberText } from "../shared/format.js";
import { namesOf, numbersAt, roundedOf, spoken } from "./said.js";

export class StepText {
  constructor(root, scene, tally, words, dark) {
    Object.assign(this, { scene, tally, words, names: namesOf(scene) });
    this.sentence = root.querySelector(".sentence");
    this.arithmetic = new Arithmetic(root.querySelector(".arithmetic"), scene, words, dark);
    this.fold = scene.phases.find(({ fold }) => fold)?.fold;
    this.#buildSource(root.querySelector(".source"));
    root.style.setProperty("--lines", scene.source.length); // the program has room for all of them
    this.#buildValues(root.querySelector(".values"));
  }

  #buildSource(host) {
    this.lines = this.scene.source.map((text) => {
      const indent = text.length - text.trimStart().length;
      const [code, comment] = text.trimStart().split(/(\s+#.*)/);
      const line = element("span", { class: "line", style: `--indent: ${indent / 2.5}ch` }, code);
      if (comment) line.append(element("span", { class: "comment" }, comment));
      return line;
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
    host.replaceChildren(...this.values.map(({ name, value }) => element("div", {}, element("dt", {}, name), value)));
  }

  /**
   * @param {import("./scene.js").Position} position
   * @param {number} focus the plane shown large
   * @param {import("./terms.js").Terms} terms
   * @param {boolean} playing the text is exact all the same, but it is not read aloud while it runs
   */
  show(position, focus, terms, playing) {
    this.sentence.setAttribute("aria-live", playing ? "off" : "polite");
    const exact = numbersAt(this.scene, this.tally, position, terms);
    const said = { ...this.names, ...spoken(exact) };
    const rounded = roundedOf(exact);
    const { phase, asked, whole } = position;
    const speaker = this.scene.speakerAt(position);
    const template = exact.ties > 1 && speaker.tied ? speaker.tied : speaker.sentence;
    this.sentence.textContent = asked?.sentence ?? fill(template, said, rounded);
    this.arithmetic.show(position, focus, terms, { said, rounded });
    const isFolded = whole || (terms.known && terms.phase.fold);
    if (this.fold) exact[this.words.folds[this.fold]] = whole ? exact.running : terms.running;
    for (const { name, value } of this.values) {
      const shown = name === this.words.folds[this.fold] && !isFolded ? "–" : numberText(exact[name]);
      value.textContent = shown;
      value.dataset.value = exact[name];
    }
    this.#markLines(whole ? this.scene.phases.map(({ line }) => line) : [phase.line]); // the values take their room first
  }

  #markLines(numbers) {
    if (this.current === numbers.join()) return;
    this.current = numbers.join();
    this.lines.forEach((line, k) => {
      if (numbers.includes(k)) line.setAttribute("aria-current", "step");
      else line.removeAttribute("aria-current");
    });
    const { offsetTop, offsetHeight } = this.lines[numbers.at(-1)];
    const box = this.source;
    if (offsetTop < box.scrollTop || offsetTop + offsetHeight > box.scrollTop + box.clientHeight) {
      box.scrollTop = offsetTop - box.clientHeight / 2;
    }
  }
}
