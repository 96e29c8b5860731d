// One layer's column: its name and shape, its maps as buttons, its scale with the raw range.

import { cssColour, inkOn, signedColour } from "../shared/colour.js";
import { element } from "../shared/element.js";
import { fill, numberText } from "../shared/format.js";
import { mapPixels, photoPixels, rangeOf, scaleBar } from "../shared/pixels.js";

/** What each group is, from the data Python sends. */
export function readGroups(data) {
  return data.groups.map((group, k) => {
    const [count, rows = 1, columns = 1] = group.shape;
    const isMap = group.shape.length === 3;
    const isScores = k === data.groups.length - 1;
    const cells = data[`values:${k}`];
    const tall = group.kind === "input" ? 88 : 0; // room for the picture itself
    return { ...group, number: k, layer: k - 1, tail: [], count, rows, columns, isMap, isScores, tall, cells, shares: data[`shares:${k}`], range: rangeOf(cells) };
  });
}

/** The group's elements, to be put among the columns. */
export function drawGroup(group, { head, height, foot }, data, theme) {
  const parts = [header(group, head, data.words), legend(group, height - foot, data.words, theme)];
  if (group.tall) parts.push(picture(group, head, data));
  for (let k = 0; k < group.shown; k++) parts.push(button(group, group.first + k, group.places[k], data, theme));
  return parts;
}

function header(group, head, words) {
  const made = element("div", { class: "head", style: at([group.left, 0, group.width, head]) });
  made.append(element("b", {}, group.title), element("span", {}, group.shape.join("×")));
  if (group.tail.length) made.append(element("span", {}, `→ ${group.tail.join(" → ")}`));
  if (group.shown < group.count) {
    const last = group.first + group.shown - 1;
    const range = fill(words.range, { first: group.first, last, count: group.count });
    const turn = (name, text, label, off) =>
      element("button", { "data-turn": `${group.number} ${name}`, "aria-label": label, ...(off ? { disabled: "" } : {}) }, text);
    made.append(
      element("span", { class: "turn" }, turn("-1", "▲", words.before, !group.first), range, turn("1", "▼", words.after, last + 1 === group.count)),
    );
  }
  return made;
}

function legend(group, top, words, { dark }) {
  const { minimum, maximum } = group.range;
  const made = element("div", { class: "legend", style: at([group.left, top + 5, group.width]) });
  const limit = numberText(group.range.limit, 2);
  const bar = limit === "0" ? scaleBar("", "", dark) : scaleBar(`−${limit}`, limit, dark);
  const range = fill(words.between, { minimum: numberText(minimum, 2), maximum: numberText(maximum, 2) });
  made.append(bar, element("span", {}, range));
  return made;
}

function picture(group, head, data) {
  const size = group.tall - 10;
  const [, rows, columns] = group.shape;
  const canvas = photoPixels({ rows, columns, planes: 3, cells: data.photo });
  canvas.className = "photo";
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", data.words.picture);
  canvas.setAttribute("style", at([group.left + (group.width - size) / 2, head, size, size]));
  return canvas;
}

function button(group, index, place, data, theme) {
  const label = `${group.title} ${nameOf(group, index, data)}`;
  const made = element("button", { class: "map", "data-map": `${group.number} ${index}`, "aria-label": label, tabindex: index === group.first ? 0 : -1, style: at(place) });
  if (group.isScores) made.append(...scoreRow(group, index, data, theme));
  else if (group.isMap) made.append(mapCanvas(group, index, theme.dark));
  else made.style.background = cssColour(signedColour(group.cells[index], group.range.limit, theme.dark));
  return made;
}

/** A map's number; for the input its channel, for scores the class. */
export function nameOf(group, index, data) {
  if (group.isScores) return data.names[index];
  return group.kind === "input" && group.count === 3 ? "RGB"[index] : String(index);
}

function mapCanvas(group, index, dark) {
  const { rows, columns, cells, range } = group;
  const own = cells.subarray(index * rows * columns, (index + 1) * rows * columns);
  return mapPixels({ rows, columns, cells: own }, range.limit, dark);
}

function scoreRow(group, index, data, { dark }) {
  const share = data.probabilities[index];
  const colour = signedColour(group.cells[index], group.range.limit, dark);
  const score = element("span", { class: "score", style: `background: ${cssColour(colour)}; color: ${inkOn(colour)}` }, numberText(Number(group.cells[index].toFixed(2)), 3));
  const shareBar = element("span", { class: "share" }, element("span", { style: `width: ${(100 * share).toFixed(2)}%` }));
  const name = element("span", { class: index === data.label ? "name right" : "name" }, data.names[index]);
  return [name, score, shareBar, element("span", { class: "percent" }, `${(100 * share).toFixed(1)}%`)];
}

const at = ([left, top, width, height]) =>
  `left: ${left}px; top: ${top}px; width: ${width}px;${height === undefined ? "" : ` height: ${height}px`}`;
