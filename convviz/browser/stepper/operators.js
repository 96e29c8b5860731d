// Which grids the terms of a visit take: one for each factor that has a number for each tap, one for the terms;
// and what stands between them: ×, =, and factors that are a single number.

import { termText } from "../shared/format.js";

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
 * @param {import("./terms.js").Terms} terms
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
