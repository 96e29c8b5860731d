// Where the step lies: the photo with the window that it reads, and the map with the cell that it makes. So the patch, its
// arithmetic and its dot are seen side by side.

import { cssColour, signedColour } from "../shared/colour.js";
import { fill, numberText } from "../shared/format.js";
import { Inset } from "./inset.js";

const SHADE_ZERO = 128; // shade of 0 in the picture of a map
const SEEN_FROM = { window: 14, cell: 5 }; // pixels of the window, or of a cell of the map, that need no inset
const WIDEST_PICTURE = 0.17; // of the stepper's width, for each of the two

export class Whereabouts {
  /**
   * @param {HTMLElement} root
   * @param {object} words
   * @param {() => void} arrived called when a picture can be drawn
   */
  constructor(root, words, arrived) {
    Object.assign(this, { root, words, arrived, images: new Map() });
    this.photo = new Inset(root.querySelector(".on-photo"));
    this.map = new Inset(root.querySelector(".on-map"));
  }

  /** Take a scene; one without a photo behind it has neither picture. */
  load(scene) {
    Object.assign(this, { scene, place: scene.place });
    for (const { figure } of [this.photo, this.map]) figure.hidden = !this.place;
    this.root.classList.toggle("placed", Boolean(this.place));
    if (!this.place) return;
    const given = scene.panelOf(scene.cellKey).fills === "given";
    this.root.classList.toggle("flows-back", given);
    const { photo, map, pixels } = this.place;
    const before = this.images;
    this.images = new Map();
    for (const address of [...photo.wholes, ...pixels, ...map.wholes]) this.#fetch(address, before.get(address));
  }

  /** Have a picture, the one from before if it is there. */
  #fetch(address, before) {
    if (before) {
      this.images.set(address, before);
      return;
    }
    const image = new Image();
    image.onload = () => {
      this.images.set(address, { image });
      this.arrived();
    };
    image.src = address;
  }

  /** Choose how large the pictures are. */
  make() {
    if (!this.place) return;
    const { photo, map, start, step, extent } = this.place;
    const [top, left, bottom, right] = photo.box;
    const last = this.scene.loops.slice(-2).map(({ length }, axis) => start[axis] + (length - 1) * step[axis] + extent[axis]);
    const ends = [[top - start[0], last[0] - bottom], [left - start[1], last[1] - right]];
    const padding = ends.map((sides) => sides.map((cells) => Math.max(0, cells)));
    this.photo.fit(photo, padding, SEEN_FROM.window / Math.min(...extent), this.#room(this.photo));
    this.map.fit(map, [[0, 0], [0, 0]], SEEN_FROM.cell, this.#room(this.map));
  }

  /** The width and height of a picture, without its caption. */
  #room({ figure, caption }) {
    const stacked = this.root.classList.contains("stacked");
    const width = Math.min(stacked ? Infinity : WIDEST_PICTURE * this.root.clientWidth, figure.parentElement.clientWidth);
    return stacked ? [figure.clientWidth, figure.clientWidth] : [width, figure.clientHeight - caption.offsetHeight];
  }

  /**
   * @param {import("./scene.js").Position} position
   * @param {import("./draw.js").Painter} painter knows what each cell holds and looks like
   */
  show(position, painter) {
    if (!this.place) return;
    const { scene, place, words } = this;
    const [row, column] = position.loops.slice(-2);
    const plane = scene.planesOf(scene.cellKey, position.loops)[0];
    const image = Math.floor((plane * place.photo.wholes.length) / Math.max(1, place.map.titles.length));
    this.#showPhoto(image, [row, column], painter.theme);
    const panel = scene.panelOf(scene.cellKey);
    const value = this.#showMap({ panel, plane }, [row, column], position, painter);
    const title = place.map.titles[plane];
    this.map.caption.textContent = fill(words.framed, { title, name: panel.label });
    const shown = value === null ? words.notYet : numberText(value);
    this.#say(this.map, fill(words.cellAt, { title, row, column, name: panel.label, value: shown }));
  }

  #showPhoto(image, [row, column], theme) {
    const { place, photo, words } = this;
    const marks = photo.begin(this.images.get(place.photo.wholes[image])?.image, theme);
    const detail = this.images.get(place.pixels[image])?.image;
    if (detail && photo.enlarged) photo.context.drawImage(detail, ...marks.rectangle(place.photo.box));
    const [top, left] = [place.start[0] + row * place.step[0], place.start[1] + column * place.step[1]];
    const [bottom, right] = [top + place.extent[0], left + place.extent[1]];
    marks.outline([top, left, bottom, right], theme.window, theme.background);
    const title = place.photo.titles[image];
    const name = this.scene.panels.get("x")?.label ?? "x";
    photo.caption.textContent = fill(words.framed, { title, name });
    this.#say(photo, fill(words.windowAt, { title, top, bottom: bottom - 1, left, right: right - 1 }));
  }

  /** The cells that the loop has made; returns what the current one holds. */
  #showMap({ panel, plane }, [row, column], position, painter) {
    const { map, place } = this;
    const { theme } = painter;
    const marks = map.begin(this.#shades(place.map, place.map.wholes[plane], theme.dark), theme);
    const [top, left] = place.map.box;
    marks.fill(map.part, theme.blank);
    for (let cell = 0; cell < panel.size; cell++) {
      const value = painter.valueAt(panel, plane * panel.size + cell, position);
      if (value === null) continue;
      const [i, j] = [top + Math.floor(cell / panel.columns), left + (cell % panel.columns)];
      marks.fill([i, j, i + 1, j + 1], cssColour(painter.planes.colourOf(panel, value, panel.planes[plane])));
    }
    const here = [top + row, left + column];
    marks.outline([...here, here[0] + 1, here[1] + 1], theme.window, theme.background);
    return painter.valueAt(panel, plane * panel.size + row * panel.columns + column, position);
  }

  /** The picture of a whole map in the theme's colours; one that is no map as it is. */
  #shades({ shaded }, address, dark) {
    const kept = this.images.get(address);
    if (!kept || !shaded) return kept?.image;
    if (kept.dark !== dark) Object.assign(kept, { dark, coloured: colouredShades(kept.image, dark) });
    return kept.coloured;
  }

  #say({ canvas }, text) {
    if (canvas.getAttribute("aria-label") !== text) canvas.setAttribute("aria-label", text);
  }
}

/** Shades as colours of the signed scale. */
function colouredShades(image, dark) {
  const { width, height } = image;
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const pixels = context.getImageData(0, 0, width, height);
  const colours = Array.from({ length: 256 }, (_, shade) => signedColour(shade - SHADE_ZERO, SHADE_ZERO - 1, dark));
  for (let k = 0; k < pixels.data.length; k += 4) pixels.data.set(colours[pixels.data[k]], k);
  context.putImageData(pixels, 0, 0);
  return canvas;
}
