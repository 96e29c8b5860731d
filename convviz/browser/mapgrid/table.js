// The grid as a table of elements: a photo at the head of each row, a filter at the head of each column. Where filters are
// many and photos few, it is broken into bands below each other, each with the photos at its left.

import { fill, numberText } from "../shared/format.js";

const RANGE_DIGITS = 4; // of the ranges: they stand under small pictures

function element(tag, className = "", text = "") {
  return Object.assign(document.createElement(tag), { className, textContent: text });
}

/** Head of a column: the filter's name, its kernel, and the end of its scale. */
function columnHead({ number, name, kernel, limit }) {
  const head = element("th");
  head.scope = "col";
  const pictures = element("span", "kernel");
  pictures.ariaHidden = "true";
  pictures.append(...kernel);
  head.append(element("span", "number", number), element("b", "", name), pictures);
  if (limit) head.append(element("span", "caption", `±${numberText(limit, RANGE_DIGITS)}`));
  return head;
}

/** Head of a row: the photo, and on it the window of the cell pointed at. */
function rowHead(image) {
  const head = element("th");
  head.scope = "row";
  const photo = element("span", "photo");
  const mark = element("span", "mark");
  mark.hidden = true;
  photo.append(image.draw(), mark);
  head.append(photo, element("span", "caption", image.caption));
  return { head, photo, mark };
}

function mapCell(map, words) {
  const cell = element("td");
  const button = element("button", "map");
  const mark = element("span", "mark");
  mark.hidden = true;
  const [minimum, maximum] = [map.minimum, map.maximum].map((value) => numberText(value, RANGE_DIGITS));
  button.type = "button";
  button.ariaLabel = fill(words.map, { image: map.image, filter: map.filter, minimum, maximum });
  button.append(map.canvas, mark);
  cell.append(button, element("span", "caption", fill(words.range, { minimum, maximum })));
  return { cell, button, mark };
}

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
    const body = element("tbody");
    const top = element("tr", "heads");
    top.append(element("td", "corner"), ...band(filters).map(columnHead));
    body.append(top);
    rows.forEach(({ image, maps }, n) => {
      const line = element("tr");
      const photo = rowHead(image);
      const cells = band(maps).map((map) => mapCell(map, words));
      line.append(photo.head, ...cells.map(({ cell }) => cell));
      body.append(line);
      built[n].photos.push(photo);
      built[n].maps.push(...cells);
    });
    table.append(body);
  }
  return built;
}
