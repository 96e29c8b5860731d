// The pointer over the canvas: what it points at, what is pinned, and what that is linked to.

import { linkedTo } from "./links.js";

export class Pointer {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {HTMLElement} readout says what is pointed at
   * @param {{changed: () => void, jump: () => void}} actions
   */
  constructor(canvas, readout, actions) {
    Object.assign(this, { canvas, readout, actions, pinned: null, hovered: null, linked: null });
    canvas.addEventListener("pointermove", (event) => this.#hover(event));
    canvas.addEventListener("pointerleave", () => this.#hover(null));
    canvas.addEventListener("click", (event) => this.#click(event));
    canvas.addEventListener("dblclick", () => actions.jump());
  }

  /** A new scene or layout: what is where, and what the words are. */
  attach(painter, words) {
    Object.assign(this, { painter, words });
  }

  /** A new scene has none of the old cells. */
  forget() {
    this.pinned = this.hovered = null;
  }

  unpin() {
    this.forget();
    this.actions.changed();
  }

  /** The plane pointed at, where each has a grid of its own: the others follow it. */
  get plane() {
    return (this.pinned ?? this.hovered)?.own ?? null;
  }

  /** Look up again what is pinned or pointed at: it stays while the step moves. */
  follow(position, focus, terms) {
    this.focus = focus;
    const hit = this.pinned ?? this.hovered;
    this.linked = hit ? linkedTo(hit, this.painter, position, this.words, terms) : null;
    const text = this.linked?.text ?? "";
    if (this.readout.textContent !== text) this.readout.textContent = this.readout.title = text;
  }

  #hover(event) {
    const hit = event && this.#hit(event);
    if (hit?.id === this.hovered?.id) return;
    this.hovered = hit;
    if (!this.pinned) this.actions.changed();
  }

  #click(event) {
    const hit = this.#hit(event);
    this.pinned = this.pinned?.id === hit?.id ? null : hit;
    this.hovered = hit;
    this.actions.changed();
  }

  /** What lies under the pointer: a cell of a panel, or a tap. */
  #hit(event) {
    if (!this.painter) return null;
    const box = this.canvas.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    for (const grid of this.painter.layout.grids) {
      const column = Math.floor((x - grid.x) / grid.cw);
      const row = Math.floor((y - grid.y) / grid.ch);
      if (column < 0 || row < 0 || column >= grid.columns || row >= grid.rows) continue;
      const plane = this.painter.planeOf(grid, this.focus);
      const cell = row * grid.columns + column;
      const follows = grid.kind !== "panel" || this.painter.scene.isWindow(grid.key);
      const own = follows && grid.plane >= 0 ? grid.plane : null;
      return { kind: grid.kind, key: grid.key, plane, own, cell, row, column, id: `${grid.key ?? grid.slot}/${plane}/${cell}` };
    }
    return null;
  }
}
