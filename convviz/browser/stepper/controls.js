// Buttons, scrub bar and keys, with their names. They only ever ask the player to move.

import { Keys } from "./keys.js";

/** What Escape closes first. */
const OPEN = "[data-testid=stPopoverBody], [data-testid=stDialog], [role=listbox]";
const SPEEDS = [0.5, 1, 2, 3, 5, 8, 10, 15, 20, 30, 40, 50];

export class Controls {
  /**
   * @param {HTMLElement} root
   * @param {import("./player.js").Player} player
   */
  constructor(root, player, words) {
    Object.assign(this, { root, player, words });
    this.button = Object.fromEntries([...root.querySelectorAll("button[name]")].map((button) => [button.name, button]));
    const actions = {
      first: () => player.move("first"),
      back: () => player.move("back"),
      play: () => player.play(),
      next: () => player.move("next"),
      last: () => player.move("last"),
      predict: () => player.guess(),
      present: () => player.present.toggle(),
      fullscreen: () => player.fullscreen(),
      leave: () => this.leave(),
      more: () => this.#showMore(this.button.more.ariaExpanded !== "true"),
    };
    for (const [name, action] of Object.entries(actions)) this.button[name].addEventListener("click", action);
    this.scrub = root.querySelector("input[name=scrub]");
    this.scrub.addEventListener("input", () => player.seekUnit(Number(this.scrub.value)));
    this.count = root.querySelector(".count");
    this.speed = root.querySelector("input[name=speed]");
    this.speed.max = SPEEDS.length - 1;
    this.speed.addEventListener("input", () => this.#setSpeed());
    this.units = root.querySelector(".units");
    this.extras = root.querySelector(".extras");
    this.extras.addEventListener("click", (event) => event.target.closest("button") && this.#showMore(false));
    root.addEventListener("pointerdown", (event) => event.target.closest(".extras, [name=more]") || this.#showMore(false));
    this.keys = new Keys(root, (key) => this.#actionOf(key));
    this.#setSpeed();
  }

  /** Offer the scene's units; `chosen` is an index into them. */
  offerUnits(units, chosen) {
    offerRadios(this.units, "unit", units.map(({ name }) => name), (k) => this.player.unit(k));
    this.units.querySelectorAll("input")[chosen].checked = true;
  }

  /** Offer the way back to where the scene is of; null for none. */
  offerToLeave(leave) {
    this.leave = leave;
    this.button.leave.hidden = !leave;
    this.button.leave.querySelector("span").textContent = this.words.leave;
  }

  show({ playing, unitIndex, unitCount, atStart, atEnd }) {
    const play = this.button.play;
    if (play.dataset.playing !== String(playing)) {
      play.dataset.playing = playing;
      play.setAttribute("aria-label", playing ? this.words.pause : this.words.play);
      play.title = play.getAttribute("aria-label");
    }
    this.scrub.max = unitCount - 1;
    this.scrub.value = unitIndex;
    this.count.textContent = `${unitIndex + 1} / ${unitCount}`;
    this.scrub.setAttribute("aria-valuetext", this.count.textContent);
    this.button.first.disabled = this.button.back.disabled = atStart;
    this.button.next.disabled = this.button.last.disabled = atEnd;
  }

  /** Where the bar is narrow, the rest of the controls stands above it. */
  #showMore(shown) {
    this.button.more.ariaExpanded = shown;
    this.extras.classList.toggle("open", shown);
  }

  #setSpeed() {
    const speed = SPEEDS[Number(this.speed.value)];
    this.root.querySelector(".speed .rate").textContent = `${speed}/s`;
    this.player.speed(speed);
  }

  #actionOf(key) {
    const { player } = this;
    const actions = {
      ArrowRight: () => player.move("next"),
      PageDown: () => player.move("next"),
      ArrowLeft: () => player.move("back"),
      PageUp: () => player.move("back"),
      " ": () => player.play(),
      Home: () => player.move("first"),
      End: () => player.move("last"),
      f: () => player.fullscreen(),
      g: () => player.guess(),
      p: () => player.present.toggle(),
    };
    if (this.button.more.ariaExpanded === "true") actions.Escape = () => this.#showMore(false);
    else if (player.pinned) Object.assign(actions, { Escape: () => player.unpin(), Enter: () => player.jump() });
    else if (player.predict.on) actions.Escape = actions.g;
    else if (player.present.on) actions.Escape = actions.p;
    else if (this.leave && !document.querySelector(OPEN)) actions.Escape = () => this.leave();
    return actions[key] ?? actions[key.toLowerCase()];
  }

  remove() {
    this.keys.remove();
  }
}

/** Give every part its name: for screen readers, tooltips and tests. */
export function nameParts(root, words) {
  const name = (selector, text) => root.querySelector(selector).setAttribute("aria-label", text);
  root.setAttribute("aria-label", words.stepper);
  name("canvas", words.picture);
  for (const part of ["arithmetic", "source", "values", "controls", "planes"]) name(`.${part}`, words[part]);
  name(".units", words.unit);
  name("[name=scrub]", words.scrub);
  name("[name=speed]", words.speed);
  for (const button of root.querySelectorAll("button[name]")) {
    button.setAttribute("aria-label", words[button.name]);
    button.title = words[button.name];
  }
}

/** One radio button for each name, as a row of labels; `choose` gets the index. */
export function offerRadios(host, group, labels, choose) {
  host.replaceChildren(
    ...labels.map((text, k) => {
      const label = document.createElement("label");
      const radio = Object.assign(document.createElement("input"), { type: "radio", name: group, value: k });
      radio.addEventListener("change", () => choose(k));
      label.append(radio, text);
      return label;
    }),
  );
}
