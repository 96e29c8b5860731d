// Painting a step: planes copied from what was painted before, numbers that grow, and outlines over them.

import { Brush, placeOf } from "./brush.js";
import { cssColour, inkOn, largest, signedColour } from "../shared/colour.js";
import { numberText } from "../shared/format.js";
import { drawFlows } from "./flows.js";
import { STACKED_BELOW } from "./layout.js";
import { Planes } from "./planes.js";
import { drawOperators, drawSums, drawTerms } from "./termgrids.js";

const LEGEND = 120; // width of the colour scale below a panel

export class Painter {
  constructor(canvas, scene, tally, layout, theme, ratio, words, switcher) {
    Object.assign(this, { scene, tally, layout, theme, ratio, words, switcher });
    this.context = canvas.getContext("2d");
    this.brush = new Brush(this.context, theme, layout.font, scene.planeTaps);
    this.limits = new Map([...scene.panels].map(([key, panel]) => [key, tally.limits.get(key) ?? largest(panel.values)]));
    this.planes = new Planes(scene, layout, theme, ratio, (panel) => this.limits.get(panel.key));
    this.ranges = new Map([...scene.panels].map(([key, { values }]) => [key, endsOf(values)]));
    this.written = firstWritten(scene);
  }

  /** Draw one step. `focus` is the plane shown large; `linked` what the pointer lights up. */
  draw(position, focus, linked, terms) {
    const { context, layout, theme, brush } = this;
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    brush.fill({ x: 0, y: 0, w: layout.width, h: layout.height }, theme.background);
    const step = { position, focus, linked, terms };
    for (const grid of layout.grids) {
      if (grid.kind === "panel") this.#panel(grid, step);
      else drawTerms(this, grid, step);
    }
    drawOperators(this, step);
    drawSums(this, step);
    drawFlows(this, position);
  }

  /** The plane a grid shows: its own, or the one in focus. */
  planeOf(grid, focus) {
    return grid.plane < 0 ? focus : grid.plane;
  }

  /** The plane of its panel that a grid shows at a visit. */
  shownBy(grid, loops, focus) {
    if (grid.fixed !== undefined) return grid.fixed;
    const planes = this.scene.planesOf(grid.key, loops);
    return planes[Math.min(this.planeOf(grid, focus), planes.length - 1)];
  }

  /** The number in a cell as of the step drawn; null where nothing is written yet. */
  valueAt(panel, cell, position) {
    if (panel.fills === "added") return this.tally.valueAt(panel, cell);
    return panel.fills === "given" || this.#isWritten(panel, cell, position) ? panel.values[cell] : null;
  }

  heading(grid, bold, light, room) {
    const { brush, layout } = this;
    const size = layout.font + 1;
    const style = { align: "left", baseline: "alphabetic" };
    const wide = brush.width(bold, size, 600);
    // At the right edge it begins further to the left, unless the name of another plane stands there.
    const x = grid.plane > 0 ? grid.x : Math.min(grid.x, layout.width - Math.min(wide, room) - 2);
    const most = Math.min(Math.max(room - 6, grid.columns * grid.cw), layout.width - x);
    brush.text(bold, x, grid.y - 8, { ...style, size, weight: 600, room: most }); // squeezed
    const shift = brush.width(`${bold} `, size, 600);
    if (shift + brush.width(light) <= Math.min(room, layout.width - grid.x)) brush.text(light, grid.x + shift, grid.y - 8, style);
  }

  /** For the heading of a grid: the buttons that choose its plane end where the grid does, on a phone where the board does. */
  #roomOver(grid) {
    if (!grid.switched) return grid.room;
    const end = this.layout.width < STACKED_BELOW ? grid.room : Math.min(grid.room, Math.max(grid.columns * grid.cw, grid.least ?? 0));
    return end - this.switcher;
  }

  #isWritten(panel, cell, { slot, visit }) {
    const { first, from } = this.written.get(panel.key);
    return first[cell] <= (slot >= from ? visit : visit - 1);
  }

  #panel(grid, { position, focus, linked, terms }) {
    const { scene, brush } = this;
    const panel = scene.panelOf(grid.key);
    const shown = this.shownBy(grid, position.loops, focus);
    const named = grid.plane >= 0 || panel.planes.length > scene.planesOf(grid.key, position.loops).length;
    const name = named ? `${panel.label} ${panel.planes[shown]}`.trim() : panel.label;
    if (grid.title !== "") this.heading(grid, grid.title ?? name, scene.flowInto(grid.key) || `${panel.rows}×${panel.columns}`, this.#roomOver(grid));
    if (grid.before) brush.text(grid.before, grid.x - 5, grid.y + grid.ch / 2, { align: "right", weight: 600 });
    this.#fill(grid, panel, shown, position);
    const places = [];
    scene.cells(grid.key, position.loops).forEach((cell, tap, { length }) => {
      if (Math.floor(cell / panel.size) !== shown) return;
      const at = placeOf(grid, cell % panel.size);
      if (panel.fills === "given" && length > 1) this.planes.copy(this.context, panel, shown, grid, { at });
      if (length > 1) brush.strip(at, tap);
      places.push({ ...at, tap });
    });
    brush.frame(places, this.theme.window, this.#isTouched(grid.key, position) ? 4 : 2);
    const held = terms.phase.factors.includes(grid.key) ? places.filter(({ tap }) => terms.holders.includes(tap)) : [];
    for (const at of held) brush.frame([at], this.theme.window, 3);
    if (places.length > 1) for (const at of places) if (at.tap === position.tap) brush.active(at, at.tap);
    for (const [cell, tap] of linked?.cells.get(panel.key) ?? []) {
      if (Math.floor(cell / panel.size) === shown) brush.light(grid, placeOf(grid, cell % panel.size), tap);
    }
    this.#mark(grid, shown, position.asked);
    if (panel.fills !== "given" && (grid.legend ?? grid.plane <= 0)) this.#legend(grid, panel, panel.planes[shown], position.asked);
  }

  /** A question mark where a cell is asked for. */
  #mark(grid, shown, asked) {
    const { size } = this.scene.panelOf(grid.key);
    if (asked?.key === grid.key && Math.floor(asked.cell / size) === shown) this.brush.question(placeOf(grid, asked.cell % size));
  }

  /** In a loop that adds, the panels the line reads and writes; in any other, and over a whole visit, all. */
  #isTouched(key, { phase, whole }) {
    return whole || !this.tally.adding.length || phase.writes === key || phase.factors.includes(key) || phase.reads.includes(key);
  }

  #fill(grid, panel, shown, position) {
    const { brush, context, theme } = this;
    if (panel.fills === "given") {
      const faded = this.scene.isWindow(grid.key) && this.scene.accesses.get(grid.key).row_strides.some((stride) => stride > 0);
      return this.planes.copy(context, panel, shown, grid, { faded });
    }
    brush.fill({ x: grid.x, y: grid.y, w: grid.columns * grid.cw, h: grid.rows * grid.ch }, theme.blank);
    for (let cell = 0; cell < panel.size; cell++) {
      const at = placeOf(grid, cell);
      const value = this.valueAt(panel, shown * panel.size + cell, position);
      if (value === null) {
        if (grid.cw > 6) brush.outline(at, theme.line, 0.5);
      } else if (panel.fills === "written") this.planes.copy(context, panel, shown, grid, { at });
      else this.#grown(grid, panel, at, cell, value);
    }
    return undefined;
  }

  /** A cell that is added to: its number as it is now. */
  #grown(grid, panel, at, cell, value) {
    const { brush, theme } = this;
    const colour = this.planes.colourOf(panel, value, "");
    const padding = this.scene.isPadding(panel, cell);
    brush.fill(at, cssColour(colour));
    if (padding) brush.hatch(at, theme.line, 6);
    if (grid.numbers) brush.number(value, at, inkOn(colour));
    if (grid.cw > 6) brush.outline(at, theme.line, 0.5);
  }

  /** A panel's colours with its least and greatest number, one of which may be what is asked for. */
  #legend(grid, panel, name, asked) {
    const text = this.ranges.get(panel.key).map((value) => (asked ? "?" : numberText(value, 4))).join(" … ");
    const room = grid.plane < 0 ? Math.max(grid.columns * grid.cw, grid.room) : Infinity; // up to the next column
    const long = Math.min(this.brush.width(text), room);
    const right = Math.max(grid.x + grid.columns * grid.cw, Math.min(this.layout.width, grid.x + long));
    const y = grid.y + grid.rows * grid.ch + this.layout.font / 2 + 7;
    this.brush.text(text, right, y, { align: "right", room: long });
    const scale = right - long - 10;
    const wide = Math.min(LEGEND, scale - grid.x);
    for (let k = 0; k < wide; k++) {
      this.brush.fill({ x: scale - wide + k, y: y - 5, w: 1.2, h: 9 }, cssColour(this.#legendColour(panel, name, k / wide)));
    }
  }

  #legendColour(panel, name, part) {
    if (panel.colours === "image") return this.planes.colourOf(panel, part * 255, name);
    const limit = this.limits.get(panel.key);
    return signedColour((2 * part - 1) * limit, limit, this.theme.dark);
  }
}

function endsOf(values) {
  return values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity]);
}

/**
 * For each panel that is written, the first visit that writes each cell, -1 for one that was there before the loop;
 * and from which step of that visit on it is written.
 */
function firstWritten(scene) {
  const written = new Map();
  for (const phase of scene.phases.filter(({ writes, adds }) => writes !== null && !adds)) {
    const panel = scene.panelOf(phase.writes);
    const first = new Int32Array(panel.values.length).fill(-1);
    for (let visit = scene.visits - 1; visit >= 0; visit--) {
      for (const cell of scene.cells(phase.writes, scene.loopsAt(visit))) first[cell] = visit;
    }
    written.set(panel.key, { first, from: scene.slots.findIndex((slot) => slot.phase === phase) });
  }
  return written;
}
