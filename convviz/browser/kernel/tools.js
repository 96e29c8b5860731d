// What the buttons below a kernel do to its numbers. Each takes the rows of one plane and returns new ones.

const EXACT_SUM = 1e-12; // of the sum of the absolute values: less is what adding leaves of zero

const transpose = (rows) => rows[0].map((_value, column) => rows.map((row) => row[column]));
const flipAcross = (rows) => rows.map((row) => row.toReversed());
const flipDown = (rows) => rows.toReversed();

/** Each with the sign on its button. */
export const TOOLS = {
  turn: { sign: "↻", change: (rows) => flipAcross(transpose(rows)) },
  half: { sign: "180°", change: (rows) => flipAcross(flipDown(rows)) },
  across: { sign: "⇄", change: flipAcross },
  down: { sign: "⇅", change: flipDown },
  transpose: { sign: "Aᵀ", change: transpose },
  negate: { sign: "±", change: (rows) => rows.map((row) => row.map((value) => 0 - value)) },
};

/** All planes divided by the sum of their numbers; null where that is zero. */
export function normalised(planes) {
  const values = planes.flat(2);
  const sum = values.reduce((total, value) => total + value, 0);
  const size = values.reduce((total, value) => total + Math.abs(value), 0);
  if (Math.abs(sum) <= EXACT_SUM * size) return null;
  return planes.map((plane) => plane.map((row) => row.map((value) => value / sum)));
}
