// An element that shows nothing: it brings numbers, and is sent again only when they change.

import { unpacked } from "../shared/door.js";
import { drop, keep } from "../shared/exchange.js";

export default function mount({ data, parentElement }) {
  const { mark, cells } = unpacked(data);
  keep(parentElement, mark, cells);
  return () => drop(parentElement);
}
