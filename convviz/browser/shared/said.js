// Lines of the markdown that the server writes: bold words, small lines, and rows of a table.

import { element } from "./element.js";

const SMALL = /^:small\[(.*)\]$/;
const ICON = /:material\/warning:\s*/g;

/** Write the lines into a place, unless they stand there. */
export function writeLines(place, said) {
  if (place.dataset.said === JSON.stringify(said)) return;
  place.dataset.said = JSON.stringify(said);
  const rows = said.filter((line) => line.startsWith("|"));
  const made = said.filter((line) => !line.startsWith("|")).map((line) => element("p", {}, ...written(line)));
  place.replaceChildren(...made, ...(rows.length ? [table(rows)] : []));
}

function written(line) {
  const small = SMALL.exec(line);
  return small ? [element("small", {}, ...words(small[1]))] : words(line);
}

/** Between two stars words are bold. */
function words(text) {
  return text.replace(ICON, "⚠ ").split("**").map((part, k) => (k % 2 ? element("strong", {}, part) : part));
}

function table(rows) {
  const [head, ...body] = rows.map((row) => row.slice(2, -2).split(" | "));
  const line = (tag) => (cells) => element("tr", {}, ...cells.map((cell) => element(tag, {}, ...words(cell.trim()))));
  return element("table", {}, element("thead", {}, line("th")(head)), element("tbody", {}, ...body.map(line("td"))));
}
