// An element that shows nothing: it brings parts that stand on the page new data, all at once.

import { unpacked } from "../shared/door.js";
import { drop, keep, tellParts } from "../shared/exchange.js";

const brought = new WeakMap(); // for each element, a key for each array of numbers that it brought

export default function mount({ data, parentElement }) {
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
  return () => {
    (brought.get(parentElement) ?? []).forEach(drop);
    brought.delete(parentElement);
    tellParts([]);
  };
}
