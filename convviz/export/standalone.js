// The stepper as a page of its own: no server, no network, the same keys.

import { Player } from "../browser/stepper/player.js";

const TYPES = { values: Float64Array, table: Int32Array, pixels: Uint8Array };

/** Numbers are written as base64, little-endian. */
function decode(name, text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return new TYPES[name.split(":")[0]](bytes.buffer);
}

function start() {
  const guide = new Guide();
  const { scene, arrays, words, seek } = JSON.parse(document.getElementById("scene").textContent);
  const player = new Player(document.querySelector(".stepper"), words, (step) => guide.rested(step));
  player.load(scene, (name) => decode(name, arrays[name]), seek);
  guide.follow(player);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => player.refreshTheme());
}

/** The page around this one, if it stands in a frame: it says where to go, and hears where its reader has gone. */
class Guide {
  constructor() {
    this.told = null;
  }

  follow(player) {
    if (window.parent === window) return;
    window.addEventListener("message", ({ source, data }) => {
      if (source !== window.parent || !Number.isInteger(data.step)) return;
      this.told = data.step;
      player.follow(data.step, data.question);
    });
    window.parent.postMessage({ ready: true }, "*");
  }

  rested(step) {
    if (this.told !== null && step !== this.told) window.parent.postMessage({ moved: step }, "*");
  }
}

start();
