// An element that shows nothing: it sets what belongs to the page as a whole.

import { door } from "../shared/door.js";
import { addressOf } from "../shared/server.js";

// Elements that Streamlit fills with English words of its own; it has no setting for another language.
const ENGLISH = "[data-testid=stFileUploader], [data-testid=stCameraInput]";
const FAILED = "[data-testid=stDownloadButtonError]";
const PER_FILE = /^(\S+) per file$/;
const DRAWER = "[data-testid=stSidebarCollapseButton] button"; // closes the sidebar
const [SIDEBAR, HEADER] = ["[data-testid=stSidebar]", "[data-testid=stHeader]"];
const [LINKS, ELEMENT] = ["[data-testid=stTopNavSection], [data-testid=stTopNavLinkContainer]", "[data-testid=stElementContainer]"];
const FOLDED = "[data-testid=stExpander]";
const NARROW = 768; // screen pixels up to which the sidebar lies over the page, as a drawer

class Frame {
  constructor() {
    const app = document.querySelector("[data-testid=stApp]");
    this.connection = new MutationObserver(() => this.#follow(app.dataset.testConnectionState === "CONNECTED"));
    this.connection.observe(app, { attributeFilter: ["data-test-connection-state"] });
    this.watching = new MutationObserver(() => this.#mend());
    this.watching.observe(document.body, { childList: true, subtree: true });
  }

  load(data, { setTriggerValue }) {
    const { language, address, busy, page, reduced } = data;
    if (this.page && this.page !== page && window.innerWidth <= NARROW) document.querySelector(DRAWER)?.click();
    Object.assign(this, { data, page, tell: setTriggerValue });
    document.documentElement.lang = language;
    reduce(reduced);
    if (address) window.location.assign(address);
    window.onbeforeunload = busy ? (event) => event.preventDefault() : null; // the browser asks in its own words
    this.#mend();
  }

  #mend() {
    sayWhatFailed(this.data.failed);
    translate(this.data.own);
  }

  /** Found a connection again: a server that does not know this visit runs the page as its link says. */
  async #follow(connected) {
    const returns = connected && this.away;
    this.away = !connected;
    if (!returns) return;
    const { visit, busy } = this.data;
    const answer = await fetch(addressOf(`visits/${visit}`)).catch(() => null);
    if (answer?.ok && !(await answer.json())) this.tell("lost", busy ? "training" : "view");
  }

  remove() {
    this.watching.disconnect();
    this.connection.disconnect();
  }
}

/** Hide all controls but those that a link keeps; the sidebar and the bar too, where they hold none of them. */
function reduce(reduced) {
  reduceSheet().replaceSync(reduced ? hiding(...reduced) : "");
}

/** The rules for it, by the classes of the controls that stay and those of the others. */
function hiding(...names) {
  const [kept, hidden] = names.map((classes) => classes.map((name) => `.${name}`).join(", ") || "#none");
  return `
    ${hidden}, ${LINKS}, .st-key-bar, ${SIDEBAR} ${ELEMENT}:not(${kept}), ${FOLDED}:not(:has(${kept})) { display: none !important; }
    body:not(:has(${SIDEBAR} :is(${kept}))) :is(${SIDEBAR}, ${HEADER}) { display: none !important; }`;
}

/** The page's style sheet for what is hidden. */
function reduceSheet() {
  const found = document.adoptedStyleSheets.find((sheet) => sheet.hides);
  if (found) return found;
  const made = Object.assign(new CSSStyleSheet(), { hides: true });
  document.adoptedStyleSheets.push(made);
  return made;
}

/** Say in the language of the page that Streamlit could not make a file. */
function sayWhatFailed(sentence) {
  for (const said of document.querySelectorAll(FAILED)) if (said.textContent !== sentence) said.textContent = sentence;
}

/** Put the page's words in place of Streamlit's. The texts stay the nodes that Streamlit made and may remove. */
function translate({ words, perFile }) {
  for (const element of document.querySelectorAll(ENGLISH)) {
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const text = texts.currentNode;
      const size = text.data.match(PER_FILE)?.[1];
      const said = size ? perFile.replace("{size}", size) : words[text.data];
      if (said && said !== text.data) text.data = said;
    }
  }
}

export default door(() => new Frame());
