// The grid as a table of elements: a photo at the head of each row, a filter at the head of each column. Where filters are
// many, it is broken into bands below each other, each with the photos at its left.

import { element } from "../shared/element.js";
import { fill, numberText } from "../shared/format.js";

const LEAST_SIDE = 84; // screen pixels of a map
const LARGEST_SIDE = 340;
const ROOM = 8; // between two maps
const LINE = 19; // height of the line under a map
const HEAD = 84; // of a band: number, name, kernel and end of the scale
const MANY = 16; // more filters than these are never side by side beyond the width
const WORTH_A_BREAK = 1.25; // so much larger are the maps, or the filters stay side by side
const RANGE_DIGITS = 4; // of the ranges: they stand under small pictures

/**
 * As large as the width and the height of the window allow. Many filters of few photos are broken into bands below each
 * other where that makes the maps clearly larger, and very many of any photos.
 *
 * @param {number} width of the grid, in screen pixels
 * @param {number} height of the window
 * @param {{images: object[], filters: object[], below: number}} data `below` of the height is not the grid's
 * @returns {{columns: number, side: number}} filters in a band, and the side of a map
 */
export function fit(width, height, { images, filters, below }) {
  const count = filters.length;
  if (count > MANY) {
    const columns = Math.max(1, Math.min(count, Math.floor(width / (LEAST_SIDE + ROOM + 1)) - 1));
    return { columns, side: Math.floor(Math.min(LARGEST_SIDE, width / (columns + 1) - ROOM - 1)) };
  }
  const sideOf = (columns) => {
    const bands = Math.ceil(count / columns);
    const wide = width / (columns + 1) - ROOM - 1;
    const tall = ((height - below) / bands - HEAD) / images.length - LINE - ROOM;
    const least = bands === 1 ? 1.4 * LEAST_SIDE : 0; // a page may scroll a little for one band, not for several
    return Math.floor(Math.max(LEAST_SIDE, Math.min(wide, Math.max(tall, least), LARGEST_SIDE)));
  };
  const all = { columns: count, side: sideOf(count) };
  const broken = filters.map((_filter, k) => ({ columns: k + 1, side: sideOf(k + 1) }));
  const best = broken.reduce((best, one) => (one.side >= best.side ? one : best), all);
  return best.side > WORTH_A_BREAK * all.side ? best : all;
}

/** Head of a column: the filter's name, its kernel, and the end of its scale. */
function columnHead({ number, name, kernel, limit }) {
  const head = element("th", { scope: "col" }, element("span", { class: "number" }, number), element("b", {}, name));
  head.append(element("span", { class: "kernel", "aria-hidden": "true" }, ...kernel));
  if (limit) head.append(caption(`±${numberText(limit, RANGE_DIGITS)}`));
  return head;
}

/** Head of a row: the photo, and on it the window of the cell pointed at. */
function rowHead(image) {
  const mark = hiddenMark();
  const photo = element("span", { class: "photo" }, image.draw(), mark);
  return { head: element("th", { scope: "row" }, photo, caption(image.caption)), photo, mark };
}

function mapCell(map, words) {
  const mark = hiddenMark();
  const [minimum, maximum] = [map.minimum, map.maximum].map((value) => numberText(value, RANGE_DIGITS));
  const label = fill(words.map, { image: map.image, filter: map.filter, minimum, maximum });
  const button = element("button", { class: "map", type: "button", "aria-label": label }, map.canvas, mark);
  return { cell: element("td", {}, button, caption(fill(words.range, { minimum, maximum }))), button, mark };
}

const caption = (text) => element("span", { class: "caption" }, text);
const hiddenMark = () => element("span", { class: "mark", hidden: "" });

/**
 * @param {HTMLTableElement} table emptied and filled
 * @param {{filters: object[], rows: {image: object, maps: object[]}[], columns: number}} content `columns` filters in a band
 * @param {object} words
 * @returns {{photos: object[], maps: object[]}[]} the elements of each image, a photo for each band
 */
export function buildTable(table, { filters, rows, columns }, words) {
  table.replaceChildren();
  const built = rows.map(() => ({ photos: [], maps: [] }));
  for (let from = 0; from < filters.length; from += columns) {
    const band = (all) => all.slice(from, from + columns);
    const corner = element("td", { class: "corner" });
    const body = element("tbody", {}, element("tr", { class: "heads" }, corner, ...band(filters).map(columnHead)));
    rows.forEach(({ image, maps }, n) => {
      const photo = rowHead(image);
      const cells = band(maps).map((map) => mapCell(map, words));
      body.append(element("tr", {}, photo.head, ...cells.map(({ cell }) => cell)));
      built[n].photos.push(photo);
      built[n].maps.push(...cells);
    });
    table.append(body);
  }
  return built;
}
