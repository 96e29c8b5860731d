// Words that name a part of the page, and the part: pointing at one lights the other.

const RING = "3px solid #d0006f";

export class Parts {
  constructor() {
    this.gone = new AbortController();
  }

  /** Forget the words of the step before. */
  clear() {
    this.gone.abort();
    this.gone = new AbortController();
  }

  /** Bind words to the part with one of these classes. It may come, go and come again: it is looked up when it is needed. */
  bind(words, classes) {
    const { signal } = this.gone;
    const selector = classes.map((name) => `.${CSS.escape(name)}`).join(", ");
    let lit = [];
    const show = () => lit[0]?.scrollIntoView({ block: "nearest" });
    const unfolding = new ResizeObserver(show); // a group that unfolds grows for a moment
    const light = () => {
      lit = [...document.querySelectorAll(selector)];
      const folded = lit[0]?.closest("details:not([open])");
      folded?.querySelector("summary").click();
      if (folded) unfolding.observe(folded);
      for (const part of lit) Object.assign(part.style, { outline: RING, outlineOffset: "3px", borderRadius: "4px" });
      show();
    };
    const dim = () => {
      unfolding.disconnect();
      for (const part of lit) Object.assign(part.style, { outline: "", outlineOffset: "", borderRadius: "" });
      lit = [];
    };
    for (const type of ["pointerenter", "focus"]) words.addEventListener(type, light, { signal });
    for (const type of ["pointerleave", "blur"]) words.addEventListener(type, dim, { signal });
    signal.addEventListener("abort", dim);
    document.addEventListener("pointerover", ({ target }) => words.classList.toggle("lit", Boolean(target.closest?.(selector))), { signal });
  }
}
