// What can be guessed at a visit: one cell, before the visit changes it.

import { largest } from "../shared/colour.js";
import { fill, isRounded } from "../shared/format.js";
import { namesOf, numbersAt, roundedOf, spoken } from "./said.js";
import { termsAt, termsOf } from "./terms.js";

/**
 * @typedef {{key: string, cell: number, plane: number, name: string, sentence?: string, total?: string, phase: object,
 *   result: number, size: number, position: object, answer: number}} Question
 *   the cell asked for, the number it comes to and the size of the numbers around it; `position` is drawn while it is
 *   asked, `answer` is the step that computes it. Where terms are added, the sentence and the total are the question's
 */

/** The phases that change a cell worth asking for. */
const askable = (scene) => scene.phases.filter(({ cell }) => cell);

export const canAsk = (scene) => askable(scene).length > 0;

/** The question of a visit. Visits take turns where several phases can be asked for. @returns {Question} */
export function questionOf(scene, tally, visit) {
  const phases = askable(scene);
  const phase = phases[visit % phases.length];
  const loops = scene.loopsAt(visit);
  const tap = phase.adds ? mostChanged(scene, phase, loops) : null;
  const slot = scene.slots.findIndex((each) => each.phase === phase && each.tap === tap);
  const cell = scene.cells(phase.writes, loops)[tap ?? 0];
  const position = { phase, tap, slot, visit, loops };
  tally.seek(position);
  const numbers = numbersAt(scene, tally, position, termsAt(scene, position));
  const said = { ...namesOf(scene), ...spoken(numbers) };
  const question = { key: phase.writes, cell, plane: Math.floor((tap ?? 0) / scene.planeTaps), phase, name: fill(phase.cell, said) };
  const panel = scene.panelOf(phase.writes);
  Object.assign(question, { answer: visit * scene.slots.length + slot, size: tally.limits.get(panel.key) ?? largest(panel.values) });
  if (!phase.adds) {
    question.position = { ...scene.at(visit * scene.slots.length), asked: question };
    return Object.assign(question, { result: numbers.result });
  }
  question.position = { phase, tap: null, slot: -1, visit, loops, asked: question }; // nothing of the visit has run
  const { name } = question;
  return Object.assign(question, {
    result: numbers.after,
    sentence: fill(phase.asks, { ...said, cell: name }, roundedOf(numbers)),
    total: `${name} ${isRounded(numbers.before) ? "≈" : "="} ${said.before} + ?`,
  });
}

/** The tap whose term is largest, the first of several; one that adds to the frame of padding only if all do. */
function mostChanged(scene, phase, loops) {
  const panel = scene.panelOf(phase.writes);
  const cells = scene.cells(phase.writes, loops);
  const { values } = termsOf(scene, phase, loops);
  const inside = Array.from(cells.keys()).filter((tap) => !scene.isPadding(panel, cells[tap]));
  const taps = inside.length ? inside : Array.from(cells.keys());
  return taps.reduce((best, tap) => (Math.abs(values[tap]) > Math.abs(values[best]) ? tap : best));
}
