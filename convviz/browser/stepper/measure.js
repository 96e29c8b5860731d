// How wide numbers and headings are, for one pixel of font size. Measured once for a scene.

import { cellText, numberText } from "../shared/format.js";
import { TERMS } from "./scene.js";
import { factorSlots, gridFactors, operatorsOf, termsOf } from "./terms.js";

const VISITS = 400; // terms are looked up at so many visits, spread evenly
const PARTIAL = -8888; // sums on the way to a result are taken to be no wider than this
const CANDIDATES = 20; // of the longest texts, so many are measured

/**
 * @typedef {{key: string, rows: number, columns: number, planes: number, em: number, full: number, heading: number, named: number, fills: string}} Part
 * @typedef {{panels: Map<string, Part>, slots: number, ems: number[], before: number[], sum: number, switcher: number}} Parts
 *   `ems` and `before`: width of the numbers, and of the operator in front, for each grid of factors and the terms'
 */

/**
 * @param {import("./scene.js").Scene} scene
 * @param {(text: string) => number} measure width of a text for one pixel of font size
 * @param {number} switcher width of the buttons that choose a plane
 * @returns {Parts}
 */
export function measureParts(scene, measure, switcher) {
  const panels = new Map(scene.drawn.map((key) => [key, measurePanel(scene, key, measure)]));
  const terms = scene.columns.flat().includes(TERMS) ? measureTerms(scene, measure) : {};
  return { panels, switcher: scene.tapPlanes > 1 ? switcher : 0, ...terms };
}

export function measurePanel(scene, key, measure) {
  const panel = scene.panelOf(key);
  const { rows, columns, values, label, fills } = panel;
  const planes = scene.planeCount(key);
  const heading = 1.2 * measure(label);
  // Where a visit touches only some of its planes, the name of the plane shown follows.
  const isNamed = panel.planes.length > scene.planesOf(key, scene.loopsAt(0)).length;
  const named = isNamed ? 1.2 * widest(panel.planes.map((plane) => `${label} ${plane}`), String, measure) : heading;
  const em = widest(values, cellText, measure);
  const full = fills === "written" ? widest(values, numberText, measure) : 0; // with all digits that the sentence says
  return { key, rows, columns, planes, fills, heading, named, em, full };
}

/** Widths of each grid of factors and of the terms, of what stands in front of them, and of a plane's sum. */
function measureTerms(scene, measure) {
  const slots = factorSlots(scene);
  const columns = Array.from({ length: slots + 1 }, () => []);
  const before = Array.from({ length: slots + 1 }, () => new Set());
  const sums = [];
  const stride = Math.max(1, Math.floor(scene.visits / VISITS));
  for (let visit = 0; visit < scene.visits; visit += stride) {
    const loops = scene.loopsAt(visit);
    for (const phase of scene.phases.filter(({ factors }) => factors.length)) {
      const { factors, values } = termsOf(scene, phase, loops);
      const grids = gridFactors(scene, phase);
      grids.forEach((key, k) => columns[slots - grids.length + k].push(factors[phase.factors.indexOf(key)]));
      columns[slots].push(values);
      operatorsOf(scene, { phase, factors }, slots).forEach((text, k) => before[k].add(text));
      if (phase.fold === "sum") sums.push(...planeSums(scene, values), PARTIAL);
    }
  }
  return {
    slots,
    ems: columns.map((values) => widest(values.flat(), cellText, measure)),
    before: before.map((texts) => widest([...texts], String, measure)),
    sum: sums.length ? widest(sums, (sum) => `Σ ${numberText(sum)}`, measure) * 1.25 : 0,
  };
}

/** Sum of the terms of each plane. */
export function planeSums(scene, values) {
  return Array.from({ length: scene.tapPlanes }, (_, plane) =>
    values.slice(plane * scene.planeTaps, (plane + 1) * scene.planeTaps).reduce((sum, value) => sum + value, 0),
  );
}

function widest(values, asText, measure) {
  let longest = new Set([""]);
  let length = 0;
  for (const value of values) {
    const text = asText(value);
    if (text.length > length) [length, longest] = [text.length, new Set()];
    if (text.length === length && longest.size < CANDIDATES) longest.add(text);
  }
  return Math.max(...[...longest].map(measure));
}
