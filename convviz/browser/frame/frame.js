// An element that shows nothing: it sets what belongs to the page as a whole.

const FAILED = "[data-testid=stDownloadButtonError]";

let watching;

export default function mount({ data }) {
  document.documentElement.lang = data.language;
  if (data.address) window.location.assign(data.address);
  window.onbeforeunload = data.busy ? (event) => event.preventDefault() : null; // the browser asks in its own words
  watching?.disconnect();
  watching = new MutationObserver(() => sayWhatFailed(data.failed));
  watching.observe(document.body, { childList: true, subtree: true });
  return () => watching.disconnect();
}

/** Streamlit says in English, in words of its own, that a file could not be made. */
function sayWhatFailed(sentence) {
  for (const said of document.querySelectorAll(FAILED)) if (said.textContent !== sentence) said.textContent = sentence;
}
