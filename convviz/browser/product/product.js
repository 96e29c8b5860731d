// A convolution as a matrix product: pointing at a number lights all that belongs to it in the input, both matrices,
// their product and the map.

import { imageColour, largest, readTheme, signedColour } from "../shared/colour.js";
import { door } from "../shared/door.js";
import { onResize, pageHeight } from "../shared/element.js";
import { fill } from "../shared/format.js";
import { onArrows, within } from "../shared/grid.js";
import { writeLines } from "../shared/said.js";
import { copied, countsOf, linkedTo } from "./links.js";
import { Sheet } from "./sheet.js";

const NAMES = ["x", "copies", "columns", "rows", "product", "maps"];
const [WIDE, LOW, HIGH] = [600, 250, 700]; // screen pixels: of a page with all side by side, and of their height
const [TITLE, GAP] = [24, 12]; // above each grid, and between two
const [LARGEST, FLAT] = [36, 22]; // of a cell, and of a row of the filters
const SHARE = 0.54; // of the width that the product may take
const NARROW = 100; // screen pixels that the copies take at least

class Product {
  constructor(root) {
    this.root = root;
    this.said = root.querySelector(".pointed");
    this.sheets = Object.fromEntries(NAMES.map((name) => [name, new Sheet(root.querySelector(`[data-sheet="${name}"]`))]));
    this.at = Object.fromEntries(NAMES.map((name) => [name, 0])); // the cell of each pointed at last
    this.remove = onResize(root, () => this.draw());
    for (const name of NAMES) this.#listen(name);
  }

  load(data) {
    this.data = data;
    writeLines(this.root.querySelector(".said"), data.said);
    for (const name of NAMES) {
      const shown = this.#shown(name);
      const [title, more] = shown.title;
      const label = fill(data.words.grid, { name: more ? `${title} ${more}` : title, size: shown.size });
      this.sheets[name].load({ ...shown, label });
      this.at[name] = 0;
    }
    this.point(null);
  }

  /** What a sheet shows: its title, its grid, and its numbers with their colours. */
  #shown(name) {
    const { data } = this;
    const { input, output, x, w, out, sources, copies } = data;
    const { numbers, windows, filters } = countsOf(data);
    const planeOf = (cell) => data.names[Math.floor(cell / (input[1] * input[2]))];
    const limit = { x: largest(x), w: largest(w), out: largest(out) };
    const dark = () => this.theme.dark;
    const ofInput = (cell) => (data.pixels ? imageColour(x[cell], planeOf(cell)) : signedColour(x[cell], limit.x, dark()));
    const grid = (title, [planes, rows, columns], values, colour) => ({ title: [title], size: `${rows}×${columns}`, planes, rows, columns, values, colour });
    const signed = (values, most) => (cell) => signedColour(values[cell], most, dark());
    if (name === "x") return { ...grid("x_pad[0]", input, x, ofInput), inner: data.inner };
    if (name === "copies") {
      const shown = grid("x_pad", [1, ...input.slice(1)], copies, signed(copies, largest(copies)));
      return { ...shown, title: ["x_pad", data.words.copies] };
    }
    if (name === "columns") return grid("x_cols", [1, numbers, windows], copied(data), (cell) => ofInput(sources[cell]));
    if (name === "rows") return grid("w_rows", [1, filters, numbers], w, signed(w, limit.w));
    if (name === "product") return grid("out_rows", [1, filters, windows], out, signed(out, limit.out));
    return grid("out[0]", output, out, signed(out, limit.out));
  }

  /** Light what belongs to a cell, [sheet, cell], and say so; null for none. */
  point(pointed) {
    this.pointed = pointed;
    if (pointed) this.at[pointed[0]] = pointed[1];
    this.linked = pointed && linkedTo(this.data, pointed);
    const { words } = this.data;
    this.said.textContent = this.linked ? fill(words[this.linked.text], this.linked.values) : words.hint;
    this.draw();
  }

  draw() {
    const width = this.root.clientWidth;
    if (!this.data || width < 20) return; // in a hidden tab there is no width
    this.theme = readTheme(this.root);
    this.#place(width);
    for (const name of NAMES) {
      const lit = this.linked?.[name === "maps" ? "product" : name] ?? null;
      this.sheets[name].paint(this.theme, lit, this.pointed?.[0] === name ? this.pointed[1] : null);
    }
  }

  /** Cells as large as fit: the product in the middle with its rows and columns aligned, input and maps beside it. */
  #place(width) {
    const { numbers, windows, filters } = countsOf(this.data);
    const beside = width >= WIDE;
    const tall = beside ? within(Math.max(LOW, pageHeight() - this.data.below), HIGH) : LOW;
    const room = beside ? SHARE * width : width;
    const wide = Math.min(LARGEST, (room - GAP) / (numbers + windows));
    const flat = Math.min(FLAT, Math.max(4, tall / 4 / filters));
    const high = Math.min(FLAT, (tall - 2 * TITLE - GAP / 2 - filters * flat) / numbers);
    this.sheets.columns.place([wide, high]);
    this.sheets.rows.place([wide, flat]);
    this.sheets.product.place([wide, flat]);
    const rest = beside ? (width - (numbers + windows) * wide - 5 * GAP) / 2 : width;
    for (const name of ["x", "maps"]) this.sheets[name].fit([rest, tall - TITLE], LARGEST);
    this.sheets.copies.fit([Math.max(NARROW, numbers * wide), numbers * high], LARGEST);
  }

  #listen(name) {
    const sheet = this.sheets[name];
    const { cells } = sheet;
    cells.addEventListener("pointermove", (event) => {
      const pointed = [name, sheet.under(event)];
      if (String(pointed) !== String(this.pointed)) this.point(pointed);
    });
    cells.addEventListener("pointerleave", (event) => event.pointerType !== "touch" && this.point(null));
    cells.addEventListener("blur", () => this.point(null));
    cells.addEventListener("keydown", (event) => event.key === "Escape" && this.point(null));
    onArrows(cells, (way) => this.point([name, sheet.beside(this.at[name], way)]));
  }
}

export default door((parentElement) => new Product(parentElement.querySelector(".product")));
