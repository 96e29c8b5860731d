// Elements of the page, and what they are told.

/** An element with attributes, of which those that are null are left out, and children. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

export const STACKED = 640; // screen pixels of a window up to which pictures stand below each other

const heights = (globalThis[Symbol.for("convviz.heights")] ??= new Map()); // heights, by the parts that take them

/** The height of the window that is the page's: a lesson's strip and a high lens take some of it. */
export function pageHeight() {
  return [...heights.values()].reduce((left, height) => left - height, window.innerHeight);
}

/** Let a part take so much of the window's height: what the page draws as tall as the window has that much less room. */
export function takeHeight(part, height) {
  if ((heights.get(part) ?? 0) === height) return;
  if (height) heights.set(part, height);
  else heights.delete(part);
  window.dispatchEvent(new Event("resize"));
}

/** What the size of a picture in an element depends on: the width there is, the page's height and width, screen pixels. */
export const roomFor = ({ clientWidth }) => [clientWidth, pageHeight(), window.innerWidth, window.devicePixelRatio];

/** Call back when an element or the window has another size; returns a function that ends it. */
export function onResize(watched, callback) {
  const observer = new ResizeObserver(() => callback());
  const resized = () => callback();
  observer.observe(watched);
  window.addEventListener("resize", resized);
  return () => {
    observer.disconnect();
    window.removeEventListener("resize", resized);
  };
}
