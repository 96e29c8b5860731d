// How wide numbers and headings are, for one pixel of font size. Measured once for a scene.

import { cellText, numberText } from "./format.js";

const VISITS = 400; // products are looked up at so many visits, spread evenly
const CANDIDATES = 20; // of the longest texts, so many are measured

/**
 * @typedef {{rows: number, columns: number, planes: number, em: number, heading: number}} Part
 * @typedef {{input: Part, output: Part, taps: {ems: number[], sum: number}, switcher: number}} Parts
 */

/**
 * @param {import("./scene.js").Scene} scene
 * @param {(text: string) => number} measure width of a text for one pixel of font size
 * @param {number} switcher width of the buttons that choose a plane
 * @returns {Parts}
 */
export function measureParts(scene, measure, switcher) {
  const input = scene.panelOf(scene.product.reads[0]);
  const output = scene.panelOf(scene.writer.writes);
  const shape = ({ rows, columns, values, label }) => ({ rows, columns, em: widest(values, cellText, measure), heading: 1.2 * measure(label) });
  return {
    input: { ...shape(input), planes: scene.tapPlanes },
    output: shape(output),
    taps: measureTaps(scene, measure),
    switcher,
  };
}

/** Widths of both factors, of the products and of a plane's sum. */
function measureTaps(scene, measure) {
  const columns = [[], [], []];
  const sums = [-8888];
  const stride = Math.max(1, Math.floor(scene.visits / VISITS));
  for (let visit = 0; visit < scene.visits; visit += stride) {
    const { factors, products } = scene.products(scene.loopsAt(visit));
    [...factors, products].forEach((values, k) => columns[k].push(values));
    for (let plane = 0; plane < scene.tapPlanes; plane++) {
      const part = products.slice(plane * scene.planeTaps, (plane + 1) * scene.planeTaps);
      sums.push(part.reduce((sum, product) => sum + product, 0));
    }
  }
  return {
    ems: columns.map((values) => widest(values.flat(), cellText, measure)),
    sum: widest(sums, (sum) => `Σ ${numberText(sum, 5)}`, measure) * 1.25,
  };
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
