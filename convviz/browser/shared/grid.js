// Cells of a grid on the screen: which one is under the pointer, and which way an arrow key goes.

const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** The number from 0 to `most` that is nearest to `value`. */
export const within = (value, most) => Math.max(0, Math.min(value, most));

/** The cell of a grid of `size` (rows, columns) nearest to a place that may lie between cells or outside. */
export const nearestCell = (place, size) => place.map((index, axis) => within(Math.floor(index), size[axis] - 1));

/** Where a flat position lies in planes of (rows, columns); the shape may have more axes before these. */
export function placeInPlanes(flat, shape) {
  const [rows, columns] = shape.slice(-2);
  const rest = flat % (rows * columns);
  return { plane: Math.floor(flat / (rows * columns)), row: Math.floor(rest / columns), column: rest % columns };
}

/** Where the pointer is over an element: (down, across) as shares of its height and width. */
export function placeUnder({ clientX, clientY }, element) {
  const { left, top, width, height } = element.getBoundingClientRect();
  return [(clientY - top) / height, (clientX - left) / width];
}

/**
 * Call `move` for each arrow key that an element gets; the page around it then does not get the key.
 * @param {HTMLElement} element
 * @param {(way: number[], event: KeyboardEvent) => false|void} move `way` is (rows, columns) to go; false leaves the key to the page
 */
export function onArrows(element, move) {
  element.addEventListener("keydown", (event) => {
    const way = ARROWS[event.key];
    if (!way || move(way, event) === false) return;
    event.preventDefault();
    event.stopPropagation();
  });
}
