// An element that shows nothing: it brings a picture's numbers, and is sent again only when they change.

import { drop, keep } from "./store.js";

export default function mount({ data, parentElement }) {
  keep(parentElement, data.fingerprint, data.cells.getChildAt(0).toArray()); // a table with one column
  return () => drop(parentElement);
}
