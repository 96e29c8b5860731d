// Which key presses are the stepper's, wherever the page's focus is.

/** Where one types, or moves a selection of its own: it keeps its keys, but for those of a clicker. */
const TYPED_IN =
  "input:not([type=range], [type=radio], [type=checkbox], [role=combobox]), textarea, [contenteditable=true], [role=grid], canvas[data-testid], [aria-expanded=true][role=combobox], [role=option]";
/** What arrows change, and what Space and Enter press. They keep those keys if the keyboard brought the focus to them. */
const MOVED = "input, select, [role=slider], [role=radio], [role=radiogroup], [role=listbox], [role=combobox], [role=tab]";
const PRESSED = "a[href], button, summary, [role=button], [role=link], [role=checkbox], [role=switch], [role=menuitem]";
/** Where a letter looks for an entry. */
const SEARCHED = "select, [role=listbox], [role=combobox]";
const MOVES = /^(Arrow|Home|End| $|Enter)/;

/** The stepper last used, which gets the keys when a page shows several. */
let current = null;

export class Keys {
  /**
   * The keys are the stepper's from the start, whatever was used before: it takes it that the pointer was.
   * @param {HTMLElement} root
   * @param {(key: string) => (() => void) | undefined} actionOf what a key does now
   */
  constructor(root, actionOf) {
    // Whether the pointer was used last, and whether it brought the focus to where that is.
    Object.assign(this, { root, actionOf, pointer: true, pointing: true, seen: true });
    // The browser tells, a frame later, when the stepper leaves the screen. To ask at each key would have it lay out
    // the page anew.
    this.sight = new IntersectionObserver((found) => (this.seen = found.at(-1).isIntersecting));
    this.sight.observe(root);
    this.gone = new AbortController();
    const { signal } = this.gone;
    document.addEventListener("pointerdown", () => (this.pointer = this.pointing = true), { signal, capture: true });
    document.addEventListener("focusin", () => (this.pointing &&= this.pointer), { signal, capture: true });
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
    this.pointer = false;
    if (event.key.startsWith("Page")) return this.#act(event);
    const outside = target instanceof Element && !this.root.contains(target);
    const used = this.pointing && outside && !target.matches(TYPED_IN) && target.matches(`${MOVED}, ${PRESSED}`);
    if (event.key === "Escape") return undefined; // it closes first what is open
    return used && this.actionOf(event.key) ? this.#act(event, true) : undefined;
  }

  #act(event, taken = false) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const { key } = event;
    const target = event.composedPath()[0];
    if (!taken && !key.startsWith("Page") && target instanceof Element && this.#keeps(target, key)) return;
    if (!this.root.contains(target) && !this.#isOnTurn) return;
    const action = this.actionOf(key);
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    if (taken) this.root.focus({ preventScroll: true }); // or the key, let go, would press what was in focus
    action();
  }

  /** Whether keys that are pressed elsewhere are for this stepper. */
  get #isOnTurn() {
    return this.seen && (!current || current === this || !current.seen);
  }

  /** Whether an element does something of its own with a key. */
  #keeps(target, key) {
    const presses = key === " " || key === "Enter";
    if (!this.root.contains(target)) {
      if (target.matches(`${TYPED_IN}, ${SEARCHED}`)) return true;
      return (MOVES.test(key) && target.matches(MOVED)) || (presses && target.matches(PRESSED));
    }
    if (target.matches("[name=guess]")) return key === "Enter" || (target.value !== "" && /^(Arrow|Home|End)/.test(key));
    if (target.matches("input")) return /^(Arrow|Home|End)/.test(key) || (presses && target.type === "radio");
    return presses && target.matches(PRESSED);
  }

  remove() {
    if (current === this) current = null;
    this.sight.disconnect();
    this.gone.abort();
  }
}
