// A photo beside the grids, with the box that the visit has come to and, in another colour, the one before it.

import { Framed } from "../shared/framed.js";
import { photoPixels } from "../shared/pixels.js";

const BESIDE_FROM = 820; // pixels of the stepper's width; in a narrower one the photo stands above the grids
const HIGHEST = 300; // pixels, above them
const BEFORE = { light: "#1f5fb4", dark: "#7fb2ff" };
const STICKS_OUT = 8; // pixels by which an outline may stand out beyond the photo

export class Photo {
  constructor(root) {
    this.stepper = root;
    this.root = root.querySelector(".photo");
    this.place = this.root.querySelector(".place");
    this.caption = this.root.querySelector("figcaption");
    this.framed = new Framed(this.root.querySelector(".frame"));
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
    const width = this.place.clientWidth - 2 * STICKS_OUT;
    const height = (beside ? this.place.clientHeight : HIGHEST) - 2 * STICKS_OUT;
    this.framed.fit(this.photo, [width, height]);
  }

  /** @param {import("./scene.js").Position} position */
  show({ visit, slot }, theme) {
    if (!this.photo || !this.framed.scale) return;
    const { boxes, captions, since } = this.photo;
    const marks = this.framed.marksOn("cells", STICKS_OUT);
    this.framed.drawImage(marks, this.image, theme.line);
    const latest = visit + (slot >= since ? 1 : 0);
    if (latest) marks.outline(boxes[latest - 1], theme.dark ? BEFORE.dark : BEFORE.light, theme.background);
    marks.outline(boxes[latest], theme.window, theme.background);
    this.caption.textContent = captions[latest];
    this.framed.frame.querySelector("canvas").setAttribute("aria-label", captions[latest]);
  }
}
