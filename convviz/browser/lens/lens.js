// The door to Streamlit. The numbers of the photo and of the map come with the two pictures.

import { find, onArrival } from "../picture/store.js";
import { Lens } from "./view.js";

const instances = new WeakMap();

export default function mount({ data, parentElement }) {
  let instance = instances.get(parentElement);
  if (!instance) {
    instance = { lens: new Lens(parentElement.querySelector(".lens")) };
    instance.stop = onArrival(() => show(instance));
    instances.set(parentElement, instance);
  }
  instance.data = data;
  show(instance);
  return () => {
    instance.stop();
    instance.lens.remove();
    instances.delete(parentElement);
  };
}

/** Until all numbers are there the lens stays as it was. */
function show(instance) {
  const { lens, data } = instance;
  if (!data) return;
  const [pixels, values] = [find(data.pixelsMark), find(data.valuesMark)];
  if (!pixels || !values) return;
  lens.load({ ...data, pixels, values });
  instance.data = null; // nothing left to wait for
}
