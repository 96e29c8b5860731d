// A stepper on a page of the app. Everything else in this folder works without Streamlit.

import { door } from "../shared/door.js";
import { Player } from "./player.js";

class Stepper {
  constructor(parentElement) {
    this.parentElement = parentElement;
  }

  /** Show a new scene, or go where the page asks. Another language begins with a new player, at the same step. */
  load(data, { setStateValue, setTriggerValue }) {
    const before = this.data;
    const spoken = JSON.stringify(data.words);
    this.report = setStateValue;
    this.leave = data.leaves ? () => setTriggerValue("left", { step: this.player.step }) : null;
    this.data = data;
    if (spoken !== this.spoken) {
      const seek = this.player?.step ?? data.seek ?? null;
      this.spoken = spoken;
      this.#begin();
      this.#show(seek);
    } else if (data.fingerprint !== before.fingerprint) this.#show(data.nonce === before.nonce ? null : data.seek);
    else if (data.nonce !== before.nonce) this.player.seek(data.seek);
    else this.player.refreshTheme();
    this.player.controls.offerToLeave(this.leave);
  }

  /** A player on the markup as it was before any player. */
  #begin() {
    this.player?.remove();
    const root = this.parentElement.querySelector(".stepper");
    const copy = root.cloneNode(true);
    root.replaceWith(copy);
    this.player = new Player(copy, this.data.words, (step) => {
      noteInLink({ step, ...this.data.notes[this.player.visitAt(step)] });
      this.report("step", { step, nonce: this.data.nonce });
    });
  }

  #show(seek) {
    this.player.load(this.data.scene, (name) => this.data[name], seek);
  }

  remove() {
    this.player.remove();
  }
}

/** Here, because each change that the server makes to the link is one press of the browser's Back more. */
function noteInLink(settings) {
  const address = new URL(window.location.href);
  Object.entries(settings).forEach(([name, value]) => address.searchParams.set(name, value));
  window.history.replaceState(window.history.state, "", address);
}

export default door((parentElement) => new Stepper(parentElement));
