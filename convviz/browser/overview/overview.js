// The overview: every layer's maps, and over them, where one is opened, how it came about.

import { door } from "../shared/door.js";
import { onResize } from "../shared/element.js";
import { Detail } from "./detail.js";
import { Maps } from "./maps.js";

class Overview {
  constructor(root) {
    this.maps = new Maps(root);
    this.detail = new Detail(root);
    this.remove = onResize(root, () => {
      this.maps.fit();
      this.detail.fit();
    });
  }

  load(data, { setTriggerValue }) {
    this.maps.load(data, (chosen) => setTriggerValue("opened", chosen));
    this.detail.load(data, {
      close: () => setTriggerValue("closed", true),
      left: (layer, index) => this.maps.focus(layer, index),
      step: (chosen) => setTriggerValue("stepped", chosen),
    });
  }
}

export default door((parentElement) => new Overview(parentElement.querySelector(".network")));
