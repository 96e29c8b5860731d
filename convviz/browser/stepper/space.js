// The window's height below where the stepper begins is the stepper's: so its controls are on the screen without scrolling.

/** Every element around one, through shadow roots. */
function around(element) {
  const found = [];
  for (let node = element.parentNode; node; node = node.parentNode ?? node.host) if (node instanceof Element) found.push(node);
  return found;
}

export class Space {
  /** @param {HTMLElement} root gets the custom property `--above`: pixels of the page above it */
  constructor(root) {
    this.root = root;
    this.outer = around(root);
    this.moved = new ResizeObserver(() => this.#measure()); // what is put above makes something around it taller
    for (const element of this.outer) this.moved.observe(element);
  }

  #measure() {
    const scrolled = this.outer.reduce((sum, { scrollTop }) => sum + scrollTop, 0);
    const above = Math.round(this.root.getBoundingClientRect().top + scrolled);
    if (above === this.above || this.root.offsetWidth === 0) return;
    this.above = above;
    this.root.style.setProperty("--above", `${above}px`);
  }

  remove() {
    this.moved.disconnect();
  }
}
