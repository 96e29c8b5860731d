// Every grid of a loop at once, as the course's demo has them: the input's channels side by side, a column for each
// filter with its bias below, and the output's maps below one another.

import { EDGE, emptyLayout, footHeight, GAP, headingHeight } from "./grids.js";
import { measurePanel } from "./measure.js";

const [SIDE_GAP, LOW_GAP] = [12, 4]; // between grids side by side, and below one another
const FILTER_GAP = 34; // room in front of the filters, where the bias has its name
const [WHOLE_ROW, WHOLE_SLACK] = [6, 5]; // pixels of a cell beyond the font size, and beyond its number
const WHOLE_TALLEST = 2.6; // height of a cell, in font sizes
const WHOLE_WIDEST = 1.25; // width of a cell for its height

/**
 * @param {import("./scene.js").Scene} scene with `whole`: the accesses of input, filters, bias and output
 * @param {{width: number, height: number, fonts: number[]}} room
 * @returns {import("./grids.js").Layout|null} null where all grids do not fit with their numbers
 */
export function wholeLayout(scene, { width, height, fonts }, measure) {
  if (scene.loops[0].length > 1) return null; // of one image
  const parts = scene.whole.map((key) => measurePanel(scene, key, measure));
  const em = Math.max(...parts.map((part) => part.em));
  const sizes = [...fonts].reverse().map((font) => wholeSize(scene, parts, { width, height, font }));
  const best = sizes.find(({ font, cw, ch }) => ch >= font + WHOLE_ROW && cw >= em * font + WHOLE_SLACK);
  return best ? wholeGrids(scene, parts, best, width, height) : null;
}

/** The largest cells that fit, with this size of numbers. */
function wholeSize(scene, [x, w, , out], { width, height, font }) {
  const [channels, filters] = [scene.tapPlanes, scene.loops[1].length];
  const head = headingHeight(font);
  const room = height - head;
  const tallest = Math.min(
    (room - EDGE) / x.rows,
    (room - EDGE - LOW_GAP * (channels + 1)) / (channels * w.rows + 1),
    (room - footHeight(font) - (filters - 1) * head) / (filters * out.rows),
  );
  const ch = Math.min(tallest, font * WHOLE_TALLEST);
  const gaps = SIDE_GAP * (channels + filters - 2) + FILTER_GAP + GAP;
  const across = channels * x.columns + filters * w.columns + out.columns;
  return { font, ch, cw: Math.min((width - 2 * EDGE - gaps) / across, ch * WHOLE_WIDEST) };
}

function wholeGrids(scene, [x, w, bias, out], { font, cw, ch }, width, height) {
  const layout = emptyLayout(width, height, font);
  const [channels, filters, head] = [scene.tapPlanes, scene.loops[1].length, headingHeight(font)];
  const put = (part, fixed, left, top, own = {}) => {
    const { key, rows, columns } = part;
    const room = columns * cw + SIDE_GAP;
    layout.grids.push({ kind: "panel", key, plane: fixed, fixed, x: left, y: top, rows, columns, cw, ch, numbers: true, room, ...own });
  };
  const taken = (channels * x.columns + filters * w.columns + out.columns) * cw + SIDE_GAP * (channels + filters - 2);
  const spare = (width - 2 * EDGE - taken - FILTER_GAP - GAP) / 2;
  let left = EDGE;
  for (let c = 0; c < channels; c++, left += x.columns * cw + SIDE_GAP) put(x, c, left, head);
  left += FILTER_GAP - SIDE_GAP + spare;
  const first = left;
  for (let f = 0; f < filters; f++, left += w.columns * cw + SIDE_GAP) {
    for (let c = 0; c < channels; c++) {
      put(w, f * channels + c, left, head + c * (w.rows * ch + LOW_GAP), { title: c ? "" : scene.panelOf(w.key).label.replace("[f]", `[${f}]`) });
    }
  }
  const step = w.columns * cw + SIDE_GAP; // a cell of the bias stands below each filter
  const below = head + channels * (w.rows * ch + LOW_GAP) + LOW_GAP;
  put({ ...bias, columns: filters }, 0, first - SIDE_GAP / 2, below, { title: "", cw: step, before: scene.panelOf(bias.key).label });
  left += GAP - SIDE_GAP + spare;
  for (let f = 0; f < filters; f++) put(out, f, left, head + f * (out.rows * ch + head), { legend: f === filters - 1 });
  return layout;
}
