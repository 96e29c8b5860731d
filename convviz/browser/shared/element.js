// Elements of the page, and what they are told.

/** An element with attributes, of which those that are null are left out, and children. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** The height of the window that is the page's: a lesson's strip at the top takes some of it. */
export function pageHeight() {
  return window.innerHeight - (Number.parseFloat(document.documentElement.style.getPropertyValue("--lesson")) || 0);
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
