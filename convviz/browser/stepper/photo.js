// A photo beside the grids, with the box that the visit has come to and, in another colour, the one before it.

import { emptied } from "../picture/canvas.js";
import { Marks } from "../picture/marks.js";
import { photoPixels } from "../picture/pixels.js";

const BESIDE_FROM = 820; // pixels of the stepper's width; in a narrower one the photo stands above the grids
const HIGHEST = 300; // pixels, above them
const BEFORE = { light: "#1f5fb4", dark: "#7fb2ff" };
const STICKS_OUT = 8; // pixels by which an outline may stand out beyond the photo

export class Photo {
  constructor(root) {
    this.stepper = root;
    this.root = root.querySelector(".photo");
    this.place = this.root.querySelector(".place");
    this.frame = this.root.querySelector(".frame");
    this.caption = this.root.querySelector("figcaption");
    this.extent = [0, 0];
  }

  /** Take a scene's photo; without one the grids have all the room. */
  load(photo) {
    this.photo = photo;
    this.root.hidden = !photo;
    this.image = photo && photoPixels(photo);
    this.stepper.classList.toggle("pictured", Boolean(photo));
  }

  /** Choose where it stands. Before the grids are laid out: they have what is left. */
  make() {
    const beside = Boolean(this.photo) && this.stepper.clientWidth >= BESIDE_FROM;
    this.stepper.classList.toggle("beside", beside);
    if (!this.photo) return;
    const [[top, bottom], [left, right]] = this.photo.padding;
    const [high, wide] = [this.photo.rows + top + bottom, this.photo.columns + left + right];
    const width = this.place.clientWidth - 2 * STICKS_OUT;
    const height = (beside ? this.place.clientHeight : Math.min(HIGHEST, (width * high) / wide)) - 2 * STICKS_OUT;
    this.scale = Math.max(0, Math.min(width / wide, height / high));
    this.origin = [left * this.scale, top * this.scale];
    this.extent = [wide * this.scale, high * this.scale];
    this.ratio = window.devicePixelRatio || 1;
    Object.assign(this.frame.style, { width: `${this.extent[0]}px`, height: `${this.extent[1]}px` });
  }

  /** @param {import("./scene.js").Position} position */
  show({ visit, slot }, theme) {
    if (!this.photo || !this.extent[0]) return;
    const { rows, columns, padding, boxes, captions, since } = this.photo;
    const [[top, bottom], [left, right]] = padding;
    const context = emptied(this, "cells", STICKS_OUT);
    const marks = new Marks(context, this);
    if (top || bottom || left || right) marks.hatch([-top, -left, rows + bottom, columns + right], theme.line);
    context.imageSmoothingEnabled = this.scale * this.ratio < 1; // enlarged pixels keep their edges
    context.drawImage(this.image, ...marks.rectangle([0, 0, rows, columns]));
    const latest = visit + (slot >= since ? 1 : 0);
    if (latest) marks.outline(boxes[latest - 1], theme.dark ? BEFORE.dark : BEFORE.light, theme.background);
    marks.outline(boxes[latest], theme.window, theme.background);
    this.caption.textContent = captions[latest];
    this.frame.querySelector("canvas").setAttribute("aria-label", captions[latest]);
  }
}
