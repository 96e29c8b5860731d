// Channels and maps as dots, and a line for each pair that is connected. Pointing at a dot lights all it depends on.

import { readTheme, tapColour } from "../shared/colour.js";
import { door } from "../shared/door.js";
import { onResize, pageHeight } from "../shared/element.js";
import { fill } from "../shared/format.js";
import { onArrows, placeUnder, within } from "../shared/grid.js";
import { countsOf, dotsIn, groupOf, heightFor, reachOf, spanOf } from "./wires.js";

const [LOW, HIGH, FOOT, WIDEST] = [220, 460, 26, 620]; // screen pixels: of the height, of the names beneath, of the width
const FEW = 300; // lines beyond which they grow fainter

class Channels {
  constructor(root) {
    this.root = root;
    this.pointed = null; // [column, number] of the dot pointed at
    this.at = [0, 0]; // the one pointed at last
    this.said = root.querySelector(".pointed");
    this.drawn = root.querySelector(".drawn");
    this.remove = onResize(root, () => this.draw());
    this.#listen();
  }

  load(data) {
    this.data = data;
    this.counts = countsOf(data.convs);
    this.at = [0, 0];
    this.drawn.setAttribute("aria-label", data.words.drawn);
    this.point(null);
  }

  point(dot) {
    this.pointed = dot;
    if (dot) this.at = dot;
    this.said.textContent = dot ? this.#sentence(dot) : this.data.words.hint;
    this.draw();
  }

  draw() {
    const width = Math.min(WIDEST, this.root.clientWidth);
    if (!this.data || width < 20) return; // in a hidden tab there is no width
    const most = Math.min(HIGH, heightFor(this.counts) + FOOT);
    const height = within(Math.max(LOW, pageHeight() - this.data.below), most);
    const [canvas, ratio] = [this.drawn.querySelector("canvas"), window.devicePixelRatio || 1];
    Object.assign(canvas, { width: Math.round(width * ratio), height: Math.round(height * ratio) });
    Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
    this.drawn.style.width = `${width}px`;
    this.dots = dotsIn(this.counts, [width, height - FOOT]);
    const context = canvas.getContext("2d");
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.#paint(context, readTheme(this.root), height);
  }

  #paint(context, theme, height) {
    const { convs, names } = this.data;
    const reach = this.pointed && reachOf(convs, this.pointed);
    const lit = (column, k) => !reach || (reach[column] && k >= reach[column][0] && k <= reach[column][1]);
    convs.forEach((conv, column) => {
      const faint = Math.max(0.12, Math.min(0.8, FEW / (conv.filters * (conv.channels / conv.groups))));
      for (let f = 0; f < conv.filters; f++) {
        const [first, last] = spanOf(convs, [column + 1, f], -1);
        context.strokeStyle = tapColour(groupOf(f, conv.filters, conv), conv.groups, theme.dark);
        for (let c = first; c <= last; c++) {
          const shown = lit(column, c) && lit(column + 1, f);
          context.globalAlpha = shown ? (reach ? 1 : faint) : 0.05;
          context.lineWidth = shown && reach ? 2 : 1.2;
          line(context, this.dots[column][c], this.dots[column + 1][f]);
        }
      }
    });
    context.font = `14px ${theme.font}`;
    context.textAlign = "center";
    this.dots.forEach((dots, column) => {
      context.fillStyle = theme.text;
      dots.forEach((dot, k) => {
        context.globalAlpha = lit(column, k) ? 1 : 0.2;
        disc(context, dot);
      });
      context.globalAlpha = 1;
      context.fillText(names[column], dots[0].x, height - 6);
    });
    if (!this.pointed) return;
    context.fillStyle = theme.window;
    const { x, y, radius } = this.dots[this.pointed[0]][this.pointed[1]];
    disc(context, { x, y, radius: radius + 3 });
  }

  #listen() {
    this.drawn.addEventListener("pointermove", (event) => {
      const [down, across] = placeUnder(event, this.drawn);
      const column = within(Math.floor(across * this.counts.length), this.counts.length - 1);
      const y = down * this.drawn.clientHeight;
      const away = this.dots[column].map((dot) => Math.abs(dot.y - y));
      const dot = [column, away.indexOf(Math.min(...away))];
      if (String(dot) !== String(this.pointed)) this.point(dot);
    });
    this.drawn.addEventListener("pointerleave", (event) => event.pointerType !== "touch" && this.point(null));
    this.drawn.addEventListener("blur", () => this.point(null));
    this.drawn.addEventListener("keydown", (event) => event.key === "Escape" && this.point(null));
    onArrows(this.drawn, ([down, across]) => {
      const column = within(this.at[0] + across, this.counts.length - 1);
      this.point([column, within(this.at[1] + down, this.counts[column] - 1)]);
    });
  }

  #sentence(dot) {
    const { convs, words } = this.data;
    const [column, k] = dot;
    const say = (way, single, several) => {
      const conv = convs[way < 0 ? column - 1 : column];
      if (!conv) return [];
      const [first, last] = spanOf(convs, dot, way);
      const [own, all] = way < 0 ? [conv.filters, conv.channels] : [conv.channels, conv.filters];
      const numbers = { k, g: groupOf(k, own, conv), first, last, count: last - first + 1, all };
      return [fill(first === last ? single : several, numbers)];
    };
    return [...say(-1, words.seesOne, words.sees), ...say(1, words.seenByOne, words.seenBy)].join(" ");
  }
}

function line(context, from, to) {
  context.beginPath();
  context.moveTo(from.x, from.y);
  context.lineTo(to.x, to.y);
  context.stroke();
}

function disc(context, { x, y, radius }) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
}

export default door((parentElement) => new Channels(parentElement.querySelector(".channels")));
