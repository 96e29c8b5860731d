// Which key presses are the stepper's, wherever the page's focus is.

/** Where one types, or moves a selection of its own: it keeps its keys, but for those of a clicker. */
const TYPED_IN =
  "input:not([type=range], [type=radio], [type=checkbox], [role=combobox]), textarea, [contenteditable=true], [role=grid], canvas[data-testid], [aria-expanded=true][role=combobox], [role=option]";
/** What arrows change, and what Space and Enter press: theirs for who came by keys, the stepper's after the pointer. */
const MOVED = "input, select, [role=slider], [role=radio], [role=radiogroup], [role=listbox], [role=combobox], [role=tab]";
const PRESSED = "a[href], button, summary, [role=button], [role=link], [role=checkbox], [role=switch], [role=menuitem]";

const MODIFIERS = ["Shift", "Control", "Alt", "Meta"];

/** The stepper last used, which gets the keys when a page shows several. */
let current = null;

export class Keys {
  /**
   * @param {HTMLElement} root
   * @param {(key: string) => (() => void) | undefined} actionOf what a key does now
   */
  constructor(root, actionOf) {
    Object.assign(this, { root, actionOf });
    this.gone = new AbortController();
    const { signal } = this.gone;
    document.addEventListener("pointerdown", () => (this.pointing = true), { signal, capture: true });
    document.addEventListener("keydown", (event) => this.#before(event), { signal, capture: true });
    document.addEventListener("keydown", (event) => this.#act(event), { signal });
    for (const type of ["pointerdown", "focusin"]) root.addEventListener(type, () => (current = this));
    const release = () => this.pointing && root.focus({ preventScroll: true });
    root.addEventListener("change", release);
    root.addEventListener("click", release);
  }

  /** Before the element in focus has the key: a clicker's keys, and any behind a control used with the pointer. */
  #before(event) {
    const target = event.composedPath()[0];
    if (event.key.startsWith("Page")) return this.#act(event);
    const outside = target instanceof Element && !this.root.contains(target);
    const used = this.pointing && outside && !target.matches(TYPED_IN) && target.matches(`${MOVED}, ${PRESSED}`);
    if (used && this.actionOf(event.key)) return this.#act(event, true);
    if (!MODIFIERS.includes(event.key)) this.pointing = false;
    return undefined;
  }

  #act(event, taken = false) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const { key } = event;
    const target = event.composedPath()[0];
    if (!taken && !key.startsWith("Page") && target instanceof Element && this.#keeps(target, key)) return;
    if (!this.#visible() || (current && current !== this && current.#visible())) return;
    const action = this.actionOf(key);
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    if (taken) this.root.focus({ preventScroll: true }); // or the key, let go, would press what was in focus
    action();
  }

  /** Whether an element does something of its own with a key. */
  #keeps(target, key) {
    const presses = key === " " || key === "Enter";
    if (!this.root.contains(target)) return target.matches(`${TYPED_IN}, ${MOVED}`) || (presses && target.matches(PRESSED));
    if (target.matches("[name=guess]")) return key === "Enter" || (target.value !== "" && /^(Arrow|Home|End)/.test(key));
    if (target.matches("input")) return /^(Arrow|Home|End)/.test(key) || (presses && target.type === "radio");
    return presses && target.matches(PRESSED);
  }

  #visible() {
    const box = this.root.getBoundingClientRect();
    return box.width > 0 && box.bottom > 0 && box.top < window.innerHeight;
  }

  remove() {
    if (current === this) current = null;
    this.gone.abort();
  }
}
