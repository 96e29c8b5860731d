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

/** Call back whenever the value of a slider on the page changes. */
export function onSlide(callback) {
  new MutationObserver(callback).observe(document, { subtree: true, attributeFilter: ["aria-valuetext"] });
}
