// Numbers as pixels: each cell becomes exactly one pixel of a canvas of the array's own size.

import { signedColour } from "./colour.js";
import { element } from "./element.js";

const ZERO = 256; // place of zero among the shades, which go from 0 to 512
const SHADE_OF_ZERO = 127; // the same among those of one byte
const NO_SHADE = 255; // of one byte: not a number

/** Least and greatest finite value, the largest distance from zero, and how many cells are not finite. */
export function rangeOf(values) {
  let [minimum, maximum, missing] = [Infinity, -Infinity, 0];
  for (const value of values) {
    if (!Number.isFinite(value)) missing += 1;
    else if (value < minimum) {
      minimum = value;
      if (value > maximum) maximum = value;
    } else if (value > maximum) maximum = value;
  }
  if (missing === values.length) [minimum, maximum] = [NaN, NaN];
  return { minimum, maximum, missing, limit: Math.max(-minimum, maximum) || 0 };
}

/** A photo; `planes` is 3 for red, green, blue and 1 for gray. */
export function photoPixels({ rows, columns, planes, cells }) {
  return toCanvas(columns, rows, ({ data }) => {
    const [green, blue] = planes === 3 ? [1, 2] : [0, 0];
    for (let from = 0, to = 0; to < data.length; from += planes, to += 4) {
      data[to] = cells[from];
      data[to + 1] = cells[from + green];
      data[to + 2] = cells[from + blue];
      data[to + 3] = 255;
    }
  });
}

/** A map as the course's notebook shows it: black at its minimum, white at its maximum; black where all are equal. */
export function grayPixels({ rows, columns, cells, minimum, maximum }) {
  const factor = maximum > minimum ? 255 / (maximum - minimum) : 0;
  const shades = Uint8ClampedArray.from(cells, (value) => (value - minimum) * factor);
  return photoPixels({ rows, columns, planes: 1, cells: shades });
}

/** A map on the signed scale from -limit to limit. What is not a number stays transparent. */
export function mapPixels({ rows, columns, cells }, limit, dark) {
  const shades = shadeTable(dark);
  const factor = limit ? ZERO / limit : 1;
  return toCanvas(columns, rows, ({ data }) => {
    const pixels = new Uint32Array(data.buffer);
    for (let k = 0; k < pixels.length; k++) {
      const place = Math.round(ZERO + cells[k] * factor);
      pixels[k] = place > 2 * ZERO ? shades[2 * ZERO] : place < 0 ? shades[0] : shades[place]; // no shade for NaN
    }
  });
}

/** A map that has travelled as shades: 127 for zero, 254 for the upper end of the scale, 255 for what is not a number. */
export function shadePixels({ rows, columns, cells }, dark) {
  const table = shadeTable(dark);
  const shades = Uint32Array.from({ length: NO_SHADE + 1 }, (_, shade) => table[ZERO + Math.round(((shade - SHADE_OF_ZERO) * ZERO) / SHADE_OF_ZERO)]);
  shades[NO_SHADE] = 0;
  return toCanvas(columns, rows, ({ data }) => {
    const pixels = new Uint32Array(data.buffer);
    for (let k = 0; k < pixels.length; k++) pixels[k] = shades[cells[k]];
  });
}

/** The scale itself, one pixel a shade. */
export function scalePixels(dark) {
  return toCanvas(2 * ZERO + 1, 1, ({ data }) => new Uint32Array(data.buffer).set(shadeTable(dark)));
}

/** The scale with what it says of its ends, and its zero in the middle. */
export function scaleBar(low, high, dark) {
  const ends = [element("span", { class: "low" }, low), element("span", {}, "0"), element("span", { class: "high" }, high)];
  return element("div", { class: "scalebar", "aria-hidden": "true" }, scalePixels(dark), ...ends);
}

const tables = new Map();

/** Shades as one 32-bit word each, in the byte order of this machine; made once for each theme. */
function shadeTable(dark) {
  if (!tables.has(dark)) tables.set(dark, madeTable(dark));
  return tables.get(dark);
}

function madeTable(dark) {
  const bytes = new Uint8ClampedArray(4 * (2 * ZERO + 1));
  for (let k = 0; k <= 2 * ZERO; k++) bytes.set([...signedColour(k - ZERO, ZERO, dark), 255], 4 * k);
  return new Uint32Array(bytes.buffer);
}

function toCanvas(width, height, paint) {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const context = canvas.getContext("2d");
  const image = context.createImageData(width, height);
  paint(image);
  context.putImageData(image, 0, 0);
  return canvas;
}
