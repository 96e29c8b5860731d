// The maps of all layers of a stack side by side: one small picture each.

import { find, onArrival } from "../picture/store.js";
import { Picture } from "../picture/view.js";

const instances = new WeakMap();

export default function mount({ data, parentElement, setTriggerValue }) {
  let instance = instances.get(parentElement);
  if (!instance) {
    instance = { row: parentElement.querySelector(".layers"), pictures: [] };
    instance.template = parentElement.querySelector("template");
    instance.stop = onArrival(() => instance.data && show(instance));
    instances.set(parentElement, instance);
  }
  Object.assign(instance, { data, tell: (unit) => setTriggerValue("picked", unit) });
  show(instance);
  return () => {
    instance.stop();
    for (const picture of instance.pictures) picture.remove();
    instances.delete(parentElement);
  };
}

/** Until the numbers are there the maps stay as they were. */
function show(instance) {
  const { data, pictures, tell } = instance;
  const numbers = data.fingerprint === instance.shown ? instance.numbers : find(data.fingerprint);
  if (!numbers) return;
  Object.assign(instance, { numbers, shown: data.fingerprint, data: null });
  while (pictures.length > data.maps.length) discard(pictures.pop());
  while (pictures.length < data.maps.length) pictures.push(added(instance));
  const strengths = data.strength?.getChildAt(0).toArray();
  let [first, light] = [0, 0];
  data.maps.forEach((map, layer) => {
    const cells = numbers.subarray(first, (first += map.rows * map.columns));
    const strength = map.strengths ? strengths.subarray(light, (light += map.strengths)) : undefined;
    const place = pictures[layer].root.parentElement;
    place.classList.toggle("chosen", map.chosen);
    if (map.chosen && instance.chosen !== layer) showPlace(instance.row, place);
    if (map.chosen) instance.chosen = layer;
    const fingerprint = `${data.fingerprint} ${layer}`;
    pictures[layer].load({ ...data.common, ...map, fingerprint, cells, strength }, (unit) => tell({ layer, ...unit }));
  });
}

function added({ row, template }) {
  const place = document.createElement("div");
  place.setAttribute("role", "listitem");
  place.append(template.content.cloneNode(true));
  row.append(place);
  return new Picture(place.querySelector(".picture"));
}

function discard(picture) {
  picture.remove();
  picture.root.parentElement.remove();
}

/** Scroll the row, and nothing else, until a place is in sight. */
function showPlace(row, place) {
  row.scrollTo({ left: place.offsetLeft - (row.clientWidth - place.clientWidth) / 2 });
}
