// A chart of lines. A training that goes on sends it new numbers every second: only its canvas is then drawn anew.

import { door } from "../shared/door.js";
import { element, onResize } from "../shared/element.js";
import { numberText } from "../shared/format.js";

// Screen pixels: of the title; around the lines; between a number and the lines; of a text, a line, a dot.
const [HEAD, TOP, RIGHT, BOTTOM, LEFT, GAP, TEXT, LINE, DOT] = [24, 8, 14, 46, 6, 6, 15, 3, 4];
const DASHES = [9, 9];
const PALE = 0.45;
const NEAR = 40; // screen pixels from the pointer to the point that is said

class Chart {
  constructor(parentElement) {
    this.figure = parentElement.querySelector(".chart");
    [this.canvas, this.said] = this.figure.querySelectorAll("canvas, .said");
    this.stop = onResize(this.figure, () => this.#draw());
    document.fonts.ready.then(() => this.#draw()); // a canvas keeps the typeface that was there when it was drawn
    const pointed = ({ offsetX, offsetY }) => this.#point([offsetX, offsetY]);
    for (const kind of ["pointermove", "pointerdown"]) this.canvas.addEventListener(kind, pointed);
    this.canvas.addEventListener("pointerleave", () => this.#point(null));
  }

  load(data) {
    this.data = { ...data, lines: withPoints(data) };
    const named = data.lines.filter(({ name }) => name);
    this.figure.querySelector(".title").textContent = data.title;
    this.figure.querySelector("ul").replaceChildren(...named.map(nameOf));
    this.canvas.setAttribute("aria-label", [data.title, ...named.map(({ name }) => name)].join(", "));
    this.canvas.style.height = `${data.height - HEAD}px`;
    this.#draw();
  }

  remove() {
    this.stop();
  }

  #draw() {
    const { canvas, data } = this;
    const [width, ratio] = [this.figure.clientWidth, window.devicePixelRatio || 1];
    if (!data || !width) return;
    const height = data.height - HEAD;
    Object.assign(canvas, { width: Math.round(width * ratio), height: Math.round(height * ratio) }); // empties it
    const context = canvas.getContext("2d");
    context.scale(ratio, ratio);
    context.font = `${TEXT}px ${data.font}`;
    const written = Math.max(0, ...data.y.ticks.map(([, text]) => context.measureText(text).width));
    this.box = { left: LEFT + written + GAP, top: TOP, right: width - RIGHT, bottom: height - BOTTOM };
    this.#drawGrid(context);
    for (const line of data.lines) this.#drawLine(context, line);
    this.#say();
  }

  #drawGrid(context) {
    const { left, top, right, bottom } = this.box;
    const { x, y, grid, text } = this.data;
    Object.assign(context, { fillStyle: text, strokeStyle: grid, lineWidth: 1 });
    context.beginPath();
    Object.assign(context, { textAlign: "center", textBaseline: "top" });
    for (const [value, said] of x.ticks) {
      const [across] = this.#place(value, y.low);
      context.moveTo(across, top);
      context.lineTo(across, bottom);
      context.fillText(said, across, bottom + GAP);
    }
    context.fillText(x.name, (left + right) / 2, bottom + GAP + TEXT + GAP);
    Object.assign(context, { textAlign: "right", textBaseline: "middle" });
    for (const [value, said] of y.ticks) {
      const [, down] = this.#place(x.low, value);
      context.moveTo(left, down);
      context.lineTo(right, down);
      context.fillText(said, left - GAP, down);
    }
    context.stroke();
  }

  #drawLine(context, { across, up, colour, pale, dashed, dotted }) {
    Object.assign(context, { strokeStyle: colour, fillStyle: colour, lineWidth: pale ? 1 : LINE, lineJoin: "round" });
    context.globalAlpha = pale ? PALE : 1;
    context.setLineDash(dashed ? DASHES : []);
    context.beginPath();
    const dots = new Path2D();
    let isGap = true;
    for (let k = 0; k < up.length; k++) {
      const [x, y] = this.#place(across[k], up[k]);
      const isPoint = Number.isFinite(y);
      if (isPoint && isGap) context.moveTo(x, y);
      else if (isPoint) context.lineTo(x, y);
      isGap = !isPoint;
      if (!isPoint || !dotted) continue;
      dots.moveTo(x + DOT, y);
      dots.arc(x, y, DOT, 0, 2 * Math.PI);
    }
    context.stroke();
    context.fill(dots);
    context.globalAlpha = 1;
    context.setLineDash([]);
  }

  /** Where a point lies on the canvas: not finite where a logarithmic axis has no place for it. */
  #place(across, up) {
    const { left, top, right, bottom } = this.box;
    return [left + (right - left) * shareOf(this.data.x, across), bottom - (bottom - top) * shareOf(this.data.y, up)];
  }

  #point(pointer) {
    this.pointer = pointer;
    this.#say();
  }

  /** Say the point next to the pointer. */
  #say() {
    const found = this.pointer && this.box && this.#nearest();
    this.said.hidden = !found;
    if (!found) return;
    const { line, k, place } = found;
    const [left, top] = place.map((distance) => `${distance}px`);
    Object.assign(this.said.style, { left, top });
    this.said.textContent = `${line.name && `${line.name} · `}${numberText(line.across[k])}: ${numberText(line.up[k])}`;
  }

  #nearest() {
    let [found, least] = [null, NEAR];
    for (const line of this.data.lines)
      for (let k = 0; k < line.up.length; k++) {
        const place = this.#place(line.across[k], line.up[k]);
        const distance = Math.hypot(place[0] - this.pointer[0], place[1] - this.pointer[1]);
        if (distance <= least) [found, least] = [{ line, k, place }, distance]; // false for NaN
      }
    return found;
  }
}

/** How far along an axis a value lies. */
function shareOf({ low, high, log }, value) {
  return log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
}

/** The lines, each with its part of the points. */
function withPoints({ lines, across, up }) {
  let end = 0;
  return lines.map((line) => {
    const start = end;
    end += line.count;
    return { ...line, across: across.subarray(start, end), up: up.subarray(start, end) };
  });
}

function nameOf({ name, colour, pale, dashed }) {
  const kinds = Object.entries({ pale, dashed }).filter(([, is]) => is).map(([kind]) => kind);
  return element("li", { class: kinds.join(" "), style: `--line: ${colour}` }, name);
}

export default door((parentElement) => new Chart(parentElement));
