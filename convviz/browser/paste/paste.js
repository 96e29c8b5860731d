// An image pasted anywhere on the page, except into a text field, is sent to Python.

import { door } from "../shared/door.js";

class Paste {
  constructor() {
    this.taken = (event) => this.#take(event);
    document.addEventListener("paste", this.taken);
  }

  load(_data, { setTriggerValue }) {
    this.tell = setTriggerValue; // that of the latest run counts
  }

  remove() {
    document.removeEventListener("paste", this.taken);
  }

  #take(event) {
    const file = [...event.clipboardData.files].find(({ type }) => type.startsWith("image/"));
    if (!file) return;
    event.preventDefault();
    const reader = new FileReader();
    reader.onload = () => this.tell("image", { name: file.name, url: reader.result });
    reader.readAsDataURL(file);
  }
}

export default door(() => new Paste());
