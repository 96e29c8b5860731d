// Each plane of a panel is painted once, with its numbers, on a canvas of its own; steps copy cells from there.

import { Brush, placeOf } from "./brush.js";
import { cssColour, fade, imageColour, inkOn, signedColour } from "../shared/colour.js";

const LEFTOVER = "#e5484d";

export class Planes {
  /** @param {(panel: object) => number} limitOf largest absolute value of a panel */
  constructor(scene, layout, theme, ratio, limitOf) {
    Object.assign(this, { scene, layout, theme, ratio, limitOf });
    this.painted = new Map();
  }

  /** Copy one cell, or the whole plane, to where the grid has it. */
  copy(context, panel, plane, grid, { at, faded = false } = {}) {
    const { x, y, w, h } = at ?? { x: grid.x, y: grid.y, w: grid.columns * grid.cw, h: grid.rows * grid.ch };
    const r = this.ratio;
    const from = this.#bitmap(panel, plane, grid, faded);
    context.drawImage(from, (x - grid.x) * r, (y - grid.y) * r, w * r, h * r, x, y, w, h);
  }

  /** The colour of a number in a panel. */
  colourOf(panel, value, planeName) {
    return panel.colours === "image"
      ? imageColour(value, planeName)
      : signedColour(value, this.limitOf(panel), this.theme.dark);
  }

  #bitmap(panel, plane, grid, faded) {
    const id = [panel.key, plane, grid.cw, grid.ch, grid.numbers, faded].join("/");
    if (!this.painted.has(id)) {
      const canvas = document.createElement("canvas");
      canvas.width = Math.ceil(grid.columns * grid.cw * this.ratio);
      canvas.height = Math.ceil(grid.rows * grid.ch * this.ratio);
      const context = canvas.getContext("2d");
      context.scale(this.ratio, this.ratio);
      const brush = new Brush(context, this.theme, this.layout.font, this.scene.planeTaps);
      this.#paint(brush, panel, plane, { ...grid, x: 0, y: 0 }, faded);
      this.painted.set(id, canvas);
    }
    return this.painted.get(id);
  }

  #paint(brush, panel, plane, grid, faded) {
    const { theme } = this;
    const [bottom, right] = [panel.rows - panel.leftover[0], panel.columns - panel.leftover[1]];
    for (let cell = 0; cell < panel.size; cell++) {
      const value = panel.values[plane * panel.size + cell];
      const at = placeOf(grid, cell);
      const full = this.colourOf(panel, value, panel.planes[plane]);
      const colour = faded ? fade(full, theme.dark) : full;
      const padding = this.scene.isPadding(panel, cell);
      brush.fill({ ...at, w: at.w + 0.5, h: at.h + 0.5 }, padding ? theme.blank : cssColour(colour));
      if (padding) brush.hatch(at, theme.line, 6);
      if (grid.numbers) brush.number(value, at, padding ? theme.text : inkOn(colour), grid.full);
      if (grid.cw > 6) brush.outline(at, theme.line, 0.5);
      const leftover = Math.floor(cell / panel.columns) >= bottom || cell % panel.columns >= right;
      if (leftover) brush.hatch(at, LEFTOVER, 5, 2);
    }
  }
}
