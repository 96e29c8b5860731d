// A number pulled up and down: by dragging, by the wheel, by arrow keys with Alt.

const DRAG_STEP = 8; // screen pixels dragged for one step
const LEAST_DRAG = 5; // before a press becomes a drag
const NUDGE_DIGITS = 15; // what adding 0.1 leaves behind them is not shown

/** A number some steps of 1 higher; of 10 with Shift, of 0.1 with `fine`. */
export function nudged(value, steps, { shiftKey }, fine) {
  const step = shiftKey ? 10 : fine ? 0.1 : 1;
  return Number((value + steps * step).toPrecision(NUDGE_DIGITS)) + 0;
}

/**
 * Call `nudge(cell, steps, event)` while a person drags a cell or turns the wheel over the one in focus.
 * A finger scrolls the page until the cell is in focus.
 */
export function onNudge(root, nudge) {
  let drag = null;
  root.addEventListener("pointerdown", (event) => {
    const cell = event.target;
    if (!cell.matches("td input") || event.button !== 0) return;
    if (event.pointerType === "touch" && cell !== cell.getRootNode().activeElement) return;
    drag = { cell, from: event.clientY, steps: 0, begun: false };
  });
  root.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const up = drag.from - event.clientY;
    if (!drag.begun && Math.abs(up) < LEAST_DRAG) return;
    if (!drag.begun) drag.cell.setPointerCapture(event.pointerId);
    drag.begun = true;
    const steps = Math.trunc(up / DRAG_STEP);
    if (steps !== drag.steps) nudge(drag.cell, steps - drag.steps, event);
    drag.steps = steps;
  });
  for (const type of ["pointerup", "pointercancel"]) root.addEventListener(type, () => (drag = null));
  const wheel = (event) => {
    const cell = event.target;
    if (!cell.matches("td input") || cell !== cell.getRootNode().activeElement) return;
    event.preventDefault();
    const way = Math.sign(event.deltaY || event.deltaX);
    if (way) nudge(cell, -way, event);
  };
  root.addEventListener("wheel", wheel, { passive: false });
}
