// Cells turned on and off: by a click, or by dragging over them.

/**
 * Call `set(cell, value)` while a person draws, and `done()` when the hand is lifted.
 * @param {{draws: () => boolean, valueOf: (cell: Element) => number, set: Function, done: Function}} pad
 */
export function onDraw(root, { draws, valueOf, set, done }) {
  let ink = null;
  const isCell = (element) => element?.matches?.("td input");
  const press = (event) => {
    if (!draws() || !isCell(event.target) || event.button !== 0) return;
    event.stopImmediatePropagation(); // the number is not pulled
    ink = opposite(valueOf(event.target));
    set(event.target, ink);
  };
  root.addEventListener("pointerdown", press, { capture: true });
  root.addEventListener("pointermove", ({ clientX, clientY }) => {
    if (ink === null) return;
    const cell = root.getRootNode().elementFromPoint(clientX, clientY);
    if (isCell(cell)) set(cell, ink);
  });
  for (const type of ["pointerup", "pointercancel"]) {
    root.addEventListener(type, () => {
      if (ink !== null) done();
      ink = null;
    });
  }
}

/** 0 of a cell that is on, 1 of one that is off. */
export const opposite = (value) => (value === 0 ? 1 : 0);
