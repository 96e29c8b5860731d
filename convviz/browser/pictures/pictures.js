// Small pictures with a caption each, every pixel a square; where they can be chosen, as buttons.

import { door } from "../shared/door.js";
import { element } from "../shared/element.js";
import { photoPixels } from "../shared/pixels.js";

class Pictures {
  constructor(parentElement) {
    this.list = parentElement.querySelector(".pictures");
  }

  load(data, { setTriggerValue }) {
    const { list } = this;
    const focused = [...list.querySelectorAll("button")].indexOf(list.getRootNode().activeElement);
    list.setAttribute("aria-label", data.label);
    list.style.setProperty("--wide", `${data.wide}px`);
    list.classList.toggle("bare", !data.captioned);
    const tell = data.chosen ? (k) => setTriggerValue("chosen", k) : null;
    list.replaceChildren(...data.captions.map((_text, k) => element("li", {}, framed(data, k, tell))));
    list.querySelectorAll("button")[focused]?.focus({ preventScroll: true }); // the others have taken its place
  }

  remove() {}
}

function framed({ rows, columns, cells, captions, captioned }, k, tell) {
  const size = 3 * rows * columns;
  const canvas = photoPixels({ rows, columns, planes: 3, cells: cells.subarray(k * size, (k + 1) * size) });
  canvas.setAttribute("aria-hidden", "true"); // the caption says what it is
  const text = captions[k];
  const named = captioned ? {} : { title: text, "aria-label": text };
  const frame = element(tell ? "button" : "div", named, canvas, ...(captioned ? [element("span", {}, text)] : []));
  if (tell) frame.addEventListener("click", () => tell(k));
  return frame;
}

export default door((parentElement) => new Pictures(parentElement));
