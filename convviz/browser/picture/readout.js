// What is said of the cell under the pointer: its raw numbers.

import { fill, numberText } from "../shared/format.js";

/**
 * @param {object} data of the picture
 * @param {number[]} cell (row, column)
 */
export function cellSentence({ kind, gray, cells, columns, planes, words }, [row, column]) {
  const k = row * columns + column;
  if (gray) return fill(words.unitCell, { row, column, value: numberText(cells[k]) });
  if (kind === "map") return fill(words.mapCell, { row, column, value: numberText(cells[k]) });
  if (planes === 1) return fill(words.grayCell, { row, column, value: numberText(cells[k]) });
  const [r, g, b] = [0, 1, 2].map((plane) => numberText(cells[3 * k + plane]));
  return fill(words.photoCell, { row, column, r, g, b });
}
