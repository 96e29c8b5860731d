// Numbers out of what a person types or pastes.

import { numberIn } from "../shared/format.js";

const LARGEST = 1e9; // as convviz/text/limits.py has it
const ARRAY = /\b(?:np\.|numpy\.)?array\(|,?\s*dtype=[\w.'"]+|\)/g;

/** The number that a text stands for, as a weight; NaN where it stands for none, or for one too large. */
export function weightIn(text) {
  const value = numberIn(text);
  return Math.abs(value) <= LARGEST ? value : NaN;
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
