// The numbers that the live element brought, for as long as a part is to show them.

import { drop, keep } from "../shared/exchange.js";

const owners = new Map(); // by the marks of the numbers

/** Keep numbers, given by their marks. */
export function keepNumbers(numbers) {
  for (const [mark, cells] of numbers) {
    if (owners.has(mark)) continue;
    owners.set(mark, {});
    keep(owners.get(mark), mark, cells);
  }
}

/** Forget all numbers but those with the marks named. */
export function forgetOthers(named) {
  for (const [mark, owner] of owners) {
    if (named.has(mark)) continue;
    drop(owner);
    owners.delete(mark);
  }
}
