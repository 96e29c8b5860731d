// The door to Streamlit. Everything else in this folder works without it.

import { Detail } from "./detail.js";
import { Overview } from "./overview.js";

const instances = new WeakMap();

export default function mount({ data, parentElement, setTriggerValue }) {
  let instance = instances.get(parentElement);
  if (!instance) {
    const root = parentElement.querySelector(".network");
    instance = { overview: new Overview(root), detail: new Detail(root) };
    instance.resized = new ResizeObserver(() => instance.overview.fit());
    instance.resized.observe(root);
    instances.set(parentElement, instance);
  }
  const { overview, detail } = instance;
  const arrays = unpacked(data);
  overview.load(arrays, (chosen) => setTriggerValue("opened", chosen));
  detail.load(arrays, {
    close: () => setTriggerValue("closed", true),
    left: (layer, index) => overview.focus(layer, index),
    step: (chosen) => setTriggerValue("stepped", chosen),
  });
  return () => {
    instance.resized.disconnect();
    instances.delete(parentElement);
  };
}

/** Arrays arrive as tables with one column. */
function unpacked(data) {
  const plain = (value) => (value?.getChildAt ? value.getChildAt(0).toArray() : value);
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, plain(value)]));
}
