// Small pictures with a caption each, every pixel a square; where they can be chosen, as buttons.

import { photoPixels } from "../picture/pixels.js";

export default function mount({ data, parentElement, setTriggerValue }) {
  const list = parentElement.querySelector(".pictures");
  const cells = data.cells.getChildAt(0).toArray();
  const size = 3 * data.rows * data.columns;
  const focused = [...list.querySelectorAll("button")].indexOf(list.getRootNode().activeElement);
  list.setAttribute("aria-label", data.label);
  list.style.setProperty("--wide", `${data.wide}px`);
  list.classList.toggle("bare", !data.captioned);
  list.replaceChildren(
    ...data.captions.map((text, k) => {
      const own = cells.subarray(k * size, (k + 1) * size);
      const canvas = photoPixels({ rows: data.rows, columns: data.columns, planes: 3, cells: own });
      canvas.setAttribute("aria-hidden", "true"); // the caption says what it is
      const frame = document.createElement(data.chosen ? "button" : "div");
      frame.append(canvas);
      if (data.captioned) frame.append(Object.assign(document.createElement("span"), { textContent: text }));
      else Object.assign(frame, { title: text, ariaLabel: text });
      if (data.chosen) frame.addEventListener("click", () => setTriggerValue("chosen", k));
      const item = document.createElement("li");
      item.append(frame);
      return item;
    }),
  );
  list.querySelectorAll("button")[focused]?.focus({ preventScroll: true }); // the others have taken its place
}
