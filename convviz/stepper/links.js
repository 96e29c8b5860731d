// What belongs together: for a cell of the input, a cell of the output or a tap, everything the tables link to it.

import { fill, numberText } from "./format.js";

/**
 * @typedef {{kind: string, plane: number, cell: number, row: number, column: number, id: string}} Hit
 * @typedef {{input: Map<number, number|null>, output: Map<number, number|null>, taps: Set<number>, text: string,
 *   visit?: number}} Linked cells by position, each with the tap that links it; the visit of an output cell
 */

/** @returns {Linked} */
export function linkedTo(hit, painter, position, words) {
  const kinds = { input: inputCell, output: outputCell };
  return (kinds[hit.kind] ?? tapCell)(hit, painter, position, words);
}

const writtenBy = (painter, visit) => painter.scene.cells(painter.outputKey, painter.scene.loopsAt(visit))[0];

function inputCell({ plane, cell, row, column }, painter, position, words) {
  const { scene, inputKey, input } = painter;
  const shown = scene.planesOf(inputKey, position.loops)[plane];
  const flat = shown * input.size + cell;
  const readers = scene.readersOf(inputKey, flat, position.visit);
  const value = numberText(input.values[flat]);
  return {
    input: new Map([[flat, null]]),
    output: new Map(readers.map(({ visit, tap }) => [writtenBy(painter, visit), tap])),
    taps: new Set(readers.filter(({ visit }) => visit === position.visit).map(({ tap }) => tap)),
    text: fill(words.inputCell, { row, column, plane: input.planes[shown], value, count: readers.length }),
  };
}

function outputCell({ cell, row, column }, painter, position, words) {
  const { scene, inputKey, output } = painter;
  const siblings = scene.siblings(position.visit);
  const flat = writtenBy(painter, siblings[0]) + cell;
  const visit = siblings.find((sibling) => writtenBy(painter, sibling) === flat) ?? siblings[0];
  const done = position.phase === scene.writer ? position.visit : position.visit - 1;
  const value = visit <= done ? numberText(output.values[flat]) : "…";
  return {
    input: new Map(Array.from(scene.cells(inputKey, scene.loopsAt(visit)), (read, tap) => [read, tap])),
    output: new Map([[flat, null]]),
    taps: new Set(),
    text: fill(words.outputCell, { row, column, value }),
    visit,
  };
}

function tapCell({ plane, cell, row, column }, painter, position, words) {
  const { scene, inputKey } = painter;
  const tap = plane * scene.planeTaps + cell;
  const { factors, products } = scene.products(position.loops);
  const [a, b, product] = [...factors.map((factor) => factor[tap]), products[tap]].map((value) => numberText(value));
  const met = scene.siblings(position.visit).map((visit) => scene.cells(inputKey, scene.loopsAt(visit))[tap]);
  return {
    input: new Map(met.map((read) => [read, tap])),
    output: new Map([[writtenBy(painter, position.visit), tap]]),
    taps: new Set([tap]),
    text: fill(words.tapCell, { row, column, plane: scene.tapPlaneNames[plane], a, b, product }),
  };
}
