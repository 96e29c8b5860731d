// One grid of numbers: planes side by side, each cell a colour, and its number where there is room.

import { cssColour, inkOn } from "../shared/colour.js";
import { element } from "../shared/element.js";
import { cellText } from "../shared/format.js";
import { nearestCell, placeInPlanes, placeUnder, within } from "../shared/grid.js";

const [APART, LETTERS] = [6, 14]; // screen pixels between two planes, and of a number
const SPECK = 0.25; // of a cell: a matrix of 675 rows is a picture
const ROOM = 17; // and of the least row that has numbers
const [LEAST_MARK, MARK, DIM] = [8, 2, 0.25]; // the least side of the frame around a cell, its line, and the colour of unlit cells

export class Sheet {
  constructor(root) {
    this.root = root;
    this.cells = root.querySelector(".cells");
    this.canvas = root.querySelector("canvas");
  }

  /**
   * @param {{title: string[], size: string, label: string, planes: number, rows: number, columns: number, values: ArrayLike<number>,
   *   colour: (cell: number) => number[], inner?: number[]}} shown `inner` is what lies inside the padding: top, left, rows, columns
   */
  load(shown) {
    Object.assign(this, shown);
    const [name, more = shown.size] = shown.title;
    this.root.querySelector("p").replaceChildren(element("b", {}, name), ` ${more}`);
    this.cells.setAttribute("aria-label", shown.label);
    this.texts = Array.from(shown.values, cellText);
    this.longest = Math.max(...this.texts.map((text) => text.length));
  }

  /** The largest cells that fit into a room of (width, height), with as many planes side by side as that takes. */
  fit([width, height], most) {
    const { planes, rows, columns } = this;
    const sides = Array.from({ length: planes }, (_, k) => {
      const [across, down] = [k + 1, Math.ceil(planes / (k + 1))];
      const side = Math.min(most, (width - APART * (across - 1)) / (across * columns), (height - APART * (down - 1)) / (down * rows));
      return { across, side };
    });
    const { across, side } = sides.reduce((best, each) => (each.side > best.side ? each : best));
    this.place([side, side], across);
  }

  /** Give the cells their (width, height). */
  place(side, across = 1) {
    [this.wide, this.high] = side.map((length) => Math.max(SPECK, length));
    this.across = across;
  }

  paint(theme, lit, pointed) {
    const { canvas, planes, rows, columns, wide, high, across } = this;
    const ratio = window.devicePixelRatio || 1;
    const [width, height] = [across * (columns * wide + APART) - APART, Math.ceil(planes / across) * (rows * high + APART) - APART];
    Object.assign(canvas, { width: Math.round(width * ratio), height: Math.round(height * ratio) });
    Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
    const context = canvas.getContext("2d");
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.font = `${LETTERS}px ${theme.font}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    const gap = Math.min(wide, high) >= 5 ? 1 : 0;
    const written = high >= ROOM && wide >= 0.55 * LETTERS * this.longest;
    for (let cell = 0; cell < this.values.length; cell++) {
      const [x, y] = this.corner(cell);
      const colour = this.colour(cell);
      const shown = !lit || lit.has(cell);
      context.globalAlpha = shown ? 1 : DIM;
      context.fillStyle = cssColour(colour);
      context.fillRect(x, y, wide - gap, high - gap);
      if (!written) continue;
      context.fillStyle = shown ? inkOn(colour) : theme.text;
      context.fillText(this.texts[cell], x + (wide - gap) / 2, y + high / 2, wide - 2);
    }
    context.globalAlpha = 1;
    if (this.inner) this.#edge(context, theme);
    if (pointed !== null) this.#frame(context, theme, pointed);
  }

  #frame(context, theme, cell) {
    const [x, y] = this.corner(cell);
    const [w, h] = [this.wide, this.high].map((side) => Math.max(side, LEAST_MARK));
    Object.assign(context, { strokeStyle: theme.window, lineWidth: MARK });
    context.strokeRect(x + (this.wide - w) / 2 + 1, y + (this.high - h) / 2 + 1, w - 2, h - 2);
  }

  /** Where the input ends and the padding begins, in every plane. */
  #edge(context, theme) {
    const [top, left, rows, columns] = this.inner;
    Object.assign(context, { strokeStyle: theme.window, lineWidth: 1 });
    context.setLineDash([4, 3]);
    for (let plane = 0; plane < this.planes; plane++) {
      const [x, y] = this.corner((plane * this.rows + top) * this.columns + left);
      context.strokeRect(x - 0.5, y - 0.5, columns * this.wide, rows * this.high);
    }
    context.setLineDash([]);
  }

  corner(cell) {
    const { rows, columns, wide, high, across } = this;
    const { plane, row, column } = placeInPlanes(cell, [rows, columns]);
    const [left, top] = [(plane % across) * (columns * wide + APART), Math.floor(plane / across) * (rows * high + APART)];
    return [left + column * wide, top + row * high];
  }

  /** The cell under the pointer. */
  under(event) {
    const { planes, rows, columns, wide, high, across } = this;
    const [down, over] = placeUnder(event, this.canvas);
    const [x, y] = [over * this.canvas.clientWidth, down * this.canvas.clientHeight];
    const [fullWide, fullHigh] = [columns * wide + APART, rows * high + APART];
    const [right, below] = [within(Math.floor(x / fullWide), across - 1), Math.floor(y / fullHigh)];
    const plane = within(below * across + right, planes - 1);
    const [row, column] = nearestCell([(y - below * fullHigh) / high, (x - right * fullWide) / wide], [rows, columns]);
    return (plane * rows + row) * columns + column;
  }

  /** The cell beside one; planes follow one another from top to bottom. */
  beside(cell, [down, over]) {
    const { planes, rows, columns } = this;
    const row = within(Math.floor(cell / columns) + down, planes * rows - 1);
    return row * columns + within((cell % columns) + over, columns - 1);
  }
}
