// Paints one pixel for each cell, and says which map it is.
export default function mount({ data, parentElement }) {
  const cells = data.cells.getChildAt(0).toArray();
  const canvas = Object.assign(parentElement.querySelector("canvas"), { width: data.side, height: data.side });
  const context = canvas.getContext("2d");
  const image = context.createImageData(data.side, data.side);
  const pixels = new Uint32Array(image.data.buffer);
  for (let k = 0; k < pixels.length; k++) pixels[k] = 0xff000000 | ((cells[k] / 2) * 0x010101);
  context.putImageData(image, 0, 0);
  parentElement.querySelector(".range").textContent = `Minimum ${data.shift}`;
}
