// The network as a row of boxes: each layer, the shape of what comes out of it, and how many numbers it trains.

import { door } from "../shared/door.js";
import { element } from "../shared/element.js";

class Diagram {
  constructor(parentElement) {
    this.list = parentElement.querySelector(".diagram");
  }

  load({ label, boxes }) {
    this.list.setAttribute("aria-label", label);
    this.list.replaceChildren(...boxes.map((box) => element("li", {}, boxOfLayer(box))));
  }

  remove() {}
}

function boxOfLayer({ title, shape, parameters }) {
  const lines = [element("b", {}, title), element("span", {}, shape), element("span", {}, parameters || "\u00a0")];
  return element("div", { class: parameters ? "box trained" : "box" }, ...lines);
}

export default door((parentElement) => new Diagram(parentElement));
