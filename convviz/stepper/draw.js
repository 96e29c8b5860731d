// Painting. Each plane of a panel is painted once, with its numbers, on a canvas of its own; a step then only
// copies cells from there and draws outlines.

import { cssColour, fade, imageColour, inkOn, largest, signedColour, tapColour } from "./colour.js";
import { cellText, numberText } from "./format.js";

export class Painter {
  constructor(scene, layout, theme, ratio, words, switcher) {
    Object.assign(this, { scene, layout, theme, ratio, words, switcher });
    this.bitmaps = new Map();
    this.limits = new Map([...scene.panels].map(([key, panel]) => [key, largest(panel.values)]));
    this.inputKey = scene.product.reads[0];
    this.outputKey = scene.writer.writes;
    this.input = scene.panels.get(scene.accesses.get(this.inputKey).panel);
    this.output = scene.panels.get(scene.accesses.get(this.outputKey).panel);
  }

  /** Draw one step. `focus` is the plane shown large; `linked` what the pointer lights up. */
  draw(context, position, focus, linked) {
    const { layout, theme } = this;
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    context.fillStyle = theme.background;
    context.fillRect(0, 0, layout.width, layout.height);
    const step = { position, focus, linked, ...this.scene.products(position.loops) };
    for (const grid of layout.grids) {
      if (grid.kind === "input") this.#input(context, grid, step);
      else if (grid.kind === "output") this.#output(context, grid, step);
      else this.#taps(context, grid, step);
    }
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillStyle = theme.text;
    context.font = `600 ${layout.font + 6}px ${theme.font}`;
    for (const { text, x, y } of layout.operators) context.fillText(text, x, y);
    this.#sums(context, step);
  }

  /** The plane a grid shows: its own, or the one in focus. */
  planeOf(grid, focus) {
    return grid.plane < 0 ? focus : grid.plane;
  }

  #label(context, grid, bold, light) {
    const { font, text } = { font: this.layout.font, text: this.theme.text };
    context.textAlign = "left";
    context.textBaseline = "alphabetic";
    context.fillStyle = text;
    context.font = `600 ${font + 1}px ${this.theme.font}`;
    const heading = Math.min(grid.x, this.layout.width - context.measureText(bold).width - 2);
    context.fillText(bold, heading, grid.y - 8);
    const shift = context.measureText(`${bold} `).width;
    context.font = `${font}px ${this.theme.font}`;
    const room = grid.kind === "input" && !this.layout.allPlanes ? this.layout.inputWide - this.switcher : grid.columns * grid.cw + 20;
    const lightFits = Math.min(room, this.layout.width - grid.x) >= shift + context.measureText(light).width;
    if (lightFits) context.fillText(light, grid.x + shift, grid.y - 8);
  }

  #input(context, grid, step) {
    const { position, linked } = step;
    const plane = this.planeOf(grid, step.focus);
    const shown = this.scene.planesOf(this.inputKey, position.loops)[plane];
    const bitmap = this.#bitmap(this.input, shown, grid);
    const name = grid.plane < 0 ? this.input.label : `${this.input.label} ${this.input.planes[shown]}`;
    this.#label(context, grid, name.trim(), `${this.input.rows}×${this.input.columns}`);
    this.#copy(context, this.#bitmap(this.input, shown, grid, true), grid, null);
    const cells = this.scene.cells(this.inputKey, position.loops);
    const inPlane = [];
    cells.forEach((cell, tap) => {
      if (Math.floor(cell / this.input.size) !== shown) return;
      const at = this.#place(grid, cell % this.input.size, this.input.columns);
      this.#copy(context, bitmap, grid, at);
      this.#strip(context, at, tap);
      inPlane.push({ ...at, tap });
    });
    this.#frame(context, inPlane, this.theme.window, 4);
    for (const at of inPlane) if (at.tap === position.tap) this.#active(context, at, at.tap);
    for (const [cell, tap] of linked?.input ?? []) {
      if (Math.floor(cell / this.input.size) === shown) this.#light(context, grid, this.#place(grid, cell % this.input.size, this.input.columns), tap);
    }
  }

  #output(context, grid, step) {
    const { position, linked } = step;
    const [shown] = this.scene.planesOf(this.outputKey, position.loops);
    const bitmap = this.#bitmap(this.output, shown, grid);
    const name = this.output.planes.length > 1 ? `${this.output.label} ${this.output.planes[shown]}` : this.output.label;
    this.#label(context, grid, name.trim(), `${this.output.rows}×${this.output.columns}`);
    const done = position.phase === this.scene.writer ? position.visit : position.visit - 1;
    const first = this.scene.writtenAt(this.output.key);
    context.fillStyle = this.theme.blank;
    context.fillRect(grid.x, grid.y, grid.columns * grid.cw, grid.rows * grid.ch);
    for (let cell = 0; cell < this.output.size; cell++) {
      const at = this.#place(grid, cell, this.output.columns);
      if (first[shown * this.output.size + cell] <= done) this.#copy(context, bitmap, grid, at);
      else if (grid.cw > 6) this.#outline(context, at, this.theme.line, 0.5);
    }
    const [current] = this.scene.cells(this.outputKey, position.loops);
    this.#frame(context, [this.#place(grid, current % this.output.size, this.output.columns)], this.theme.window, 4);
    for (const [cell, tap] of linked?.output ?? []) {
      if (Math.floor(cell / this.output.size) === shown) this.#light(context, grid, this.#place(grid, cell % this.output.size, this.output.columns), tap);
    }
    this.#legend(context, grid);
  }

  #taps(context, grid, step) {
    const { position, linked, factors, products } = step;
    const plane = this.planeOf(grid, step.focus);
    const values = grid.kind === "product" ? products : factors[grid.factor];
    const panel = this.scene.panels.get(this.scene.accesses.get(this.scene.product.reads[grid.factor ?? 0]).panel);
    const limit = grid.kind === "product" ? largest(products) : this.limits.get(panel.key);
    if (grid.first) this.#label(context, grid, this.#tapsTitle(grid, panel), "");
    const cells = grid.kind === "factor" && this.scene.cells(this.scene.product.reads[grid.factor], position.loops);
    for (let k = 0; k < this.scene.planeTaps; k++) {
      const tap = plane * this.scene.planeTaps + k;
      const at = this.#place(grid, k, grid.columns);
      const pending = grid.kind === "product" && tap >= position.known;
      const image = grid.kind === "factor" && panel.colours === "image";
      const colour = image ? imageColour(values[tap], this.scene.tapPlaneNames[plane]) : signedColour(values[tap], limit, this.theme.dark);
      const padding = cells && this.scene.isPadding(panel, cells[tap]);
      context.fillStyle = pending || padding ? this.theme.blank : cssColour(colour);
      context.fillRect(at.x, at.y, at.w, at.h);
      if (padding) this.#hatch(context, at, this.theme.line, 6);
      if (!pending && grid.numbers) this.#number(context, values[tap], at, padding ? this.theme.text : inkOn(colour));
      this.#outline(context, at, this.theme.line, 0.5);
      this.#strip(context, at, tap);
      if (tap === position.tap) this.#active(context, at, tap);
      if (linked?.taps.has(tap)) this.#light(context, grid, at, tap);
    }
    if (grid.kind === "factor" && grid.factor === 0) {
      this.#frame(context, [{ x: grid.x, y: grid.y, w: grid.columns * grid.cw, h: grid.rows * grid.ch }], this.theme.window, 3);
    }
  }

  #tapsTitle(grid, panel) {
    if (grid.kind === "product") return this.words.products;
    return grid.factor === 0 ? this.words.window : panel.label;
  }

  /** Beside each plane of products: their sum so far. */
  #sums(context, step) {
    const { position, products } = step;
    context.textAlign = "left";
    context.textBaseline = "middle";
    for (const { plane, x, y } of this.layout.sums) {
      const shown = plane < 0 ? step.focus : plane;
      const from = shown * this.scene.planeTaps;
      const until = Math.min(position.known, from + this.scene.planeTaps);
      let sum = 0;
      for (let tap = from; tap < until; tap++) sum += products[tap];
      context.fillStyle = this.theme.text;
      context.font = `600 ${this.layout.font + 2}px ${this.theme.font}`;
      if (until > from) context.fillText(`Σ ${numberText(sum, 5)}`, x, y);
    }
  }

  #legend(context, grid) {
    const values = this.output.values;
    let low = Infinity;
    let high = -Infinity;
    for (const value of values) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
    const limit = this.limits.get(this.output.key);
    const text = `${numberText(low)} … ${numberText(high)}`;
    context.font = `${this.layout.font}px ${this.theme.font}`;
    context.fillStyle = this.theme.text;
    context.textAlign = "right";
    context.textBaseline = "middle";
    const right = grid.x + grid.columns * grid.cw;
    const y = grid.y + grid.rows * grid.ch + this.layout.font / 2 + 7;
    context.fillText(text, right, y);
    const wide = Math.min(120, grid.columns * grid.cw - context.measureText(text).width - 10);
    const left = right - context.measureText(text).width - wide - 10;
    for (let k = 0; k < wide; k++) {
      context.fillStyle = cssColour(signedColour(((2 * k) / wide - 1) * limit, limit, this.theme.dark));
      context.fillRect(left + k, y - 5, 1.2, 9);
    }
  }

  /** A plane with its numbers, painted once for each size of cell. */
  #bitmap(panel, plane, grid, faded = false) {
    const id = [panel.key, plane, grid.cw, grid.ch, grid.numbers, faded].join("/");
    if (!this.bitmaps.has(id)) {
      const canvas = document.createElement("canvas");
      canvas.width = Math.ceil(grid.columns * grid.cw * this.ratio);
      canvas.height = Math.ceil(grid.rows * grid.ch * this.ratio);
      const context = canvas.getContext("2d");
      context.scale(this.ratio, this.ratio);
      this.#paintPlane(context, panel, plane, { ...grid, x: 0, y: 0 }, faded);
      this.bitmaps.set(id, canvas);
    }
    return this.bitmaps.get(id);
  }

  #paintPlane(context, panel, plane, grid, faded) {
    for (let cell = 0; cell < panel.size; cell++) {
      const value = panel.values[plane * panel.size + cell];
      const [row, column] = [Math.floor(cell / panel.columns), cell % panel.columns];
      const at = this.#place(grid, cell, panel.columns);
      const full = panel.colours === "image" ? imageColour(value, panel.planes[plane]) : signedColour(value, this.limits.get(panel.key), this.theme.dark);
      const colour = faded ? fade(full, this.theme.dark) : full;
      const padding = this.scene.isPadding(panel, cell);
      context.fillStyle = padding ? this.theme.blank : cssColour(colour);
      context.fillRect(at.x, at.y, at.w + 0.5, at.h + 0.5);
      if (padding) this.#hatch(context, at, this.theme.line, 6);
      if (grid.numbers) this.#number(context, value, at, padding ? this.theme.text : inkOn(colour));
      if (grid.cw > 6) this.#outline(context, at, this.theme.line, 0.5);
      if (row >= panel.rows - panel.leftover[0] || column >= panel.columns - panel.leftover[1]) {
        context.globalAlpha = 0.75;
        this.#hatch(context, at, "#e5484d", 5, 2);
        context.globalAlpha = 1;
      }
    }
  }

  #hatch(context, { x, y, w, h }, colour, gap, width = 1) {
    context.save();
    context.beginPath();
    context.rect(x, y, w, h);
    context.clip();
    context.strokeStyle = colour;
    context.globalAlpha *= 0.6;
    context.lineWidth = width;
    context.beginPath();
    for (let d = -h; d < w; d += gap) {
      context.moveTo(x + d, y + h);
      context.lineTo(x + d + h, y);
    }
    context.stroke();
    context.restore();
  }

  #place(grid, cell, columns) {
    return {
      x: grid.x + (cell % columns) * grid.cw,
      y: grid.y + Math.floor(cell / columns) * grid.ch,
      w: grid.cw,
      h: grid.ch,
    };
  }

  /** Copy one cell, or the whole plane, from its bitmap. */
  #copy(context, bitmap, grid, at) {
    const { x, y, w, h } = at ?? { x: grid.x, y: grid.y, w: grid.columns * grid.cw, h: grid.rows * grid.ch };
    const r = this.ratio;
    context.drawImage(bitmap, (x - grid.x) * r, (y - grid.y) * r, w * r, h * r, x, y, w, h);
  }

  #number(context, value, { x, y, w, h }, ink) {
    context.font = `${this.layout.font}px ${this.theme.font}`;
    context.fillStyle = ink;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(cellText(value), x + w / 2, y + h / 2 + 0.5, w - 2); // squeezed rather than rounded
  }

  #outline(context, { x, y, w, h }, colour, width) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.strokeRect(x, y, w, h);
  }

  /** The tap's own colour along the bottom of its cell. */
  #strip(context, { x, y, w, h }, tap) {
    context.fillStyle = tapColour(tap % this.scene.planeTaps, this.scene.planeTaps, this.theme.dark);
    const thick = Math.max(2, Math.min(4, h / 6));
    context.fillRect(x, y + h - thick, w, thick);
  }

  /** The tap being multiplied now. */
  #active(context, at, tap) {
    this.#outline(context, { x: at.x + 1, y: at.y + 1, w: at.w - 2, h: at.h - 2 }, this.theme.background, 6);
    this.#outline(context, { x: at.x + 1, y: at.y + 1, w: at.w - 2, h: at.h - 2 }, tapColour(tap % this.scene.planeTaps, this.scene.planeTaps, this.theme.dark), 4);
  }

  /** What the pointer is linked to: a rim in the tap's colour, which leaves a number readable. */
  #light(context, grid, at, tap) {
    const colour = tap === null ? this.theme.text : tapColour(tap % this.scene.planeTaps, this.scene.planeTaps, this.theme.dark);
    if (!grid.numbers) {
      context.globalAlpha = 0.6;
      context.fillStyle = colour;
      context.fillRect(at.x, at.y, at.w, at.h);
      context.globalAlpha = 1;
    }
    const inset = { x: at.x + 1.5, y: at.y + 1.5, w: at.w - 3, h: at.h - 3 };
    this.#outline(context, inset, this.theme.background, grid.numbers ? 5 : 3);
    this.#outline(context, inset, colour, grid.numbers ? 3 : 1.5);
  }

  /** One thick outline around all of these cells, with a contrasting edge so that it shows on any fill. */
  #frame(context, places, colour, width) {
    if (!places.length) return;
    const x = Math.min(...places.map((p) => p.x));
    const y = Math.min(...places.map((p) => p.y));
    const w = Math.max(...places.map((p) => p.x + p.w)) - x;
    const h = Math.max(...places.map((p) => p.y + p.h)) - y;
    this.#outline(context, { x, y, w, h }, this.theme.background, width + 3);
    this.#outline(context, { x, y, w, h }, colour, width);
  }
}
