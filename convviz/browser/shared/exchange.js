// What parts of a page tell each other: numbers that have arrived, and the cell that is pointed at.
// The browser loads each part as a module of its own, so they meet in the document and in one global.

const ARRIVED = "convviz-cells";
const POINTED = "convviz-point";
const TOLD = "convviz-data";
const told = (globalThis[Symbol.for("convviz.data")] ??= new Map()); // new data of parts, by their keys
const kept = (globalThis[Symbol.for("convviz.cells")] ??= new Map());

/** Keep numbers for as long as the element that brought them is on the page. */
export function keep(owner, mark, cells) {
  kept.set(owner, { mark, cells });
  document.dispatchEvent(new Event(ARRIVED));
}

export function drop(owner) {
  kept.delete(owner);
}

/** The numbers with this mark, or undefined where they have not arrived. */
export function find(mark) {
  for (const entry of kept.values()) if (entry.mark === mark) return entry.cells;
  return undefined;
}

/** Give parts new data: it counts from now on, until there is other data, and for the parts left out their own. */
export function tellParts(entries) {
  told.clear();
  for (const [key, data] of entries) told.set(key, data);
  document.dispatchEvent(new Event(TOLD));
}

/** The new data of a part; undefined where there is none. */
export const toldTo = (key) => told.get(key);

/** Call back whenever parts have been given new data; returns a function that ends it. */
export function onTold(callback) {
  return onEvent(TOLD, callback);
}

/** Call back whenever numbers arrive; returns a function that ends it. */
export function onArrival(callback) {
  return onEvent(ARRIVED, callback);
}

/**
 * Tell the parts of a group what is pointed at.
 * @param {{group: string, from: "photo"|"map", cell: number[]|null, lattice: object}} pointed `lattice` is how the map lies
 *   on the photo
 */
export function sayPointed(pointed) {
  document.dispatchEvent(new CustomEvent(POINTED, { detail: pointed }));
}

/** Call back with what is pointed at in a picture of any group; returns a function that ends it. */
export function onPointed(callback) {
  return onEvent(POINTED, ({ detail }) => callback(detail));
}

/** Call back on an event of the document; returns a function that ends it. */
export function onEvent(name, callback) {
  document.addEventListener(name, callback);
  return () => document.removeEventListener(name, callback);
}
