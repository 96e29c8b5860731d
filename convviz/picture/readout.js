// What is said of the cell under the pointer: its raw numbers.

import { fill, numberText } from "../stepper/format.js";

/**
 * @param {object} data of the picture
 * @param {number[]} cell (row, column)
 */
export function cellSentence({ kind, gray, cells, columns, planes, words }, [row, column]) {
  const k = row * columns + column;
  if (gray) return fill(words.unitCell, { row, column, value: numberText(cells[k]) });
  if (kind === "map") return fill(words.mapCell, { row, column, value: numberText(cells[k]) });
  if (planes === 1) return fill(words.grayCell, { row, column, value: cells[k] });
  return fill(words.photoCell, { row, column, r: cells[3 * k], g: cells[3 * k + 1], b: cells[3 * k + 2] });
}
