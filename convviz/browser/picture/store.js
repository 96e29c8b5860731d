// Numbers on their way from the component that brings them to the picture that shows them.
// The browser loads the two components as separate modules, so they meet in a global of their own.

const ARRIVED = "convviz-cells";
const kept = (globalThis[Symbol.for("convviz.picture.cells")] ??= new Map());

/** Keep numbers for as long as the element that brought them is on the page. */
export function keep(owner, fingerprint, cells) {
  kept.set(owner, { fingerprint, cells });
  document.dispatchEvent(new Event(ARRIVED));
}

export function drop(owner) {
  kept.delete(owner);
}

/** The numbers with this fingerprint, or undefined where they have not arrived. */
export function find(fingerprint) {
  for (const entry of kept.values()) if (entry.fingerprint === fingerprint) return entry.cells;
  return undefined;
}

/** Call back whenever numbers arrive; returns a function that ends it. */
export function onArrival(callback) {
  document.addEventListener(ARRIVED, callback);
  return () => document.removeEventListener(ARRIVED, callback);
}
