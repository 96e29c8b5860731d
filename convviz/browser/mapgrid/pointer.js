// Pointer and keys on a map of the grid.

const NEIGHBOURS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/**
 * @param {HTMLButtonElement} button the map
 * @param {MapGrid} grid told of drawn cells
 * @param {number} n row of the grid
 * @param {number} f column of the grid
 */
export function watchMap(button, grid, n, f) {
  const middle = () => grid.drawn(n, f).map((count) => count >> 1);
  const under = (event) => {
    const box = button.getBoundingClientRect();
    const share = [(event.clientY - box.top) / box.height, (event.clientX - box.left) / box.width];
    return grid.drawn(n, f).map((count, axis) => Math.max(0, Math.min(Math.floor(share[axis] * count), count - 1)));
  };
  let pointed = null; // a click comes with rounded coordinates, which may lie on the next cell
  const point = (drawn) => grid.point(n, f, (pointed = drawn));
  button.addEventListener("pointerdown", (event) => point(under(event)));
  button.addEventListener("pointermove", (event) => point(under(event)));
  button.addEventListener("pointerleave", () => point(null));
  button.addEventListener("focus", () => button.matches(":focus-visible") && point(middle()));
  button.addEventListener("blur", () => point(null));
  button.addEventListener("click", (event) => {
    const pressed = event.detail === 0; // with the keyboard: there is no place under it
    grid.pick(n, f, pressed ? middle() : pointed ?? under(event));
  });
  button.addEventListener("keydown", (event) => {
    const move = NEIGHBOURS[event.key];
    if (!move) return;
    event.preventDefault();
    event.stopPropagation();
    grid.focus(n, f, move);
  });
}
