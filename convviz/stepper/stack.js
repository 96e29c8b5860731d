// On a phone: input, taps and output below one another, as tall as they need.

import { addInput, addOutput, addTaps, EDGE, emptyLayout, footHeight, headingHeight, OPERATOR } from "./grids.js";

/**
 * @param {import("./scene.js").Scene} scene
 * @param {import("./measure.js").Parts} parts
 * @returns {import("./grids.js").Layout}
 */
export function stack(scene, parts, width, font) {
  const layout = emptyLayout(scene, width, 0, font, 1);
  const heading = headingHeight(font);
  const fit = ({ columns, em }) => {
    const least = Math.max(font + 8, em * font + 5);
    const cw = Math.min((width - 2 * EDGE) / columns, least * 1.6);
    return { numbers: cw >= least, cw, ch: Math.min(cw, Math.max(font + 8, cw * 0.8)) };
  };
  const input = fit(parts.input);
  addInput(layout, parts.input, { planes: 1, numbers: input.numbers }, input, EDGE, heading);
  layout.inputWide = parts.input.columns * input.cw;
  let y = heading + parts.input.rows * input.ch + heading + 8;
  const least = Math.max(...parts.taps.ems) * font + 5;
  const room = (width - 2 * OPERATOR - 2 * EDGE) / (2 * scene.tapColumns);
  const cw = Math.min(Math.max(least, font + 8) * 1.4, room);
  const ch = Math.min(cw, font + 12);
  addTaps(layout, scene, { rows: 1, grids: 3, numbers: cw >= least }, { cws: [cw, cw, cw], ch }, EDGE, y);
  const drop = scene.tapRows * ch + heading;
  breakLine(layout, drop);
  y += 2 * drop + footHeight(font);
  const output = fit(parts.output);
  addOutput(layout, parts.output, output, output, EDGE, y);
  layout.height = y + parts.output.rows * output.ch + footHeight(font);
  return layout;
}

/** Put the products, with their sign and sum, on a line of their own below the two factors. */
function breakLine(layout, drop) {
  const product = layout.grids.find((grid) => grid.kind === "product");
  const shift = product.x - OPERATOR - EDGE;
  for (const part of [product, layout.operators.at(-1), layout.sums.at(-1)]) {
    part.x -= shift;
    part.y += drop;
  }
}
