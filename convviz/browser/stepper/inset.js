// A picture of which the scene steps through a part. Where the part is too small for its cells to be told apart, an inset
// enlarges it: beside the part, which has a frame and lines that lead to the inset.

import { Marks } from "../shared/marks.js";

const MARGIN = 8; // pixels around the picture for outlines that stand out
const INSET_SHARE = 0.64; // of the picture's shorter side that an inset takes at most
const LEAST_FRAME = 9; // pixels of the frame around a part
const APART = 7; // from the frame to the inset

export class Inset {
  /** @param {HTMLElement} figure holds a canvas and a caption */
  constructor(figure) {
    this.figure = figure;
    this.canvas = figure.querySelector("canvas");
    this.caption = figure.querySelector("figcaption");
  }

  /**
   * Choose how large it is.
   * @param {{rows: number, columns: number, box: number[]}} part a part of a picture of so many cells
   * @param {number[][]} around cells around the part that are shown too: ((top, bottom), (left, right))
   * @param {number} least pixels that a cell must have to be seen without an inset
   * @param {number[]} room (width, height)
   */
  fit({ rows, columns, box }, around, least, [width, height]) {
    const [top, left, bottom, right] = box;
    const beyond = [[top - around[0][0], bottom + around[0][1] - rows], [left - around[1][0], right + around[1][1] - columns]];
    const [[above, below], [before, after]] = beyond.map(([start, end]) => [Math.max(0, -start), Math.max(0, end)]);
    const wide = columns + before + after;
    const high = rows + above + below;
    const scale = Math.max(0, Math.min((width - 2 * MARGIN) / wide, (height - 2 * MARGIN) / high));
    this.enlarged = scale < least;
    const [clearX, clearY] = this.enlarged ? [0, 0] : [before, above]; // padding is seen in the inset
    if (this.enlarged) this.scale = Math.max(0, Math.min((width - 2 * MARGIN) / columns, (height - 2 * MARGIN) / rows));
    else this.scale = scale;
    this.picture = { x: MARGIN + clearX * this.scale, y: MARGIN + clearY * this.scale, w: columns * this.scale, h: rows * this.scale };
    const size = this.enlarged ? [columns, rows] : [wide, high];
    this.size = size.map((cells) => Math.ceil(cells * this.scale + 2 * MARGIN));
    this.shown = [top - around[0][0], left - around[1][0], bottom + around[0][1], right + around[1][1]];
    this.part = box;
    const ratio = window.devicePixelRatio || 1;
    Object.assign(this.canvas, { width: Math.round(this.size[0] * ratio), height: Math.round(this.size[1] * ratio) });
    Object.assign(this.canvas.style, { width: `${this.size[0]}px`, height: `${this.size[1]}px` });
    this.context = this.canvas.getContext("2d");
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    if (this.enlarged) this.#placeInset();
  }

  /** At the side of the part with the most room, and there as far from it as can be. */
  #placeInset() {
    const { x, y, w, h } = this.picture;
    const frame = this.frame;
    const sides = { left: frame.x - x, right: x + w - frame.x - frame.w, top: frame.y - y, bottom: y + h - frame.y - frame.h };
    const [where, room] = Object.entries(sides).reduce((best, side) => (side[1] > best[1] ? side : best));
    const [rows, columns] = [this.shown[2] - this.shown[0], this.shown[3] - this.shown[1]];
    const side = Math.min(INSET_SHARE * Math.min(w, h), room - APART);
    const cell = side / Math.max(rows, columns);
    const [wide, high] = [cell * columns, cell * rows];
    const far = (from, length, size, middle) => (middle < from + length / 2 ? from + length - size : from);
    const at = { x: far(x, w, wide, frame.x + frame.w / 2), y: far(y, h, high, frame.y + frame.h / 2) };
    if (where === "left") at.x = x;
    if (where === "right") at.x = x + w - wide;
    if (where === "top") at.y = y;
    if (where === "bottom") at.y = y + h - high;
    this.inset = { ...at, w: wide, h: high, cell };
  }

  /** The rectangle of the frame around the part on the picture. */
  get frame() {
    const [top, left, bottom, right] = this.part;
    const { x, y } = this.picture;
    const [w, h] = [(right - left) * this.scale, (bottom - top) * this.scale].map((length) => Math.max(LEAST_FRAME, length));
    const middle = [x + ((left + right) / 2) * this.scale, y + ((top + bottom) / 2) * this.scale];
    return { x: middle[0] - w / 2, y: middle[1] - h / 2, w, h };
  }

  /**
   * Draw the picture, and the ground on which the part is drawn.
   * @returns {Marks} that draw in cells of the whole picture, where the part is seen
   */
  begin(image, { background, line, text, blank }) {
    const { context, picture } = this;
    context.clearRect(0, 0, ...this.size);
    context.fillStyle = blank;
    context.fillRect(picture.x, picture.y, picture.w, picture.h);
    this.#drawImage(image, picture);
    if (!this.enlarged) {
      const marks = new Marks(context, { scale: this.scale, origin: [picture.x, picture.y] });
      marks.frame(this.part, text, background);
      return marks;
    }
    const { inset, frame } = this;
    for (const [colour, width] of [[background, 4], [text, 1.5]]) {
      Object.assign(context, { strokeStyle: colour, lineWidth: width, lineJoin: "round" });
      context.beginPath();
      for (const [across, down] of [[0, 0], [0, 1], [1, 0], [1, 1]]) {
        context.moveTo(frame.x + across * frame.w, frame.y + down * frame.h);
        context.lineTo(inset.x + across * inset.w, inset.y + down * inset.h);
      }
      context.stroke();
      this.#drawImage(image, frame); // over the lines
      context.strokeRect(frame.x, frame.y, frame.w, frame.h);
      context.strokeRect(inset.x, inset.y, inset.w, inset.h);
    }
    context.fillStyle = blank;
    context.fillRect(inset.x, inset.y, inset.w, inset.h);
    context.imageSmoothingEnabled = false;
    const origin = [inset.x - this.shown[1] * inset.cell, inset.y - this.shown[0] * inset.cell];
    const marks = new Marks(context, { scale: inset.cell, origin });
    marks.hatch(this.shown, line);
    return marks;
  }

  /** What a rectangle shows of the picture. */
  #drawImage(image, { x, y, w, h }) {
    if (!image) return;
    const { context, picture } = this;
    context.save();
    context.beginPath();
    context.rect(x, y, w, h);
    context.clip();
    context.imageSmoothingEnabled = image.width > picture.w;
    context.imageSmoothingQuality = "high";
    context.drawImage(image, picture.x, picture.y, picture.w, picture.h);
    context.restore();
  }
}
