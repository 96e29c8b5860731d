// An element that shows nothing: it sets what belongs to the page as a whole.

import { door } from "../shared/door.js";

const FAILED = "[data-testid=stDownloadButtonError]";

class Frame {
  load({ language, address, failed, busy }) {
    document.documentElement.lang = language;
    if (address) window.location.assign(address);
    window.onbeforeunload = busy ? (event) => event.preventDefault() : null; // the browser asks in its own words
    this.remove();
    this.watching = new MutationObserver(() => sayWhatFailed(failed));
    this.watching.observe(document.body, { childList: true, subtree: true });
  }

  remove() {
    this.watching?.disconnect();
  }
}

/** Streamlit says in English, in words of its own, that a file could not be made. */
function sayWhatFailed(sentence) {
  for (const said of document.querySelectorAll(FAILED)) if (said.textContent !== sentence) said.textContent = sentence;
}

export default door(() => new Frame());
