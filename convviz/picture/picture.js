// One photo or one feature map, every pixel exactly as NumPy has it, and the region on it.
// Two pictures of the same group show each other what the pointer is on.

import { cssColour, largest, readTheme, signedColour } from "../stepper/colour.js";
import { fill, numberText } from "../stepper/format.js";

const POINT = "convviz-point"; // event by which pictures of a group tell each other
const SHADES = 512;

class Picture {
  constructor(root) {
    this.root = root;
    this.canvas = root.querySelector(".frame canvas");
    this.pointed = root.querySelector(".pointed");
    this.resized = new ResizeObserver(() => this.#layOut());
    this.resized.observe(root);
    this.onPoint = (event) => this.#pointedElsewhere(event.detail);
    document.addEventListener(POINT, this.onPoint);
    this.#watch();
  }

  /** @param {object} data plain values from Python, and `cells`, the numbers */
  load(data, pick) {
    if (data.fingerprint !== this.data?.fingerprint) this.image = null;
    Object.assign(this, { data, pick, box: data.box, there: null });
    this.root.querySelector(".title").textContent = data.title;
    this.root.querySelector(".detail").textContent = data.detail;
    this.canvas.setAttribute("aria-label", data.description);
    this.pointed.setAttribute("aria-label", data.words.pointed);
    this.#layOut();
  }

  refresh() {
    this.#layOut();
  }

  remove() {
    this.resized.disconnect();
    document.removeEventListener(POINT, this.onPoint);
  }

  get #signed() {
    return this.data.kind === "map";
  }

  #layOut() {
    const available = this.root.clientWidth;
    if (!this.data || available < 20) return;
    const theme = readTheme(this.root);
    if (theme.dark !== this.theme?.dark) this.image = null;
    this.theme = theme;
    const { rows, columns, padding } = this.data;
    const [[top, bottom], [left, right]] = padding;
    const tall = Math.max(220, window.innerHeight - this.data.below);
    this.scale = Math.min(available / (columns + left + right), tall / (rows + top + bottom), this.data.largest);
    this.origin = [left * this.scale, top * this.scale];
    const ratio = window.devicePixelRatio || 1;
    const width = (columns + left + right) * this.scale;
    const height = (rows + top + bottom) * this.scale;
    Object.assign(this.canvas, { width: Math.round(width * ratio), height: Math.round(height * ratio) });
    Object.assign(this.canvas.style, { width: `${width}px`, height: `${height}px` });
    this.ratio = ratio;
    this.image ??= this.#signed ? this.#paintMap() : this.#paintPhoto();
    this.#legend();
    this.draw();
  }

  #paintPhoto() {
    const { rows, columns, cells } = this.data;
    return toCanvas(columns, rows, (rgba) => {
      for (let k = 0; k < rows * columns; k++) {
        rgba[4 * k] = cells[3 * k];
        rgba[4 * k + 1] = cells[3 * k + 1];
        rgba[4 * k + 2] = cells[3 * k + 2];
        rgba[4 * k + 3] = 255;
      }
    });
  }

  #paintMap() {
    const { rows, columns, cells } = this.data;
    this.limit = largest(cells);
    const shades = Array.from({ length: SHADES + 1 }, (_, k) => signedColour((2 * k) / SHADES - 1, 1, this.theme.dark));
    return toCanvas(columns, rows, (rgba) => {
      const factor = this.limit ? SHADES / 2 / this.limit : 0;
      for (let k = 0; k < rows * columns; k++) {
        const [r, g, b] = shades[Math.round(SHADES / 2 + cells[k] * factor)];
        rgba[4 * k] = r;
        rgba[4 * k + 1] = g;
        rgba[4 * k + 2] = b;
        rgba[4 * k + 3] = 255;
      }
    });
  }

  #legend() {
    const scale = this.root.querySelector(".scale");
    scale.hidden = !this.#signed;
    if (!this.#signed) return;
    const { minimum, maximum, words } = this.data;
    scale.querySelector(".range").textContent = fill(words.range, { minimum: numberText(minimum), maximum: numberText(maximum) });
    const canvas = Object.assign(scale.querySelector("canvas"), { width: 160, height: 12 });
    const context = canvas.getContext("2d");
    for (let x = 0; x < 160; x++) {
      context.fillStyle = cssColour(signedColour(x / 79.5 - 1, 1, this.theme.dark));
      context.fillRect(x, 0, 1, 12);
    }
    context.fillStyle = this.theme.text;
    context.fillRect(79.5, 0, 1, 12);
  }

  draw() {
    const { rows, columns, leftover, padding } = this.data;
    const context = this.canvas.getContext("2d");
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    const [x, y] = this.origin;
    if (x || y || padding.flat().some(Boolean)) this.#hatch(context, 0, 0, this.canvas.width, this.canvas.height, this.theme.line);
    context.imageSmoothingEnabled = this.scale * this.ratio < 1;
    context.imageSmoothingQuality = "high";
    context.drawImage(this.image, x, y, columns * this.scale, rows * this.scale);
    const [[, bottom], [, right]] = padding;
    const [down, across] = [rows + bottom - leftover[0], columns + right - leftover[1]];
    if (leftover[0]) this.#leftover(context, 0, down, columns + right, rows + bottom);
    if (leftover[1]) this.#leftover(context, across, 0, columns + right, rows + bottom);
    if (this.box) this.#outline(context, this.box, this.theme.dark ? "#ffd23f" : "#d0006f", 3);
    if (this.there) this.#outline(context, this.there, "#00b8a9", 3);
  }

  /** At least 6 px wide, so that a single leftover row of a large photo can be seen from the back. */
  #leftover(context, left, top, right, bottom) {
    const [x, y] = this.#at(left, top);
    const [x1, y1] = this.#at(right, bottom);
    const [fromX, fromY] = [left ? Math.min(x, x1 - 6) : x, top ? Math.min(y, y1 - 6) : y];
    this.#hatch(context, fromX, fromY, x1 - fromX, y1 - fromY, "#e5484d");
  }

  #at(column, row) {
    return [this.origin[0] + column * this.scale, this.origin[1] + row * this.scale];
  }

  #hatch(context, x, y, w, h, colour) {
    context.save();
    context.beginPath();
    context.rect(x, y, w, h);
    context.clip();
    context.strokeStyle = colour;
    context.lineWidth = 1.5;
    context.beginPath();
    for (let d = -h; d < w; d += 6) {
      context.moveTo(x + d, y + h);
      context.lineTo(x + d + h, y);
    }
    context.stroke();
    context.restore();
  }

  #outline(context, [top, left, bottom, right], colour, width) {
    const [x, y] = this.#at(left, top);
    const [w, h] = [Math.max(6, (right - left) * this.scale), Math.max(6, (bottom - top) * this.scale)];
    context.lineWidth = width + 3;
    context.strokeStyle = this.theme.background;
    context.strokeRect(x, y, w, h);
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.strokeRect(x, y, w, h);
  }

  #watch() {
    const { canvas } = this;
    let dragging = false;
    canvas.addEventListener("pointerdown", (event) => {
      dragging = true;
      canvas.setPointerCapture(event.pointerId);
      this.#moveBox(this.#cellAt(event));
    });
    canvas.addEventListener("pointermove", (event) => {
      const cell = this.#cellAt(event);
      if (dragging) this.#moveBox(cell);
      this.#point(cell);
    });
    canvas.addEventListener("pointerup", (event) => {
      if (!dragging) return;
      dragging = false;
      this.#picked(this.#cellAt(event));
    });
    canvas.addEventListener("pointercancel", () => (dragging = false));
    canvas.addEventListener("pointerleave", () => this.#point(null));
    canvas.addEventListener("keydown", (event) => this.#key(event));
  }

  #key(event) {
    const step = event.shiftKey ? 10 : 1;
    const moves = { ArrowUp: [-step, 0], ArrowDown: [step, 0], ArrowLeft: [0, -step], ArrowRight: [0, step] };
    if (!(event.key in moves) && event.key !== "Enter") return;
    event.preventDefault();
    event.stopPropagation();
    const [top, left, bottom, right] = this.box;
    const [down, across] = moves[event.key] ?? [0, 0];
    const cell = [Math.floor((top + bottom) / 2) + down, Math.floor((left + right) / 2) + across];
    this.#moveBox(cell);
    this.#point(cell);
    if (event.key === "Enter") this.#picked(cell);
  }

  /** Keep the box's size and keep it inside. */
  #moveBox([row, column]) {
    if (!this.box) return;
    const [top, left, bottom, right] = this.box;
    const [high, wide] = [bottom - top, right - left];
    const newTop = Math.max(0, Math.min(row - Math.floor(high / 2), this.data.rows - high));
    const newLeft = Math.max(0, Math.min(column - Math.floor(wide / 2), this.data.columns - wide));
    this.box = [newTop, newLeft, newTop + high, newLeft + wide];
    this.draw();
  }

  #picked([row, column]) {
    this.pick({ row, column });
  }

  #cellAt(event) {
    const box = this.canvas.getBoundingClientRect();
    const clamp = (value, length) => Math.max(0, Math.min(Math.floor(value), length - 1));
    return [
      clamp((event.clientY - box.top - this.origin[1]) / this.scale, this.data.rows),
      clamp((event.clientX - box.left - this.origin[0]) / this.scale, this.data.columns),
    ];
  }

  /** Say what is under the pointer, here and in the other picture. */
  #point(cell) {
    this.pointed.textContent = cell ? this.#describe(cell) : "";
    document.dispatchEvent(new CustomEvent(POINT, { detail: { group: this.data.group, from: this.data.kind, cell } }));
  }

  #describe([row, column]) {
    const { cells, columns, words } = this.data;
    const k = row * columns + column;
    if (this.#signed) return fill(words.mapCell, { row, column, value: numberText(cells[k]) });
    return fill(words.photoCell, { row, column, r: cells[3 * k], g: cells[3 * k + 1], b: cells[3 * k + 2] });
  }

  /** Light what belongs to the cell under the pointer in the other picture; `link` says how cells correspond. */
  #pointedElsewhere({ group, from, cell }) {
    if (!this.data || group !== this.data.group || from === this.data.kind) return;
    this.there = cell && (from === "map" ? this.#windowOf(cell) : this.#readersOf(cell));
    this.draw();
  }

  #windowOf([row, column]) {
    const { start, step, extent } = this.data.link;
    const [top, left] = [start[0] + row * step[0], start[1] + column * step[1]];
    return [top, left, top + extent[0], left + extent[1]];
  }

  /** The map cells whose windows span a pixel. */
  #readersOf(cell) {
    const { start, step, extent } = this.data.link;
    const size = [this.data.rows, this.data.columns];
    const first = [0, 1].map((k) => Math.max(0, Math.ceil((cell[k] - start[k] - extent[k] + 1) / step[k])));
    const last = [0, 1].map((k) => Math.min(size[k] - 1, Math.floor((cell[k] - start[k]) / step[k])));
    return first.some((value, k) => value > last[k]) ? null : [first[0], first[1], last[0] + 1, last[1] + 1];
  }
}

function toCanvas(width, height, paint) {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const context = canvas.getContext("2d");
  const image = context.createImageData(width, height);
  paint(image.data);
  context.putImageData(image, 0, 0);
  return canvas;
}

const pictures = new WeakMap();

export default function mount({ data, parentElement, setTriggerValue }) {
  let picture = pictures.get(parentElement);
  if (!picture) {
    picture = new Picture(parentElement.querySelector(".picture"));
    pictures.set(parentElement, picture);
  }
  const same = picture.data?.fingerprint === data.fingerprint;
  const cells = same ? picture.data.cells : data.cells.getChildAt(0).toArray();
  picture.load({ ...data, cells }, (cell) => setTriggerValue("picked", cell));
  return () => {
    picture.remove();
    pictures.delete(parentElement);
  };
}
