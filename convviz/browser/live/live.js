// An element that shows nothing: it brings parts that stand on the page new data, all at once.

import { unpacked } from "../shared/door.js";
import { drop, keep, tellParts } from "../shared/exchange.js";

const PATIENCE = 1000; // milliseconds after which an element that is gone does not come back
const brought = new WeakMap(); // for each element, a key for each array of numbers that it brought
let calls = 0;

export default function mount({ data, parentElement }) {
  calls += 1;
  const { parts, numbers, ...arrays } = unpacked(data);
  const whole = (value) => (value?.array ? arrays[value.array] : value);
  const before = brought.get(parentElement) ?? [];
  brought.set(
    parentElement,
    Object.entries(numbers).map(([mark, cells]) => {
      const owner = {};
      keep(owner, mark, whole(cells));
      return owner;
    }),
  );
  tellParts(
    Object.entries(parts).map(([key, values]) => [key, Object.fromEntries(Object.entries(values).map(([name, value]) => [name, whole(value)]))]),
  );
  before.forEach(drop);
  return () => leave(parentElement);
}

/** A run that is broken off by the next takes the element away for a moment: until that one ends, its data counts. */
function leave(parentElement) {
  const mine = brought.get(parentElement) ?? [];
  brought.delete(parentElement);
  const then = calls;
  setTimeout(() => {
    mine.forEach(drop);
    if (calls === then) tellParts([]);
  }, PATIENCE);
}
