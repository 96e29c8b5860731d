// The board: the canvas and the buttons over it, fitted to the size and the theme they find.

import { readTheme } from "../shared/colour.js";
import { Painter } from "./draw.js";
import { headingHeight } from "./grids.js";
import { arrange, STACKED_BELOW } from "./layout.js";

/** Sizes of numbers to choose from, ascending: the first is the least that is readable. */
const FONTS = [14, 15, 16, 17, 18, 19, 20, 22, 24, 26];
const FONTS_FULLSCREEN = [18, 19, 20, 21, 22, 24, 26, 28, 30, 33, 36];
const FULLSCREEN_FROM = 900; // pixels of width; a phone keeps the smaller sizes
const MEASURED_AT = 100; // pixels of font size
const UNDER = 8; // pixels between a grid and the buttons under it
const NAME = 6; // times the font size: the name of a grid of products
const HIDDEN_BELOW = 40; // pixels of width; a tab that is not shown

export class Board {
  constructor(root, words) {
    Object.assign(this, { root, words, painter: null });
    this.box = root.querySelector(".board");
    this.canvas = root.querySelector("canvas");
    this.planes = root.querySelector(".planes");
  }

  /** Lay the scene out, unless nothing has changed since. Says whether it did. */
  fit(scene, tally, fullscreen, rebuild) {
    if (rebuild) this.key = null;
    const width = Math.floor(this.box.clientWidth);
    if (width < HIDDEN_BELOW) return false;
    this.root.classList.toggle("stacked", width < STACKED_BELOW);
    const theme = readTheme(this.root);
    const ratio = window.devicePixelRatio || 1;
    const key = [width, this.box.clientHeight, fullscreen, ratio, JSON.stringify(theme)].join();
    if (key === this.key) return false;
    Object.assign(this, { key, theme });
    this.root.classList.toggle("dark", theme.dark);
    this.planes.hidden = false;
    const switcher = this.planes.offsetWidth + 8;
    const fonts = fullscreen && width > FULLSCREEN_FROM ? FONTS_FULLSCREEN : FONTS;
    const layout = arrange(scene, { width, height: this.box.clientHeight, fonts, switcher }, this.#measure(theme));
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(layout.height * ratio);
    this.canvas.style.height = `${layout.height}px`;
    this.painter = new Painter(this.canvas, scene, tally, layout, theme, ratio, this.words, switcher);
    this.#placeSwitcher(layout);
    return true;
  }

  /** Width of a text for one pixel of font size. */
  #measure(theme) {
    const context = this.canvas.getContext("2d");
    context.font = `${MEASURED_AT}px ${theme.font}`;
    return (text) => context.measureText(text).width / MEASURED_AT;
  }

  /**
   * The buttons that choose a plane stand over the first panel that follows them, and end where it does. Where the terms
   * alone do, they stand below the factors; or beside the name of the products, if there are no factors or a panel stands
   * below.
   */
  #placeSwitcher(layout) {
    this.planes.hidden = layout.allPlanes;
    const panel = layout.grids.find((grid) => grid.switched);
    const { style } = this.planes;
    if (panel) {
      const end = panel.x + Math.max(panel.columns * panel.cw, panel.least);
      style.right = `${layout.width < STACKED_BELOW ? 0 : layout.width - end}px`;
      style.top = `${panel.y - headingHeight(layout.font)}px`;
      style.left = "";
      return;
    }
    const terms = layout.grids.find(({ kind }) => kind !== "panel");
    if (!terms) return;
    style.right = "";
    const last = layout.grids.findLast(({ kind }) => kind !== "panel");
    const alone = last === terms && !layout.flows.length; // arrows go above the grids
    if (alone || layout.grids.some(({ kind, x, y }) => kind === "panel" && x === terms.x && y > terms.y)) {
      style.left = `${last.x + NAME * layout.font}px`;
      style.top = `${last.y - headingHeight(layout.font)}px`;
      return;
    }
    style.left = `${terms.x}px`;
    style.top = `${Math.min(terms.y + terms.rows * terms.ch + UNDER, layout.height - headingHeight(layout.font))}px`;
  }
}
