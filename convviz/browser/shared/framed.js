// A photo or a map with its padding around it, as large as there is room for, on canvases that lie over each other.

import { Marks } from "./marks.js";

export class Framed {
  /** @param {HTMLElement} frame holds the canvases */
  constructor(frame) {
    Object.assign(this, { frame, scale: 0, origin: [0, 0], extent: [0, 0] });
  }

  /** Fit it into a width and a height, at most `largest` screen pixels a cell. */
  fit({ rows, columns, padding }, [width, height], largest = Infinity) {
    const [[top, bottom], [left, right]] = padding;
    this.size = [rows, columns];
    this.whole = [-top, -left, rows + bottom, columns + right];
    this.isPadded = top + bottom + left + right > 0;
    const [wide, high] = [columns + left + right, rows + top + bottom];
    this.scale = Math.max(0, Math.min(width / wide, height / high, largest));
    this.origin = [left * this.scale, top * this.scale];
    this.extent = [wide * this.scale, high * this.scale];
    this.ratio = window.devicePixelRatio || 1;
    Object.assign(this.frame.style, { width: `${this.extent[0]}px`, height: `${this.extent[1]}px` });
  }

  /** Whether an image has yet to be drawn here with this `look`; call where it is drawn then. */
  isNew(image, look) {
    const drawn = JSON.stringify([this.scale, this.origin, this.whole, this.ratio, look]);
    if (this.image === image && this.drawn === drawn) return false;
    Object.assign(this, { image, drawn });
    return true;
  }

  /** The place of a pointer, in cells (down, across) from the corner of cell (0, 0). */
  placeOf({ clientX, clientY }) {
    const { left, top } = this.frame.getBoundingClientRect();
    return [clientY - top - this.origin[1], clientX - left - this.origin[0]].map((distance) => distance / this.scale);
  }

  /**
   * Marks on one of the canvases, emptied.
   * @param {string} name class of the canvas
   * @param {number} bleed screen pixels by which it stands out beyond the frame
   */
  marksOn(name, bleed = 0) {
    const { extent, ratio } = this;
    const canvas = this.frame.querySelector(`canvas.${name}`);
    const [width, height] = extent.map((length) => length + 2 * bleed);
    const pixels = { width: Math.round(width * ratio), height: Math.round(height * ratio) };
    if (canvas.width !== pixels.width || canvas.height !== pixels.height) Object.assign(canvas, pixels);
    Object.assign(canvas.style, { width: `${width}px`, height: `${height}px`, left: `${-bleed}px`, top: `${-bleed}px` });
    const context = canvas.getContext("2d");
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    context.translate(bleed, bleed);
    return new Marks(context, this);
  }

  /** Draw an image of one pixel a cell over hatched lines, where there are any to be seen; `shift` is (down, across). */
  drawImage(marks, image, line, { shift = [0, 0], hatched = this.isPadded } = {}) {
    const { context } = marks;
    const [rows, columns] = this.size;
    const [top, left] = shift;
    if (hatched) marks.hatch(this.whole, line);
    context.imageSmoothingEnabled = this.scale * this.ratio < 1; // enlarged pixels keep their edges
    context.imageSmoothingQuality = "high";
    context.drawImage(image, ...marks.rectangle([top, left, top + rows, left + columns]));
  }
}
