// The maps of all layers of a stack side by side: one small picture each.

import { door } from "../shared/door.js";
import { element } from "../shared/element.js";
import { Picture } from "../picture/view.js";

class LayerMaps {
  constructor(parentElement) {
    this.row = parentElement.querySelector(".layers");
    this.template = parentElement.querySelector("template");
    this.pictures = [];
  }

  /** @param {object} data from Python: what the pictures have in `common`, the `maps`, and the `cells` of all in one row */
  load(data, { setTriggerValue }) {
    const { pictures } = this;
    this.row.style.setProperty("--count", data.maps.length);
    while (pictures.length > data.maps.length) discard(pictures.pop());
    while (pictures.length < data.maps.length) pictures.push(this.#added());
    let [first, light] = [0, 0];
    data.maps.forEach((map, layer) => {
      const mark = `${data.numbers.cells} ${first} ${map.rows}×${map.columns}`;
      const cells = data.cells.subarray(first, (first += map.rows * map.columns));
      const strength = map.strengths ? data.strength.subarray(light, (light += map.strengths)) : undefined;
      const tell = (name, cell) => setTriggerValue(name, { layer, ...cell });
      pictures[layer].load({ ...data.common, ...map, numbers: { cells: mark }, cells, strength }, { setTriggerValue: tell });
      pictures[layer].root.parentElement.classList.toggle("chosen", map.chosen); // its name stands out
    });
  }

  #added() {
    const place = element("div", { role: "listitem" }, this.template.content.cloneNode(true));
    this.row.append(place);
    return new Picture(place.querySelector(".picture"));
  }

  remove() {
    for (const picture of this.pictures) picture.remove();
  }
}

function discard(picture) {
  picture.remove();
  picture.root.parentElement.remove();
}

export default door((parentElement) => new LayerMaps(parentElement));
