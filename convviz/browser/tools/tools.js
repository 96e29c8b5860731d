// Two buttons for the whole page: light or dark, and the list of the keys, which the key "?" opens as well.

import { readTheme } from "../shared/colour.js";
import { door } from "../shared/door.js";
import { element } from "../shared/element.js";

const TYPED_IN = "input:not([type=range], [type=radio], [type=checkbox]), textarea, [contenteditable=true]";

class Tools {
  constructor(parentElement) {
    this.root = parentElement.querySelector(".tools");
    this.dialog = this.root.querySelector("dialog");
    this.button = Object.fromEntries([...this.root.querySelectorAll("button")].map((button) => [button.name, button]));
    this.button.theme.addEventListener("click", () => document.dispatchEvent(new Event("convviz-theme")));
    this.button.keys.addEventListener("click", () => this.dialog.showModal());
    this.button.close.addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog.close()); // beside it
    this.dialog.addEventListener("keydown", (event) => event.stopPropagation()); // the stepper stands still behind it
    this.gone = new AbortController();
    document.addEventListener("keydown", (event) => this.#key(event), { signal: this.gone.signal });
  }

  load({ words, keys }, { setTriggerValue }) {
    const { button, dialog } = this;
    const { dark } = readTheme(this.root);
    if (this.dark !== undefined && dark !== this.dark) setTriggerValue("theme", dark); // charts are drawn by Python
    this.dark = dark;
    for (const [name, text] of Object.entries({ theme: dark ? words.light : words.dark, keys: words.keys })) {
      button[name].title = text;
      button[name].setAttribute("aria-label", text);
    }
    button.close.textContent = words.close;
    dialog.setAttribute("aria-label", words.keys);
    dialog.querySelector("h2").textContent = words.keys;
    dialog.querySelector("dl").replaceChildren(...keys.flatMap(([key, does]) => [element("dt", {}, key), element("dd", {}, does)]));
  }

  remove() {
    this.gone.abort();
  }

  #key(event) {
    const target = event.composedPath()[0];
    const typing = target instanceof Element && target.matches(TYPED_IN);
    if (event.key !== "?" || typing || event.ctrlKey || event.metaKey || event.altKey || this.dialog.open) return;
    event.preventDefault();
    this.dialog.showModal();
  }
}

export default door((parentElement) => new Tools(parentElement));
