// The scale beneath a map: its ends, its zero, and the raw range of the numbers.

import { fill, numberText } from "../shared/format.js";
import { paintScale } from "./pixels.js";

/**
 * @param {HTMLElement} root
 * @param {{minimum: number, maximum: number, missing: number}} range of the map's numbers
 * @param {number} limit largest value the scale shows; what lies beyond has the colour of the end it passes
 * @param {object} words
 * @param {boolean} dark
 */
export function showLegend(root, { minimum, maximum, missing }, limit, words, dark) {
  const write = (part, text) => (root.querySelector(part).textContent = text);
  const sentence = fill(words.range, { minimum: numberText(minimum), maximum: numberText(maximum) });
  write(".range", missing ? `${sentence}. ${fill(words.missing, { count: missing })}` : sentence);
  write(".low", `${minimum < -limit ? "≤ " : ""}${numberText(-limit)}`);
  write(".high", `${maximum > limit ? "≥ " : ""}${numberText(limit)}`);
  paintScale(root.querySelector(".bar canvas"), dark);
}
