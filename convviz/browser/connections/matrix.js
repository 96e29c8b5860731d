// Where cells lie and what colour they have: the matrix of a layer, and the weights of a convolution beneath it.

const GOLDEN = 137.508; // degrees from one weight's hue to the next: neighbours differ, and no two of a few hundred agree
const LEAST_MARK = 10; // screen pixels: the least side of the frame around the cell pointed at
const MARK = 3; // and the width of its line
const GAP = 1; // cells between two planes of weights

/** The colour of a weight, by its number. */
function weightColour(weight, dark) {
  return `oklch(${dark ? 0.74 : 0.6} 0.15 ${((weight * GOLDEN) % 360).toFixed(1)})`;
}

/** The cells of the matrix: the weight in each, -1 where there is none. */
export function matrixCells({ weights, inputs, outputs }) {
  return { columns: inputs, rows: outputs, weightAt: (row, column) => weights[row * inputs + column] };
}

/** A row of kernels for each filter, one for each channel. */
export function kernelCells({ filters, channels, kernel: [high, wide] }) {
  const [acrossPlane, downPlane] = [wide + GAP, high + GAP];
  return {
    columns: channels * acrossPlane - GAP,
    rows: filters * downPlane - GAP,
    weightAt: (row, column) => {
      const [c, v, f, u] = [Math.floor(column / acrossPlane), column % acrossPlane, Math.floor(row / downPlane), row % downPlane];
      return u < high && v < wide ? ((f * channels + c) * high + u) * wide + v : -1;
    },
  };
}

/** The nearest cell with a weight from a cell on, in a direction; the cell itself where there is none. */
export function nextOf({ rows, columns, weightAt }, from, [down, across]) {
  let [row, column] = from;
  do {
    row += down;
    column += across;
    if (row < 0 || row >= rows || column < 0 || column >= columns) return from;
  } while (weightAt(row, column) < 0);
  return [row, column];
}

/** Paint cells; those of the weight pointed at stand out while all others step back, and the `marked` cell has a frame. */
export function paint(canvas, cells, scale, { pointed, theme, ratio, marked }) {
  const { rows, columns, weightAt } = cells;
  Object.assign(canvas, { width: Math.round(columns * scale * ratio), height: Math.round(rows * scale * ratio) });
  Object.assign(canvas.style, { width: `${columns * scale}px`, height: `${rows * scale}px` });
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const gap = scale >= 5 ? 1 : 0;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const weight = weightAt(row, column);
      if (weight < 0) continue;
      context.globalAlpha = pointed === null || weight === pointed ? 1 : 0.18;
      context.fillStyle = weight === pointed ? theme.window : weightColour(weight, theme.dark);
      context.fillRect(column * scale, row * scale, scale - gap, scale - gap);
    }
  }
  context.globalAlpha = 1;
  if (!marked) return;
  const side = Math.max(scale, LEAST_MARK);
  const [y, x] = marked.map((index) => (index + 0.5) * scale - side / 2);
  context.strokeStyle = theme.text;
  context.lineWidth = MARK;
  context.strokeRect(x, y, side, side);
}
