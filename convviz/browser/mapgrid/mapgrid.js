// The door to Streamlit. Numbers and photos come through elements of their own, so both have to be there.

import { find, onArrival } from "../picture/store.js";
import { MapGrid } from "./view.js";

const instances = new WeakMap();

export default function mount({ data, parentElement, setTriggerValue }) {
  let instance = instances.get(parentElement);
  if (!instance) {
    instance = { grid: new MapGrid(parentElement.querySelector(".mapgrid")) };
    instance.stop = onArrival(() => show(instance));
    instances.set(parentElement, instance);
  }
  Object.assign(instance, { data, tell: (place) => setTriggerValue("picked", place) });
  show(instance);
  return () => {
    instance.stop();
    instance.grid.remove();
    instances.delete(parentElement);
  };
}

/** Until everything is there the grid stays as it was; what it shows already is not drawn again. */
function show(instance) {
  const { grid, data, tell } = instance;
  if (!data) return;
  const cells = find(data.cellsMark) ?? (grid.data?.cellsMark === data.cellsMark && grid.data.cells);
  const pixels = find(data.pixelsMark) ?? (grid.data?.pixelsMark === data.pixelsMark && grid.data.pixels);
  if (!cells || !pixels) return;
  grid.load({ ...data, cells, pixels }, tell);
  instance.data = null; // nothing left to wait for
}
