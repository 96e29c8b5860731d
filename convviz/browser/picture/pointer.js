// Pointer and keys on a picture: point, click, drag, arrows and Enter.

import { onArrows } from "../shared/grid.js";

const LONG_STEP = 10; // cells, with Shift
const STILL = 4; // pixels that a pointer may move in a click

/**
 * @param {HTMLElement} frame
 * @param {Picture} picture told of everything in cells
 */
export function watchPointer(frame, picture) {
  const handle = frame.querySelector(".handle");
  let drag = null;
  frame.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    frame.setPointerCapture(event.pointerId);
    const cell = picture.cellAt(event);
    const held = event.target === handle;
    drag = { from: [event.clientX, event.clientY], moved: false, grip: held ? minus(cell, picture.middle) : [0, 0] };
    // A finger outside the region may be about to scroll the page: wait until it moves sideways or lifts.
    if (!held && event.pointerType !== "touch") picture.moveBox(cell);
  });
  frame.addEventListener("pointermove", (event) => {
    const cell = picture.cellAt(event);
    if (drag) {
      drag.moved ||= Math.hypot(event.clientX - drag.from[0], event.clientY - drag.from[1]) > STILL;
      if (drag.moved) picture.moveBox(minus(cell, drag.grip));
    }
    picture.point(cell);
  });
  frame.addEventListener("pointerup", (event) => {
    if (!drag) return;
    const cell = picture.cellAt(event);
    picture.point(cell);
    picture.pick(drag.moved ? minus(cell, drag.grip) : cell, !drag.moved);
    drag = null;
  });
  frame.addEventListener("pointercancel", () => {
    drag = null;
    picture.restore();
  });
  frame.addEventListener("pointerleave", (event) => {
    if (event.pointerType !== "touch") picture.point(null); // a finger cannot hover: keep what it touched
  });
  frame.addEventListener("blur", () => picture.restore());
  frame.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    event.stopPropagation();
    picture.pick(picture.middle, true);
  });
  onArrows(frame, (way, { shiftKey }) => {
    const to = picture.middle.map((index, axis) => index + way[axis] * (shiftKey ? LONG_STEP : 1));
    picture.moveBox(to);
    picture.point(picture.box ? picture.middle : picture.inside(to), true);
  });
}

const minus = (cell, other) => cell.map((index, axis) => index - other[axis]);
