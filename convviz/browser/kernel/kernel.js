// A grid of numbers that a person changes as in a spreadsheet, or by pulling. The browser keeps every keystroke.

import { readTheme } from "../shared/colour.js";
import { door } from "../shared/door.js";
import { element } from "../shared/element.js";
import { cellText, fill } from "../shared/format.js";
import { drawSwitch, switched } from "./alike.js";
import { Cells } from "./cells.js";
import { onDraw, opposite } from "./drawing.js";
import { nudged, onNudge } from "./nudging.js";
import { blockOf, planesOf, textOf, weightIn } from "./reading.js";
import { Sending } from "./sending.js";
import { normalised, TOOLS } from "./tools.js";

const BLEED = 22; // of the 30 pixels at either side of the sidebar

class NumberGrid {
  constructor(parentElement) {
    this.root = parentElement.querySelector(".numbers");
    const beside = this.root.getRootNode().host?.closest(".stSidebar") ? BLEED : 0;
    this.root.style.setProperty("--bleed", `${beside}px`);
    this.sending = new Sending();
    this.cells = new Cells(this.root);
    this.began = null; // what the cell in focus held when it got the focus
    this.tabbed = null; // the column from which Tab went on, to which Enter returns
    const { root } = this;
    const onCell = (type, act) =>
      root.addEventListener(type, (event) => event.target.matches("td input") && act(event.target, event));
    onCell("mousedown", (cell, event) => this.#press(cell, event));
    onCell("focusin", (cell) => this.#enter(cell));
    onCell("focusout", (cell) => this.#leave(cell));
    onCell("input", (cell) => this.#type(cell));
    onCell("keydown", (cell, event) => this.#key(cell, event));
    onCell("paste", (cell, event) => this.#paste(cell, event));
    const draws = () => this.data.draws;
    onDraw(root, { draws, valueOf: (cell) => this.cells.valueOf(cell), set: (cell, value) => this.#set(cell, value), done: () => this.sending.flush() });
    onNudge(root, (cell, steps, event) => this.#nudge(cell, nudged(this.cells.valueOf(cell), steps, event, event.altKey)));
    root.addEventListener("click", ({ target }) => target.dataset.tool && this.#use(target.dataset.tool));
    root.querySelector(".alike").addEventListener("click", () => this.#replace(switched(this.cells.planes, this.data.names)));
  }

  load(data, { setStateValue }) {
    const { root, sending } = this;
    this.data = data;
    this.dark = readTheme(root).dark;
    sending.tell = (typed) => setStateValue("typed", typed);
    root.setAttribute("aria-label", data.label);
    root.classList.toggle("draws", data.draws);
    root.querySelector(".hint").textContent = data.draws ? data.words.drawn : data.words.hint;
    const note = root.querySelector(".note");
    note.textContent = data.note;
    note.hidden = !data.note;
    root.querySelector(".about").textContent = data.about;
    this.#drawTools();
    this.#show(sending.takes(data) ? planesOf(data.text) : this.cells.planes);
    this.cells.paint(this.dark);
  }

  #show(planes) {
    drawSwitch(this.root.querySelector(".alike"), this.data, planes);
    this.cells.show(planes, this.data);
  }

  remove() {
    this.sending.flush();
  }

  #drawTools() {
    const { words, tools } = this.data;
    const bar = this.root.querySelector(".tools");
    bar.hidden = !tools;
    bar.setAttribute("aria-label", words.tools);
    if (!tools) return;
    const signs = Object.entries(TOOLS).map(([name, { sign }]) => [name, sign]);
    const button = ([name, sign]) => element("button", { type: "button", "data-tool": name }, sign);
    if (!bar.childElementCount) bar.append(...[...signs, ["normalise", "Σ1"]].map(button));
    for (const each of bar.children) {
      each.title = words[each.dataset.tool];
      each.setAttribute("aria-label", each.title);
    }
  }

  #set(cell, value) {
    if (this.cells.put(cell, value)) this.#changed();
  }

  #changed() {
    this.#say("");
    this.cells.paint(this.dark);
    this.sending.change(textOf(this.cells.planes));
  }

  #say(sentence) {
    this.root.querySelector(".said").textContent = sentence;
  }

  /** A click brings the focus without taking the selection away again. */
  #press(cell, event) {
    this.tabbed = null;
    if (cell === cell.getRootNode().activeElement) return;
    event.preventDefault();
    cell.focus();
  }

  #enter(cell) {
    this.began = this.cells.valueOf(cell);
    cell.value = String(this.began);
    cell.select();
  }

  #type(cell) {
    const value = weightIn(cell.value);
    cell.setAttribute("aria-invalid", String(Number.isNaN(value) && !/^[-+−.]*$/.test(cell.value.trim())));
    if (!Number.isNaN(value)) this.#set(cell, value);
  }

  #leave(cell) {
    this.#settle(cell);
    cell.value = cellText(this.cells.valueOf(cell));
    this.sending.flush();
  }

  /** What was typed counts, an empty cell as 0; what is no number is refused, and what was there stays. */
  #settle(cell) {
    const text = cell.value.trim();
    cell.removeAttribute("aria-invalid");
    if (text === "") this.#set(cell, 0);
    else if (Number.isNaN(weightIn(text))) {
      const [, row, column] = this.cells.placeOf(cell);
      this.#set(cell, this.began);
      this.#say(fill(this.data.words.refused, { row, column, text, kept: cellText(this.began) }));
    }
    cell.value = String(this.cells.valueOf(cell));
    this.began = this.cells.valueOf(cell);
  }

  #key(cell, event) {
    const { key, shiftKey, altKey, ctrlKey, metaKey } = event;
    if (event.isComposing || ctrlKey || metaKey) return undefined;
    const place = this.cells.placeOf(cell);
    if (this.data.draws && key === " ") return this.#do(event, () => this.#nudge(cell, opposite(this.cells.valueOf(cell))));
    if (key === "Tab") return void (this.tabbed ??= shiftKey ? null : place[2]);
    const down = { ArrowUp: -1, ArrowDown: 1 }[key];
    if (altKey) return down && this.#do(event, () => this.#nudge(cell, nudged(this.cells.valueOf(cell), -down, event, false)));
    if (key === "Escape") return this.#do(event, () => this.#nudge(cell, this.began));
    if (key === "Enter") return this.#do(event, () => this.#down(cell, shiftKey ? -1 : 1));
    if (down) return this.#do(event, () => this.#go(cell, [down, 0]));
    const across = { ArrowLeft: -1, ArrowRight: 1 }[key];
    if (across && !shiftKey && atEdge(cell, across)) return this.#do(event, () => this.#go(cell, [0, across]));
    return undefined;
  }

  #do(event, act) {
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  #go(cell, [down, across]) {
    this.tabbed = null;
    const [plane, row, column] = this.cells.placeOf(cell);
    const next = this.cells.at([plane, row + down, column + across]) ?? cell;
    if (next === cell) this.#settle(cell);
    next.focus();
    next.select();
  }

  /** Enter goes to the next row, in the column from which Tab went on. */
  #down(cell, way) {
    const column = this.cells.placeOf(cell)[2];
    this.#go(cell, [way, (this.tabbed ?? column) - column]);
  }

  #nudge(cell, value) {
    cell.focus();
    cell.value = String(value);
    cell.removeAttribute("aria-invalid");
    cell.select();
    this.#set(cell, value);
  }

  /** A block fills the cells from this one on, one as large as the grid all of it; a single number is typed. */
  #paste(cell, event) {
    const block = blockOf(event.clipboardData.getData("text/plain"));
    if (block.flat().length < 2) return;
    event.preventDefault();
    event.stopPropagation();
    const { words } = this.data;
    const [plane, ...at] = this.cells.placeOf(cell);
    const size = [this.cells.planes[plane].length, this.cells.planes[plane][0].length];
    const wide = Math.max(...block.map((row) => row.length));
    const [top, left] = block.length === size[0] && wide === size[1] ? [0, 0] : at;
    if (top + block.length > size[0] || left + wide > size[1]) {
      return this.#say(fill(words.tooLarge, { rows: block.length, columns: wide, row: top, column: left }));
    }
    const values = block.map((row) => row.map((text) => (text.trim() ? weightIn(text) : 0)));
    const wrong = values.findIndex((row) => row.some(Number.isNaN));
    if (wrong >= 0) {
      const column = values[wrong].findIndex(Number.isNaN);
      return this.#say(fill(words.refusedBlock, { row: top + wrong, column: left + column, text: block[wrong][column].trim() }));
    }
    const { planes } = this.cells;
    values.forEach((row, i) => row.forEach((value, j) => (planes[plane][top + i][left + j] = value)));
    this.began = this.cells.valueOf(cell);
    cell.value = String(this.began);
    this.#changed();
    cell.select();
    return undefined;
  }

  #use(tool) {
    const planes = tool === "normalise" ? normalised(this.cells.planes) : this.cells.planes.map(TOOLS[tool].change);
    if (!planes) return this.#say(this.data.words.noSum);
    this.#replace(planes);
    return undefined;
  }

  #replace(planes) {
    this.#show(planes);
    this.#changed();
    this.sending.flush();
  }
}

/** Whether an arrow to the left or the right leaves the text: all of it is selected, or the caret is at that end. */
function atEdge({ selectionStart, selectionEnd, value }, way) {
  if (selectionStart === 0 && selectionEnd === value.length) return true;
  return selectionStart === selectionEnd && selectionStart === (way < 0 ? 0 : value.length);
}

export default door((parentElement) => new NumberGrid(parentElement));
