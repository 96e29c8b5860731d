// Painting a step: planes copied from what was painted before, and outlines over them.

import { Brush, placeOf } from "./brush.js";
import { cssColour, inkOn, largest, signedColour } from "./colour.js";
import { numberText } from "./format.js";
import { Planes } from "./planes.js";

const LEGEND = 120; // width of the colour scale below the output

export class Painter {
  constructor(canvas, scene, layout, theme, ratio, words, switcher) {
    Object.assign(this, { scene, layout, theme, ratio, words, switcher });
    this.context = canvas.getContext("2d");
    this.brush = new Brush(this.context, theme, layout.font, scene.planeTaps);
    this.limits = new Map([...scene.panels].map(([key, panel]) => [key, largest(panel.values)]));
    this.planes = new Planes(scene, layout, theme, ratio, (panel) => this.limits.get(panel.key));
    this.inputKey = scene.product.reads[0];
    this.outputKey = scene.writer.writes;
    this.input = scene.panelOf(this.inputKey);
    this.output = scene.panelOf(this.outputKey);
    this.range = this.output.values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity]);
  }

  /** Draw one step. `focus` is the plane shown large; `linked` what the pointer lights up. */
  draw(position, focus, linked) {
    const { context, layout, theme, brush } = this;
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    brush.fill({ x: 0, y: 0, w: layout.width, h: layout.height }, theme.background);
    const step = { position, focus, linked, ...this.scene.products(position.loops) };
    for (const grid of layout.grids) {
      if (grid.kind === "input") this.#input(grid, step);
      else if (grid.kind === "output") this.#output(grid, step);
      else this.#taps(grid, step);
    }
    for (const { text, x, y } of layout.operators) brush.text(text, x, y, { size: layout.font + 6, weight: 600 });
    this.#sums(step);
  }

  /** The plane a grid shows: its own, or the one in focus. */
  planeOf(grid, focus) {
    return grid.plane < 0 ? focus : grid.plane;
  }

  #label(grid, bold, light) {
    const { brush, layout } = this;
    const size = layout.font + 1;
    const style = { align: "left", baseline: "alphabetic" };
    const wide = brush.width(bold, size, 600);
    brush.text(bold, Math.min(grid.x, layout.width - wide - 2), grid.y - 8, { ...style, size, weight: 600 });
    const shift = brush.width(`${bold} `, size, 600);
    const beside = grid.kind === "input" && !layout.allPlanes ? layout.inputWide - this.switcher : grid.columns * grid.cw + 20;
    const room = Math.min(beside, layout.width - grid.x);
    if (shift + brush.width(light) <= room) brush.text(light, grid.x + shift, grid.y - 8, style);
  }

  #input(grid, { position, focus, linked }) {
    const { input, brush, context } = this;
    const shown = this.scene.planesOf(this.inputKey, position.loops)[this.planeOf(grid, focus)];
    const name = grid.plane < 0 ? input.label : `${input.label} ${input.planes[shown]}`;
    this.#label(grid, name.trim(), `${input.rows}×${input.columns}`);
    this.planes.copy(context, input, shown, grid, { faded: true });
    const inPlane = [];
    this.scene.cells(this.inputKey, position.loops).forEach((cell, tap) => {
      if (Math.floor(cell / input.size) !== shown) return;
      const at = placeOf(grid, cell % input.size);
      this.planes.copy(context, input, shown, grid, { at });
      brush.strip(at, tap);
      inPlane.push({ ...at, tap });
    });
    brush.frame(inPlane, this.theme.window, 4);
    for (const at of inPlane) if (at.tap === position.tap) brush.active(at, at.tap);
    this.#lightAll(grid, input, shown, linked?.input);
  }

  #output(grid, { position, linked }) {
    const { output, brush, context } = this;
    const [shown] = this.scene.planesOf(this.outputKey, position.loops);
    const name = output.planes.length > 1 ? `${output.label} ${output.planes[shown]}` : output.label;
    this.#label(grid, name.trim(), `${output.rows}×${output.columns}`);
    const done = position.phase === this.scene.writer ? position.visit : position.visit - 1;
    const first = this.scene.writtenAt(output.key);
    brush.fill({ x: grid.x, y: grid.y, w: grid.columns * grid.cw, h: grid.rows * grid.ch }, this.theme.blank);
    for (let cell = 0; cell < output.size; cell++) {
      const at = placeOf(grid, cell);
      if (first[shown * output.size + cell] <= done) this.planes.copy(context, output, shown, grid, { at });
      else if (grid.cw > 6) brush.outline(at, this.theme.line, 0.5);
    }
    const [current] = this.scene.cells(this.outputKey, position.loops);
    brush.frame([placeOf(grid, current % output.size)], this.theme.window, 4);
    this.#lightAll(grid, output, shown, linked?.output);
    this.#legend(grid);
  }

  #lightAll(grid, panel, shown, cells) {
    for (const [cell, tap] of cells ?? []) {
      if (Math.floor(cell / panel.size) === shown) this.brush.light(grid, placeOf(grid, cell % panel.size), tap);
    }
  }

  #taps(grid, step) {
    const plane = this.planeOf(grid, step.focus);
    const key = this.scene.product.reads[grid.factor ?? 0];
    const panel = this.scene.panelOf(key);
    if (grid.first) this.#label(grid, this.#tapsTitle(grid, panel), "");
    const cells = grid.kind === "factor" ? this.scene.cells(key, step.position.loops) : null;
    const limit = largest(step.products);
    for (let k = 0; k < this.scene.planeTaps; k++) {
      const tap = plane * this.scene.planeTaps + k;
      const at = placeOf(grid, k);
      if (cells) {
        const value = step.factors[grid.factor][tap];
        const colour = this.planes.colourOf(panel, value, this.scene.tapPlaneNames[plane]);
        this.#tapCell(grid, at, { value, colour, padding: this.scene.isPadding(panel, cells[tap]) });
      } else {
        const [value, pending] = [step.products[tap], tap >= step.position.known];
        this.#tapCell(grid, at, { value, colour: signedColour(value, limit, this.theme.dark), pending });
      }
      this.brush.strip(at, tap);
      if (tap === step.position.tap) this.brush.active(at, tap);
      if (step.linked?.taps.has(tap)) this.brush.light(grid, at, tap);
    }
    const whole = { x: grid.x, y: grid.y, w: grid.columns * grid.cw, h: grid.rows * grid.ch };
    if (grid.factor === 0) this.brush.frame([whole], this.theme.window, 3);
  }

  #tapCell(grid, at, { value, colour, padding = false, pending = false }) {
    const { brush, theme } = this;
    brush.fill(at, pending || padding ? theme.blank : cssColour(colour));
    if (padding) brush.hatch(at, theme.line, 6);
    if (!pending && grid.numbers) brush.number(value, at, padding ? theme.text : inkOn(colour));
    brush.outline(at, theme.line, 0.5);
  }

  #tapsTitle(grid, panel) {
    if (grid.kind === "product") return this.words.products;
    return grid.factor === 0 ? this.words.window : panel.label;
  }

  /** With each plane of products: their sum so far. */
  #sums({ position, focus, products }) {
    const { planeTaps } = this.scene;
    for (const { plane, x, y } of this.layout.sums) {
      const from = (plane < 0 ? focus : plane) * planeTaps;
      const until = Math.min(position.known, from + planeTaps);
      if (until <= from) continue;
      const sum = products.slice(from, until).reduce((total, product) => total + product, 0);
      this.brush.text(`Σ ${numberText(sum, 5)}`, x, y, { size: this.layout.font + 2, weight: 600, align: "left" });
    }
  }

  /** The output's colours with its least and greatest number. */
  #legend(grid) {
    const text = this.range.map((value) => numberText(value)).join(" … ");
    const limit = this.limits.get(this.output.key);
    const right = grid.x + grid.columns * grid.cw;
    const y = grid.y + grid.rows * grid.ch + this.layout.font / 2 + 7;
    this.brush.text(text, right, y, { align: "right" });
    const scale = right - this.brush.width(text) - 10;
    const wide = Math.min(LEGEND, scale - grid.x);
    for (let k = 0; k < wide; k++) {
      const colour = signedColour(((2 * k) / wide - 1) * limit, limit, this.theme.dark);
      this.brush.fill({ x: scale - wide + k, y: y - 5, w: 1.2, h: 9 }, cssColour(colour));
    }
  }
}
