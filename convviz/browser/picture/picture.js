// The door to Streamlit. Everything else in this folder works without it.

import { find, onArrival } from "./store.js";
import { Picture } from "./view.js";

const instances = new WeakMap();

export default function mount({ data, parentElement, setTriggerValue }) {
  let instance = instances.get(parentElement);
  if (!instance) {
    instance = { picture: new Picture(parentElement.querySelector(".picture")) };
    instance.stop = onArrival(() => instance.data && show(instance));
    instances.set(parentElement, instance);
  }
  Object.assign(instance, { data, tell: (cell) => setTriggerValue("picked", cell) });
  show(instance);
  return () => {
    instance.stop();
    instance.picture.remove();
    instances.delete(parentElement);
  };
}

/** Until the numbers are there the picture stays as it was. */
function show(instance) {
  const { picture, data, tell } = instance;
  const shown = picture.data?.fingerprint === data.fingerprint && picture.data.cells;
  const cells = shown || find(data.fingerprint);
  if (!cells) return;
  const strength = data.strength?.getChildAt(0).toArray(); // a table with one column
  picture.load({ ...data, cells, strength }, tell);
  instance.data = null; // nothing left to wait for
}
