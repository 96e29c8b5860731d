// A canvas of a picture, of the size it is laid out in.

/**
 * An empty canvas on which (0, 0) is the corner of the padded picture.
 * @param {object} picture its `root`, `extent` (width, height) in screen pixels, and `ratio` of device pixels to these
 * @param {string} name class of the canvas
 * @param {number} bleed screen pixels by which it stands out beyond the picture
 * @returns {CanvasRenderingContext2D}
 */
export function emptied({ root, extent, ratio }, name, bleed = 0) {
  const canvas = root.querySelector(`canvas.${name}`);
  const [width, height] = extent.map((length) => length + 2 * bleed);
  const pixels = { width: Math.round(width * ratio), height: Math.round(height * ratio) };
  if (canvas.width !== pixels.width || canvas.height !== pixels.height) Object.assign(canvas, pixels);
  Object.assign(canvas.style, { width: `${width}px`, height: `${height}px`, left: `${-bleed}px`, top: `${-bleed}px` });
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  context.translate(bleed, bleed);
  return context;
}
