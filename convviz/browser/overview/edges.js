// Lines between the maps: all of them faintly, and those that feed one map in its own colours.

import { cssColour, signedColour } from "../shared/colour.js";

const FAINT = 420; // lines of a pair of layers beyond which they grow fainter still
const WIDEST = 5;

/**
 * @param {CanvasRenderingContext2D} context
 * @param {object[]} groups laid out
 * @param {object} theme
 */
export function drawAll(context, groups, theme) {
  for (let k = 1; k < groups.length; k++) {
    const [from, to] = [groups[k - 1], groups[k]];
    const lines = to.feeds === "same" ? to.shown : to.shown * from.shown;
    context.strokeStyle = theme.text;
    context.globalAlpha = to.feeds === "same" ? 0.35 : Math.max(0.03, Math.min(0.2, 0.2 * Math.sqrt(FAINT / lines) * 0.4));
    context.lineWidth = 1;
    context.beginPath();
    for (let j = 0; j < to.shown; j++) {
      for (const i of feedersOf(to, to.first + j, from)) line(context, from, i, to, to.first + j);
    }
    context.stroke();
  }
  context.globalAlpha = 1;
}

/** Those that feed one map; where shares are known, blue takes away and orange adds, and wide is much. */
export function drawFeeding(context, from, to, index, theme) {
  const shares = to.shares?.subarray(index * from.count, (index + 1) * from.count);
  const limit = shares ? shares.reduce((most, share) => Math.max(most, Math.abs(share)), 0) : 0;
  const order = feedersOf(to, index, from).sort((a, b) => (shares ? Math.abs(shares[a]) - Math.abs(shares[b]) : 0));
  for (const i of order) {
    const share = shares ? shares[i] : 1;
    context.strokeStyle = shares ? cssColour(signedColour(share, limit, theme.dark)) : theme.text;
    context.lineWidth = shares && limit ? 1 + (WIDEST - 1) * (Math.abs(share) / limit) : 3;
    context.beginPath();
    line(context, from, i, to, index);
    context.stroke();
  }
}

/** Numbers of the maps before that a map is made of, of those shown. */
export function feedersOf(to, index, from) {
  const shown = (i) => i >= from.first && i < from.first + from.shown;
  if (to.feeds === "same") return shown(index) ? [index] : [];
  return Array.from({ length: from.shown }, (_, k) => from.first + k);
}

function line(context, from, i, to, j) {
  const [x, y, width, height] = from.places[i - from.first];
  const [toX, toY, , toHeight] = to.places[j - to.first];
  const [startX, startY, endY] = [x + width, y + height / 2, toY + toHeight / 2];
  const middle = (startX + toX) / 2;
  context.moveTo(startX, startY);
  context.bezierCurveTo(middle, startY, middle, endY, toX, endY);
}
