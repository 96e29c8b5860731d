// The exact numbers of a map that has travelled as shades: a tile of them is fetched when one of its cells is asked for.

import { onEvent } from "./exchange.js";
import { addressOf } from "./server.js";

const FETCHED = "convviz-numbers";
const MOST_TILES = 64;
const REST = 2000; // milliseconds before a tile that did not come is asked for again
const tiles = (globalThis[Symbol.for("convviz.tiles")] ??= new Map()); // by address; null on its way

/**
 * The numbers of a cell, one a plane; undefined until they are here.
 * @param {{key: string, tile: number, size: number[]}} source of the map, from Python
 * @param {number[]} cell (row, column)
 */
export function exactAt({ key, tile, size }, cell) {
  const place = cell.map((index) => Math.floor(index / tile));
  const address = `cells/${key}/${place.join("/")}`;
  if (!tiles.has(address)) fetchTile(address);
  const numbers = tiles.get(address);
  if (!numbers) return undefined;
  const [high, wide] = place.map((index, axis) => Math.min(tile, size[axis] - index * tile));
  const planes = numbers.length / (high * wide);
  const from = ((cell[0] % tile) * wide + (cell[1] % tile)) * planes;
  return numbers.subarray(from, from + planes);
}

/** Call back whenever numbers have been fetched, or can be asked for again; returns a function that ends it. */
export function onFetched(callback) {
  return onEvent(FETCHED, callback);
}

async function fetchTile(address) {
  tiles.set(address, null);
  try {
    const answer = await fetch(addressOf(address));
    if (answer.status !== 200) throw new Error(address);
    tiles.set(address, new Float64Array(await answer.arrayBuffer()));
  } catch {
    await new Promise((go) => setTimeout(go, REST)); // a kernel that slides would ask for it at every step
    tiles.delete(address);
  }
  if (tiles.size > MOST_TILES) tiles.delete(tiles.keys().next().value);
  document.dispatchEvent(new Event(FETCHED)); // who still points there asks again where it has not come
}
