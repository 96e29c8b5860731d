// The stepper as a page of its own: no server, no network, the same keys.

import { Player } from "../browser/stepper/player.js";

const TYPES = { values: Float64Array, table: Int32Array, pixels: Uint8Array };

/** Numbers are written as base64, little-endian. */
function decode(name, text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return new TYPES[name.split(":")[0]](bytes.buffer);
}

function start() {
  const { scene, arrays, words, seek } = JSON.parse(document.getElementById("scene").textContent);
  const player = new Player(document.querySelector(".stepper"), words, () => {});
  player.load(scene, (name) => decode(name, arrays[name]), seek);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => player.refreshTheme());
}

start();
