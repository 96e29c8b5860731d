// The arithmetic of a step in the DOM: a row of terms for each plane, and what they come to.

import { element } from "../shared/element.js";
import { cellText, factorText, fill, isRounded, isShort, numberText, termText } from "../shared/format.js";
import { planeSums } from "./measure.js";
import { tapColour } from "../shared/colour.js";

const ALL_TERMS = 30; // with more taps, only the plane in focus shows its terms
const PLANE_TERMS = 25; // a plane with more shows its sum only; the sentence names each term
const NARROW = 300; // pixels; in less room too
const JOIN = { sum: " + ", max: ", " };

export class Arithmetic {
  constructor(host, scene, words, dark) {
    Object.assign(this, { host, scene, words, dark });
    this.total = element("p", { class: "row total" });
    this.brief = scene.taps > ALL_TERMS || host.clientWidth < NARROW;
  }

  /**
   * @param {import("./terms.js").Terms} terms
   * @param {{said: object, rounded: Set<string>}} words of the step for the last line
   */
  show(position, focus, terms, { said, rounded }) {
    if (this.phase !== terms.phase) this.#build(terms);
    const hidden = position.asked?.phase.adds ?? false; // the factors would say the term
    this.rows.forEach((row, plane) => {
      row.row.hidden = hidden;
      if (!hidden) this.#row(row, plane, position, focus, terms);
    });
    if (hidden) {
      this.total.textContent = position.asked.total;
      return;
    }
    const sums = planeSums(this.scene, terms.values.slice(0, terms.known));
    const parts = sums.map((sum, k) => (k ? termText(sum) : numberText(sum))).join(" + ");
    const near = sums.some(isRounded) ? new Set([...rounded, "parts"]) : rounded;
    const total = fill(this.scene.speakerAt(position).total, { ...said, parts }, near);
    const [left, right] = total.split(/ [=≈] /);
    this.total.textContent = left === right ? "" : total; // a sum of one part, which ends its row
  }

  /** A row for each plane; one term where the phase has only one. */
  #build({ phase, values }) {
    this.phase = phase;
    const { scene, words } = this;
    const single = values.length === 1;
    this.rows = Array.from({ length: single ? 1 : scene.tapPlanes }, (_, plane) => {
      const row = element("p", { class: "row" });
      if (!single && scene.tapPlanes > 1) row.append(element("b", {}, `${scene.tapPlaneNames[plane]} `));
      const count = single ? 1 : scene.planeTaps;
      const spelled = element("span");
      const terms = count > PLANE_TERMS ? [] : Array.from({ length: count }, (_, k) => this.#term(spelled, k, phase));
      const short = element("span", {}, fill(words.termsOf, { count }));
      const sum = element("b");
      const sign = element("span");
      const equals = element("span", { class: "equals" });
      equals.append(sign, sum);
      row.append(spelled, short, " ", equals);
      return { row, terms, sign, sum, spelled, short };
    });
    this.host.replaceChildren(...this.rows.map(({ row }) => row), this.total);
  }

  #term(spelled, k, phase) {
    const term = element("span", { class: "term", style: `--tap: ${tapColour(k, this.scene.planeTaps, this.dark)}` });
    spelled.append(...(k ? [JOIN[phase.fold] ?? "  "] : []), term);
    return term;
  }

  #row({ terms: spans, sign, sum, spelled, short }, plane, position, focus, terms) {
    const { scene } = this;
    spelled.hidden = !spans.length || (this.brief && this.rows.length > 1 && plane !== focus);
    short.hidden = !spelled.hidden;
    const from = plane * scene.planeTaps;
    spans.forEach((span, k) => {
      const tap = from + k;
      const [first, ...others] = terms.factors.map((numbers) => numbers[numbers.length === 1 ? 0 : tap]);
      const summand = terms.phase.fold === "sum" && k > 0; // a minus sign behind a plus stands in brackets
      span.textContent = [summand ? factorText(first) : cellText(first), ...others.map(factorText)].join("·");
      span.dataset.value = terms.values[tap];
      span.classList.toggle("pending", tap >= terms.known);
      span.classList.toggle("active", tap === position.tap || terms.holders.includes(tap));
    });
    if (!terms.phase.fold) return;
    const until = Math.min(terms.known, from + scene.planeTaps);
    const known = terms.values.slice(from, Math.max(from, until));
    const folded = terms.phase.fold === "max" ? Math.max(...known) : known.reduce((a, b) => a + b, 0);
    const shown = terms.factors.flatMap((numbers) => (numbers.length === 1 ? numbers : numbers.slice(from, from + scene.planeTaps)));
    sign.textContent = isRounded(folded) || shown.some(isShort) ? "≈ " : "= ";
    sum.textContent = known.length ? numberText(folded) : "…";
  }
}
