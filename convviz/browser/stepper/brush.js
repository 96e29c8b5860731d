// What a cell is drawn with: its number, hatching, rims and strips. Knows a context, a font and a theme.

import { tapColour } from "../shared/colour.js";
import { cellText, numberText } from "../shared/format.js";
import { hatch } from "../shared/marks.js";

const HATCHED = 0.6; // how strongly lines over a number are drawn

/** Where a cell lies in a grid. */
export function placeOf(grid, cell) {
  return {
    x: grid.x + (cell % grid.columns) * grid.cw,
    y: grid.y + Math.floor(cell / grid.columns) * grid.ch,
    w: grid.cw,
    h: grid.ch,
  };
}

export class Brush {
  /**
   * @param {CanvasRenderingContext2D} context
   * @param {object} theme
   * @param {number} font
   * @param {number} planeTaps how many taps share the ramp of colours
   */
  constructor(context, theme, font, planeTaps) {
    Object.assign(this, { context, theme, font, planeTaps });
  }

  /** A tap has one colour, wherever it stands and in every plane. */
  colourOf(tap) {
    return tapColour(tap % this.planeTaps, this.planeTaps, this.theme.dark);
  }

  text(text, x, y, { size = this.font, weight = 400, align = "center", baseline = "middle", room } = {}) {
    const { context, theme } = this;
    context.font = `${weight} ${size}px ${theme.font}`;
    context.textAlign = align;
    context.textBaseline = baseline;
    context.fillStyle = theme.text;
    context.fillText(text, x, y, room);
  }

  width(text, size = this.font, weight = 400) {
    this.context.font = `${weight} ${size}px ${this.theme.font}`;
    return this.context.measureText(text).width;
  }

  fill({ x, y, w, h }, colour) {
    this.context.fillStyle = colour;
    this.context.fillRect(x, y, w, h);
  }

  hatch({ x, y, w, h }, colour, gap, width = 1) {
    const { context } = this;
    context.globalAlpha *= HATCHED;
    hatch(context, [x, y, w, h], { colour, gap, width });
    context.globalAlpha /= HATCHED;
  }

  /** A number in its cell: as the sentence says it where the grid has `full` numbers, else in short. */
  number(value, { x, y, w, h }, ink, full = false) {
    const { context } = this;
    context.font = `${this.font}px ${this.theme.font}`;
    context.fillStyle = ink;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(full ? numberText(value) : cellText(value), x + w / 2, y + h / 2 + 0.5, w - 2); // squeezed rather than rounded
  }

  outline({ x, y, w, h }, colour, width) {
    const { context } = this;
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.strokeRect(x, y, w, h);
  }

  /** The tap's own colour along the bottom of its cell. */
  strip({ x, y, w, h }, tap) {
    const { context } = this;
    context.fillStyle = this.colourOf(tap);
    const thick = Math.max(2, Math.min(4, h / 6));
    context.fillRect(x, y + h - thick, w, thick);
  }

  /** The tap being multiplied now. */
  active(at, tap) {
    this.outline({ x: at.x + 1, y: at.y + 1, w: at.w - 2, h: at.h - 2 }, this.theme.background, 6);
    this.outline({ x: at.x + 1, y: at.y + 1, w: at.w - 2, h: at.h - 2 }, this.colourOf(tap), 4);
  }

  /** What the pointer is linked to: a rim in the tap's colour, which leaves a number readable. */
  light(grid, at, tap) {
    const { context } = this;
    const colour = tap === null ? this.theme.text : this.colourOf(tap);
    if (!grid.numbers) {
      context.globalAlpha = 0.6;
      context.fillStyle = colour;
      context.fillRect(at.x, at.y, at.w, at.h);
      context.globalAlpha = 1;
    }
    const inset = { x: at.x + 1.5, y: at.y + 1.5, w: at.w - 3, h: at.h - 3 };
    this.outline(inset, this.theme.background, grid.numbers ? 5 : 3);
    this.outline(inset, colour, grid.numbers ? 3 : 1.5);
  }

  /** The cell asked for: a question mark over its number, legible on the smallest cell. */
  question({ x, y, w, h }) {
    const { context, theme } = this;
    const side = Math.max(w, h, this.font + 8);
    const at = { x: x + (w - Math.max(w, side)) / 2, y: y + (h - Math.max(h, side)) / 2, w: Math.max(w, side), h: Math.max(h, side) };
    const box = w >= this.font && h >= this.font ? { x, y, w, h } : at;
    this.fill(box, theme.background);
    this.outline(box, theme.window, 3);
    this.text("?", box.x + box.w / 2, box.y + box.h / 2 + 1, { size: Math.min(this.font + 6, box.h), weight: 700 });
    context.textAlign = "center";
  }

  /** One thick outline around all of these cells, with a contrasting edge so that it shows on any fill. */
  frame(places, colour, width) {
    if (!places.length) return;
    const x = Math.min(...places.map((p) => p.x));
    const y = Math.min(...places.map((p) => p.y));
    const w = Math.max(...places.map((p) => p.x + p.w)) - x;
    const h = Math.max(...places.map((p) => p.y + p.h)) - y;
    this.outline({ x, y, w, h }, this.theme.background, width + 3);
    this.outline({ x, y, w, h }, colour, width);
  }
}
