// Numbers out of what a person types or pastes.

const LARGEST = 1e9; // as convviz/text/numbers.py has it
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const THOUSANDS = /^[+-]?[1-9]\d{0,2},\d{3}$/; // 1,000 is one number to some readers and another to others
const ARRAY = /\b(?:np\.|numpy\.)?array\(|,?\s*dtype=[\w.'"]+|\)/g;

/** The number that a text stands for, such as −0.5, 0,5, 1e-3 or 1/9; NaN where it stands for none. */
export function numberOf(text) {
  const [over, under, ...more] = text.trim().replaceAll("−", "-").split("/").map(decimal);
  const value = under === undefined ? over : over / under;
  return more.length === 0 && Math.abs(value) <= LARGEST ? value + 0 : NaN; // −0 is 0
}

function decimal(text) {
  const plain = THOUSANDS.test(text.trim()) ? text : text.replace(",", ".");
  return DECIMAL.test(plain.trim()) ? Number(plain) : NaN;
}

/** The rows of cells in a text: a spreadsheet's, separated by tabs, or numbers as NumPy prints or writes them. */
export function blockOf(text) {
  const bare = text.replace(ARRAY, "");
  const rows = bare.includes("[") ? [...bare.matchAll(/\[([^[\]]+)\]/g)].map((found) => found[1]) : bare.split(/[\r\n;]+/);
  return rows.filter((row) => row.trim()).map((row) => (row.includes("\t") ? row.split("\t") : row.trim().split(/[\s,]+/).filter(Boolean)));
}

/** Planes of rows of numbers as Python writes them: "1 2;3 4", planes separated by bars. */
export const planesOf = (text) => text.split("|").map((plane) => plane.split(";").map((row) => row.split(" ").map(Number)));

/** The same as a text, every digit kept. */
export const textOf = (planes) => planes.map((plane) => plane.map((row) => row.map(String).join(" ")).join(";")).join("|");
