// Presenting: the stepper alone, larger, and a light that follows the pointer.

const LIT = 2500; // milliseconds the light stays after the pointer has stopped

export class Present {
  /**
   * @param {HTMLElement} root
   * @param {() => void} changed called when presenting has begun or ended
   */
  constructor(root, changed) {
    Object.assign(this, { root, changed, on: false });
    this.light = root.querySelector(".spotlight");
    this.button = root.querySelector("button[name=present]");
    root.addEventListener("pointermove", ({ clientX, clientY }) => this.#follow(clientX, clientY));
  }

  toggle() {
    this.on = !this.on;
    this.root.classList.toggle("presenting", this.on);
    this.button.setAttribute("aria-pressed", this.on);
    this.light.hidden = true;
    this.changed();
  }

  async fullscreen() {
    if (this.#isFullscreen) await document.exitFullscreen();
    else await this.root.requestFullscreen();
  }

  /** Whether there is room for larger type. */
  get large() {
    return this.on || this.#isFullscreen;
  }

  /** Inside a shadow root the document only knows its host. */
  get #isFullscreen() {
    return this.root.getRootNode().fullscreenElement === this.root;
  }

  #follow(x, y) {
    if (!this.on) return;
    this.light.style.setProperty("--x", `${x}px`);
    this.light.style.setProperty("--y", `${y}px`);
    this.light.hidden = false;
    clearTimeout(this.resting);
    this.resting = setTimeout(() => (this.light.hidden = true), LIT);
  }

  remove() {
    clearTimeout(this.resting);
  }
}
