// Marks laid over a picture: hatches, outlines, crosshair. Positions are in cells, (0, 0) the first one's corner.

const LEAST_BAND = 8; // screen pixels: a single leftover row of a large photo must be seen from the back
const LEAST_BOX = 10;
const LEAST_TAP = 3; // below this size single taps of a window run together
const SHADE = 0.6; // how strongly they are drawn then
const OPEN_TAP = 10; // from this size on a tap is outlined, so that its colour can be seen
const RIM = 2; // screen pixels of contrasting rim on both sides of an outline
const LINE = 3;
const HATCH = 7; // screen pixels from one line of a hatch to the next

export class Marks {
  /**
   * @param {CanvasRenderingContext2D} context
   * @param {{scale: number, origin: number[]}} place screen pixels a cell, and where cell (0, 0) begins (x, y)
   */
  constructor(context, { scale, origin }) {
    Object.assign(this, { context, scale, origin });
  }

  /** The rectangle on the screen, in screen pixels, of the cells from (top, left) to before (bottom, right). */
  rectangle([top, left, bottom, right]) {
    const [x, y] = this.origin;
    return [x + left * this.scale, y + top * this.scale, (right - left) * this.scale, (bottom - top) * this.scale];
  }

  fill(box, colour) {
    const [x, y, w, h] = this.rectangle(box);
    this.context.fillStyle = colour;
    this.context.fillRect(x, y, w + 0.3, h + 0.3); // no seam to the next
  }

  /** A thin line around cells. */
  frame(box, colour, rim) {
    const [x, y, w, h] = this.rectangle(box);
    const { context } = this;
    for (const [strokeStyle, lineWidth] of [[rim, 4], [colour, 1.5]]) {
      Object.assign(context, { strokeStyle, lineWidth });
      context.strokeRect(x - 1, y - 1, w + 2, h + 2);
    }
  }

  /** Diagonal lines. */
  hatch(box, colour, width = 1.5) {
    hatch(this.context, this.rectangle(box), { colour, gap: HATCH, width });
  }

  /** Cells that hold nothing yet. */
  blank(boxes, colour) {
    this.context.fillStyle = colour;
    for (const box of boxes) this.context.fillRect(...this.rectangle(box));
  }

  /** Rows at the bottom, or columns at the right, that no window reaches. */
  leftover(box, colour) {
    let [x, y, w, h] = this.rectangle(box);
    if (w < LEAST_BAND) [x, w] = [x + w - LEAST_BAND, LEAST_BAND];
    if (h < LEAST_BAND) [y, h] = [y + h - LEAST_BAND, LEAST_BAND];
    this.context.fillStyle = `color-mix(in srgb, ${colour} 45%, transparent)`;
    this.context.fillRect(x, y, w, h);
    hatch(this.context, [x, y, w, h], { colour, gap: HATCH, width: 2.5 });
  }

  /** A thick line around cells, not over them, with a rim so that it stands out on any photo. */
  outline(box, colour, rim) {
    let [x, y, w, h] = this.rectangle(box);
    const [growX, growY] = [Math.max(0, LEAST_BOX - w) / 2, Math.max(0, LEAST_BOX - h) / 2];
    const out = LINE / 2 + 1;
    [x, y, w, h] = [x - growX - out, y - growY - out, w + 2 * (growX + out), h + 2 * (growY + out)];
    const { context } = this;
    context.lineJoin = "round";
    context.lineWidth = LINE + 2 * RIM;
    context.strokeStyle = rim;
    context.strokeRect(x, y, w, h);
    context.lineWidth = LINE;
    context.strokeStyle = colour;
    context.strokeRect(x, y, w, h);
  }

  /** Cells given as rows and columns: one outline, and where there are gaps between them each cell by itself. */
  cells([rows, columns], colour, rim, box = [rows[0], columns[0], rows.at(-1) + 1, columns.at(-1) + 1]) {
    if (rows.length && columns.length) {
      const gaps = rows.length <= rows.at(-1) - rows[0] || columns.length <= columns.at(-1) - columns[0];
      const draw = this.scale < LEAST_TAP ? "shade" : "tap";
      if (gaps) for (const row of rows) for (const column of columns) this[draw](row, column, colour);
    }
    if (box.every(Number.isFinite)) this.outline(box, colour, rim);
  }

  /** Lines through one cell that leave the cell itself free. */
  crosshair([row, column], [width, height]) {
    const { context } = this;
    const [x, y, w, h] = this.rectangle([row, column, row + 1, column + 1]);
    const [midX, midY, gap] = [x + w / 2, y + h / 2, Math.max(w / 2, 5)];
    for (const [colour, lineWidth] of [["rgb(255 255 255 / 75%)", 3], ["rgb(0 0 0 / 85%)", 1]]) {
      Object.assign(context, { strokeStyle: colour, lineWidth });
      context.beginPath();
      for (const [fromX, fromY, toX, toY] of [
        [0, midY, midX - gap, midY],
        [midX + gap, midY, width, midY],
        [midX, 0, midX, midY - gap],
        [midX, midY + gap, midX, height],
      ]) {
        context.moveTo(fromX, fromY);
        context.lineTo(toX, toY);
      }
      context.stroke();
      context.strokeRect(midX - gap, midY - gap, 2 * gap, 2 * gap);
    }
  }

  /** One cell of many, where it is large enough to be told from the next. */
  tap(row, column, colour) {
    if (this.scale < LEAST_TAP) return;
    const [x, y, w, h] = this.rectangle([row, column, row + 1, column + 1]);
    Object.assign(this.context, { fillStyle: colour, strokeStyle: colour, lineWidth: LINE });
    if (this.scale >= OPEN_TAP) this.context.strokeRect(x + RIM, y + RIM, w - 2 * RIM, h - 2 * RIM);
    else this.context.fillRect(x, y, w, h);
  }

  /** One cell of many, as faint as it is small. */
  shade(row, column, colour) {
    Object.assign(this.context, { fillStyle: colour, globalAlpha: SHADE });
    this.context.fillRect(...this.rectangle([row, column, row + 1, column + 1]));
    this.context.globalAlpha = 1;
  }
}

/** Diagonal lines over a rectangle, `gap` screen pixels from one to the next. */
export function hatch(context, [x, y, w, h], { colour, gap, width }) {
  context.save();
  context.beginPath();
  context.rect(x, y, w, h);
  context.clip();
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.beginPath();
  for (let d = -h; d < w; d += gap) {
    context.moveTo(x + d, y + h);
    context.lineTo(x + d + h, y);
  }
  context.stroke();
  context.restore();
}
