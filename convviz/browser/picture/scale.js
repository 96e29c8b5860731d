// What stands below a map: its scale, and the raw range of its numbers.

import { element } from "../shared/element.js";
import { fill, numberText } from "../shared/format.js";
import { scaleBar } from "../shared/pixels.js";

/**
 * @param {{minimum: number, maximum: number, missing: number}} range of the numbers; so many are not finite
 * @param {number} limit the largest value the scale shows: what lies beyond has the colour of the end it passes
 * @param {object} words as Python sends them
 * @param {boolean} dark
 * @returns {HTMLElement[]}
 */
export function scaleOf({ minimum, maximum, missing }, limit, words, dark) {
  const sentence = fill(words.range, { minimum: numberText(minimum), maximum: numberText(maximum) });
  const said = missing ? `${sentence}. ${fill(words.missing, { count: missing })}` : sentence;
  const low = `${minimum < -limit ? "≤ " : ""}${numberText(-limit)}`;
  const high = `${maximum > limit ? "≥ " : ""}${numberText(limit)}`;
  return [scaleBar(low, high, dark), element("span", { class: "range" }, said)];
}
