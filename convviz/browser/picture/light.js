// Cells that are lit while the rest steps back, and outlines of boxes: what a unit sees, and how strongly.

const DARKEST = { photo: 0.66, map: 0.5 }; // of the veil over cells that are not lit
const SECOND = { light: "#1f5fb4", dark: "#7fb2ff" };

/**
 * The veil over a picture, one pixel a cell; null where nothing is lit.
 * @param {object} data of the picture: `light` is the box lit, `strength` 0 to 255 for each of its cells (all 255 if absent)
 */
export function veilOf({ kind, rows, columns, light, strength }) {
  if (!light) return null;
  const canvas = Object.assign(document.createElement("canvas"), { width: columns, height: rows });
  const context = canvas.getContext("2d");
  const image = context.createImageData(columns, rows);
  const [top, left, bottom, right] = light;
  const width = right - left;
  for (let row = 0, to = 3; row < rows; row++) {
    for (let column = 0; column < columns; column++, to += 4) {
      const inside = row >= top && row < bottom && column >= left && column < right;
      const lit = inside ? (strength?.[(row - top) * width + column - left] ?? 255) : 0;
      image.data[to] = DARKEST[kind] * (255 - lit);
    }
  }
  context.putImageData(image, 0, 0);
  return canvas;
}

/** The veil, the outlines, and where some cells of a box are lit and others are not, a line around each lit one. */
export function drawLit(marks, veil, { marks: outlines, each, light, strength }, theme) {
  const { context, scale } = marks;
  if (veil) {
    context.imageSmoothingEnabled = scale < 1;
    context.drawImage(veil, ...marks.rectangle([0, 0, veil.height, veil.width]));
  }
  const colours = { first: theme.window, second: theme.dark ? SECOND.dark : SECOND.light };
  for (const { box, colour } of outlines ?? []) {
    if (colour === "shared") marks.hatch(box, colours.second, 1);
    else marks.outline(box, colours[colour], theme.background);
  }
  if (each) {
    const [top, left, , right] = light;
    strength.forEach((lit, k) => lit && marks.tap(top + Math.floor(k / (right - left)), left + (k % (right - left)), theme.window));
  }
}
