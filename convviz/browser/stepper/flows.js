// Arrows for what flows where in a loop that adds: from the grids of a term's factors to the grid that it is added to.
// A line for each factor: above all grids, or below them where another grid of its column stands above. From there an
// arrow goes down, or up, between the columns to each grid that gains.

import { EDGE, footHeight, headingHeight } from "./grids.js";

export const LANE = 14; // pixels above and below the grids that the lines take
const BESIDE = [9, 15]; // pixels before a grid at which arrows reach it from above and from below
const HEAD = 5;
const AT = 0.3; // of a grid's height: where arrows reach it from above; from below by so much before its end

/**
 * Which grid each factor's number is added to; the phases in the order of the loop.
 * @returns {{from: string, to: string, phase: object}[]}
 */
export function flowsOf(scene) {
  const adding = scene.phases.filter(({ adds, writes }) => adds && writes);
  return adding.flatMap((phase) => phase.factors.filter((from) => scene.drawn.includes(from)).map((from) => ({ from, to: phase.writes, phase })));
}

/** Put the arrows into a layout whose grids are in place. */
export function addFlows(layout, flows) {
  const panels = new Map();
  for (const grid of layout.grids.filter(({ kind }) => kind === "panel")) panels.set(grid.key, [...(panels.get(grid.key) ?? []), grid]);
  const sources = [...new Set(flows.map(({ from }) => from))];
  const top = Math.min(...layout.grids.map(({ y }) => y));
  const above = sources.filter((key) => panels.get(key)[0].y <= top);
  const low = Math.min(layout.height - EDGE, lowest(layout) + EDGE);
  layout.flows = flows.map(({ from, to, phase }) => {
    const [source, target] = [panels.get(from), panels.get(to)[0]];
    const falls = above.includes(from);
    const lane = falls ? EDGE + (above.indexOf(from) % 2) * 5 : low;
    const x = (source[0].x + endOf(source.at(-1))) / 2;
    const begin = falls ? source[0].y - headingHeight(layout.font) + 6 : source[0].y + source[0].rows * source[0].ch;
    const turn = target.x - BESIDE[falls ? 0 : 1];
    const high = target.rows * target.ch;
    const end = target.y + Math.max(HEAD, high * (falls ? AT : 1 - AT));
    return { phase, points: [[x, begin], [x, lane], [turn, lane], [turn, end], [target.x - 3, end]] };
  });
}

/** Where the grids end, with what stands below them. */
const lowest = ({ grids, font }) => Math.max(...grids.map(({ y, rows, ch }) => y + rows * ch)) + footHeight(font);

const endOf = ({ x, columns, cw }) => x + columns * cw;

/** Draw them: those of the phase that runs now stand out. */
export function drawFlows({ layout, context, theme }, { phase, whole }) {
  const isOn = (flow) => whole || flow.phase === phase;
  for (const flow of [...layout.flows].sort((a, b) => isOn(a) - isOn(b))) {
    const style = isOn(flow) ? { colour: theme.window, width: 2.5, alpha: 1 } : { colour: theme.text, width: 1.5, alpha: 0.3 };
    arrow(context, flow.points, style, theme.background);
  }
}

function arrow(context, points, { colour, width, alpha }, rim) {
  const [x, y] = points.at(-1);
  context.save();
  Object.assign(context, { globalAlpha: alpha, lineJoin: "round", fillStyle: colour });
  for (const [strokeStyle, lineWidth] of [[rim, width + 2], [colour, width]]) {
    Object.assign(context, { strokeStyle, lineWidth });
    context.beginPath();
    points.slice(0, -1).forEach(([left, high]) => context.lineTo(left, high));
    context.lineTo(x - HEAD, y);
    context.stroke();
  }
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x - HEAD - 2, y - HEAD);
  context.lineTo(x - HEAD - 2, y + HEAD);
  context.fill();
  context.restore();
}
