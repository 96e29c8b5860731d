// The door to Streamlit. Everything else in this folder works without it.

import { Player } from "./player.js";

const instances = new WeakMap();

export default function mount({ data, parentElement, setStateValue }) {
  let instance = instances.get(parentElement);
  const spoken = JSON.stringify(data.words);
  if (instance?.spoken !== spoken) {
    const seek = instance?.player.step ?? data.seek ?? null;
    instance?.player.remove();
    const player = new Player(fresh(parentElement), data.words, (step) => {
      noteInLink(step);
      setStateValue("step", step);
    });
    instance = { player, spoken };
    instances.set(parentElement, instance);
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

/** Here, because each change that the server makes to the link is one press of the browser's Back more. */
function noteInLink(step) {
  const address = new URL(window.location.href);
  address.searchParams.set("step", step);
  window.history.replaceState(window.history.state, "", address);
}

/** The markup as it was before any player: another language begins anew, at the same step. */
function fresh(parentElement) {
  const root = parentElement.querySelector(".stepper");
  const copy = root.cloneNode(true);
  root.replaceWith(copy);
  return copy;
}

/** Arrays come as Arrow tables with one column. */
function show(instance, data, seek) {
  instance.player.load(data.scene, (name) => data[name].getChildAt(0).toArray(), seek);
}
