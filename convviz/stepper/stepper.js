// The door to Streamlit. Everything else in this folder works without it.

import { Player } from "./player.js";

const instances = new WeakMap();

export default function mount({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".stepper");
  let instance = instances.get(parentElement);
  if (!instance) {
    const player = new Player(root, data.words, (step) => setStateValue("step", step));
    instance = { player, data: null, nonce: data.nonce };
    instances.set(parentElement, instance);
    const seek = data.seek ?? null;
    show(instance, data, seek);
  } else if (data.fingerprint !== instance.data.fingerprint) {
    show(instance, data, data.nonce === instance.nonce ? null : data.seek);
  } else if (data.nonce !== instance.nonce) {
    instance.player.seek(data.seek);
  } else instance.player.refreshTheme();
  Object.assign(instance, { data, nonce: data.nonce });
  return () => {
    instance.player.remove();
    instances.delete(parentElement);
  };
}

/** Arrays come as Arrow tables with one column. */
function show(instance, data, seek) {
  instance.player.load(data.scene, (name) => data[name].getChildAt(0).toArray(), seek);
}
