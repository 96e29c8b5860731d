// The numbers and names a sentence of the scene may use, at a step.

import { cellText, inBrackets, isRounded, isShort, numberText } from "../shared/format.js";
import { termsAt } from "./terms.js";

/** Each number a sentence of this step may name. */
export function numbersAt(scene, tally, position, terms) {
  const { loops, phase } = position;
  const numbers = { taps: terms.values.length, ties: terms.holders.length };
  if (terms.known) numbers.running = terms.running;
  for (const { key, taps } of scene.accesses.values()) if (taps === 1) [numbers[key]] = scene.numbers(key, loops);
  scene.variables.forEach((v) => {
    numbers[v.name] = v.strides.reduce((sum, stride, k) => sum + stride * Math.floor(loops[k] / v.every[k]), v.offset);
  });
  Object.assign(numbers, tapNumbers(scene, position, terms));
  if (phase.writes && !phase.adds) [numbers.result] = scene.numbers(phase.writes, loops);
  if (phase.adds) Object.assign(numbers, added(scene, tally, position, numbers.term));
  else if (terms.holders.length) Object.assign(numbers, whereIs(scene, phase.factors[0] ?? terms.phase.factors[0], loops, terms.holders[0]));
  if (position.whole) Object.assign(numbers, folded(scene, loops));
  scene.loops.forEach(({ name }, k) => (numbers[name] = loops[k]));
  return numbers;
}

/** The tap as a sentence may name it, and the numbers multiplied there. */
function tapNumbers(scene, { tap }, { factors, values }) {
  const at = tap ?? 0;
  const inPlane = at % scene.planeTaps;
  const [a, b] = factors.map((numbers) => numbers[numbers.length === 1 ? 0 : at]);
  return {
    tap: at + 1,
    channel: Math.floor(at / scene.planeTaps),
    u: Math.floor(inPlane / scene.tapColumns),
    v: inPlane % scene.tapColumns,
    a,
    b,
    term: values[values.length === 1 ? 0 : at],
  };
}

/** The cell added to: where it is, and what it held before and holds now. */
function added(scene, tally, { phase, loops, tap }, term) {
  const after = tally.valueAt(scene.panelOf(phase.writes), scene.cells(phase.writes, loops)[tap ?? 0]);
  return { ...whereIs(scene, phase.writes, loops, tap ?? 0), before: tally.before, after, term };
}

function whereIs(scene, key, loops, tap) {
  const { size, columns } = scene.panelOf(key);
  const cell = scene.cells(key, loops)[tap] % size;
  return { row: Math.floor(cell / columns), column: cell % columns };
}

/** What the visit's terms are folded into, and where a maximum lies. */
function folded(scene, loops) {
  const slot = scene.slots.findLastIndex(({ phase }) => phase.fold);
  if (slot < 0) return {};
  const { phase, running, holders } = termsAt(scene, { slot, loops });
  return { running, ties: holders.length, ...(holders.length ? whereIs(scene, phase.factors[0], loops, holders[0]) : {}) };
}

/** Names of the panels as the source writes them, without their index. */
export function namesOf(scene) {
  const keys = [...scene.accesses.keys()];
  return Object.fromEntries(keys.map((key) => [`name_${key}`, scene.panelOf(key).label.split("[")[0]]));
}

const FACTORS = ["a", "b"]; // as their cells write them

/** Each number as text, and once more in brackets if it is negative. */
export function spoken(exact) {
  const known = Object.entries(exact).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known.flatMap(([name, value]) => {
    const text = FACTORS.includes(name) ? cellText(value) : numberText(value);
    return [[name, text], [`(${name})`, inBrackets(text, value)]];
  }));
}

/** Which of these names say less than their number. */
export function roundedOf(exact) {
  const names = Object.keys(exact).filter((name) => (FACTORS.includes(name) ? isShort : isRounded)(exact[name]));
  return new Set(names.flatMap((name) => [name, `(${name})`]));
}
