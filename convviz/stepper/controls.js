// Buttons, scrub bar and keys. They only ever ask the player to move.

import { offerRadios } from "./names.js";

const SPEEDS = [0.5, 1, 2, 3, 5, 8, 10, 15, 20, 30, 40, 50];

/** Elements that use all of the keys themselves; the stepper leaves them alone. */
const TYPING =
  "input, textarea, select, [contenteditable=true], [role=slider], [role=radiogroup], [role=listbox], [role=combobox], [role=tab], [role=grid], canvas[data-testid]";
/** Elements that Enter and Space press. */
const PRESSED =
  "a[href], button, summary, [role=button], [role=link], [role=checkbox], [role=switch], [role=menuitem], [role=option]";

/** The stepper last used, which gets the keys when a page shows several. */
let current = null;

export class Controls {
  /**
   * @param {HTMLElement} root
   * @param {{move: Function, unit: Function, play: Function, speed: Function, seek: Function, fullscreen: Function,
   *   unpin: Function, jump: Function}} player
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
      predict: () => player.predict.toggle(),
      present: () => player.present.toggle(),
      fullscreen: () => player.fullscreen(),
    };
    for (const [name, action] of Object.entries(actions)) this.button[name].addEventListener("click", action);
    this.scrub = root.querySelector("input[name=scrub]");
    this.scrub.addEventListener("input", () => player.seekUnit(Number(this.scrub.value)));
    this.count = root.querySelector(".count");
    this.speed = root.querySelector("input[name=speed]");
    this.speed.max = SPEEDS.length - 1;
    this.speed.addEventListener("input", () => this.#setSpeed());
    this.units = root.querySelector(".units");
    this.onKey = (event) => this.#key(event);
    document.addEventListener("keydown", this.onKey);
    this.#keepKeys();
    this.#setSpeed();
  }

  /** A control used with the pointer gives the focus back: the next arrow or clicker press is to step. */
  #keepKeys() {
    const release = () => this.pointing && this.root.focus({ preventScroll: true });
    for (const type of ["pointerdown", "focusin"]) this.root.addEventListener(type, () => (current = this));
    this.root.addEventListener("pointerdown", () => (this.pointing = true));
    this.root.addEventListener("keydown", () => (this.pointing = false));
    this.root.addEventListener("change", release);
    this.root.addEventListener("click", release);
  }

  /** Offer the scene's units; `chosen` is an index into them. */
  offerUnits(units, chosen) {
    offerRadios(this.units, "unit", units.map(({ name }) => name), (k) => this.player.unit(k));
    this.units.querySelectorAll("input")[chosen].checked = true;
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

  #setSpeed() {
    const speed = SPEEDS[Number(this.speed.value)];
    this.root.querySelector(".speed .rate").textContent = `${speed}/s`;
    this.player.speed(speed);
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const target = event.composedPath()[0];
    const scrubbing = target === this.scrub && event.key.startsWith("Arrow");
    if (scrubbing || (target instanceof Element && target.matches(TYPING) && !this.root.contains(target))) return;
    const typing = target instanceof Element && target.matches("input") && target !== this.scrub;
    if (typing && event.key !== "Escape" && !event.key.startsWith("Page")) return; // a clicker works while guessing
    if ((event.key === " " || event.key === "Enter") && target instanceof Element && target.matches(PRESSED)) return;
    if (!this.#visible() || (current && current !== this && current.#visible())) return;
    const actions = {
      ArrowRight: () => this.player.move("next"),
      PageDown: () => this.player.move("next"),
      ArrowLeft: () => this.player.move("back"),
      PageUp: () => this.player.move("back"),
      " ": () => this.player.play(),
      Home: () => this.player.move("first"),
      End: () => this.player.move("last"),
      f: () => this.player.fullscreen(),
      g: () => this.player.predict.toggle(),
      p: () => this.player.present.toggle(),
    };
    const whenPinned = { Escape: () => this.player.unpin(), Enter: () => this.player.jump() };
    const leave = { Escape: actions.p };
    const special = this.player.pinned ? whenPinned : this.player.present.on ? leave : {};
    const action = actions[event.key] ?? actions[event.key.toLowerCase()] ?? special[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  }

  #visible() {
    const box = this.root.getBoundingClientRect();
    return box.width > 0 && box.bottom > 0 && box.top < window.innerHeight;
  }

  remove() {
    if (current === this) current = null;
    document.removeEventListener("keydown", this.onKey);
  }
}
