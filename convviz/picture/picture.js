// The door to Streamlit. Everything else in this folder works without it.

import { Picture } from "./view.js";

const pictures = new WeakMap();

export default function mount({ data, parentElement, setTriggerValue }) {
  let picture = pictures.get(parentElement);
  if (!picture) {
    picture = new Picture(parentElement.querySelector(".picture"));
    pictures.set(parentElement, picture);
  }
  // Arrays come as Arrow tables with one column.
  const same = picture.data?.fingerprint === data.fingerprint;
  const cells = same ? picture.data.cells : data.cells.getChildAt(0).toArray();
  picture.load({ ...data, cells }, (cell) => setTriggerValue("picked", cell));
  return () => {
    picture.remove();
    pictures.delete(parentElement);
  };
}
