// The terms of a visit: tap by tap, the product of what a phase's factors hold, and what they are folded into; which of
// them have a grid of their own, and what stands between the grids.

import { termText } from "../shared/format.js";

/**
 * @typedef {{phase: object, factors: number[][], values: number[], known: number, running: number, holders: number[]}}
 *   Terms `known` of them are known at the step; `running` is those folded; `holders` are the taps equal to a maximum
 */

/** The phase whose terms are seen at a step: the one asked for, or the latest that has any, else the next. */
function phaseSeen(scene, { slot, asked }) {
  if (asked?.phase.adds) return { phase: asked.phase, known: 0 };
  for (let k = slot; k >= 0; k--) {
    const { phase, tap } = scene.slots[k];
    if (phase.factors.length) return { phase, known: tap === null ? Infinity : tap + 1 };
  }
  return { phase: scene.phases.find((phase) => phase.factors.length), known: 0 };
}

/** @returns {Terms} */
export function termsAt(scene, position) {
  const { loops } = position;
  const { phase, known } = phaseSeen(scene, position);
  const { factors, values } = termsOf(scene, phase, loops);
  const upTo = Math.min(known, values.length);
  const running = fold(phase, values.slice(0, upTo));
  const holders = phase.fold === "max" ? values.flatMap((value, tap) => (tap < upTo && value === running ? [tap] : [])) : [];
  return { phase, factors, values, known: upTo, running, holders };
}

/** The numbers each factor holds, and their products. A factor of one cell meets every tap. */
export function termsOf(scene, phase, loops) {
  const factors = phase.factors.map((key) => scene.numbers(key, loops));
  const taps = phase.by_tap ? scene.taps : Math.max(...factors.map(({ length }) => length));
  const values = Array.from({ length: taps }, (_, tap) =>
    factors.reduce((product, numbers) => product * numbers[numbers.length === 1 ? 0 : tap], 1),
  );
  return { factors, values };
}

function fold(phase, values) {
  if (phase.fold === "max") return values.reduce((a, b) => Math.max(a, b), -Infinity);
  return values.reduce((a, b) => a + b, 0);
}

/** Keys of a phase's factors that have a grid of their own beside the terms. */
export function gridFactors(scene, phase) {
  if (phase.factors.length < 2) return [];
  return phase.factors.filter((key) => scene.accesses.get(key).taps === scene.taps);
}

/** Most grids of factors any phase has. */
export function factorSlots(scene) {
  return Math.max(...scene.phases.map((phase) => gridFactors(scene, phase).length));
}

/** Whether a factor must be worked out by who guesses: what is asked for depends on it, and no panel shows it. */
export const isKept = (scene, asked, key) => (asked?.phase.adds ?? false) && !scene.drawn.includes(key);

/**
 * The text in front of each grid, the terms' grid last.
 * @param {Terms} terms
 * @param {object} [asked] the question put to the room
 */
export function operatorsOf(scene, { phase, factors }, slots, asked) {
  const grids = gridFactors(scene, phase);
  const before = new Array(slots + 1).fill("");
  if (phase.factors.length < 2) return before;
  let slot = slots - grids.length;
  let text = "";
  phase.factors.forEach((key, k) => {
    if (k) text += " × ";
    if (!grids.includes(key)) text += isKept(scene, asked, key) ? "?" : termText(factors[k][0]);
    else {
      before[slot++] = text.trim();
      text = "";
    }
  });
  before[slots] = `${text} =`.trim();
  return before;
}
