// What is said of a cell.

import { exactAt } from "../shared/exact.js";
import { fill, numberText } from "../shared/format.js";

/** The raw numbers of a cell (row, column); dots until they are here. */
export function cellSentence({ kind, gray, cells, columns, planes, words, exact }, [row, column]) {
  const from = (row * columns + column) * planes;
  const numbers = exact ? exactAt(exact, [row, column]) : cells.subarray(from, from + planes);
  const text = (plane) => (numbers ? numberText(numbers[plane]) : "…");
  if (kind === "photo" && planes === 3) {
    return fill(words.photoCell, { row, column, r: text(0), g: text(1), b: text(2) });
  }
  const sentence = gray ? words.unitCell : kind === "map" ? words.mapCell : words.grayCell;
  return fill(sentence, { row, column, value: text(0) });
}
