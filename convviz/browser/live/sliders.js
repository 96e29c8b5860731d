// Streamlit's sliders on the page: the values under their thumbs, which it sends only when a thumb is let go.

/** The values of the sliders that a view follows, by their keys; of one that is not drawn yet, what the server said. */
export function readSliders({ classes, values }) {
  return Object.fromEntries(
    Object.entries(classes).map(([key, name]) => {
      const thumb = document.querySelector(`.${CSS.escape(name)} input[type=range]`);
      return [key, thumb ? Number(thumb.value) : values[key]];
    }),
  );
}

export const isAlike = (some, others) => Object.entries(some).every(([key, value]) => others[key] === value);

let isHeld = false;

/** Call back whenever the value of a slider on the page changes, with whether a pointer or a key holds its thumb. */
export function onSlide(callback) {
  const hold = (event) => (isHeld = Boolean(event.repeat ?? event.target.closest?.("[data-testid=stSlider]")));
  for (const name of ["pointerdown", "keydown"]) document.addEventListener(name, hold, true);
  for (const name of ["pointerup", "pointercancel", "keyup"]) document.addEventListener(name, () => (isHeld = false), true);
  new MutationObserver(() => callback(isHeld)).observe(document, { subtree: true, attributeFilter: ["aria-valuetext"] });
}
