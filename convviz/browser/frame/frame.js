// An element that shows nothing: it sets what belongs to the page as a whole.

import { door } from "../shared/door.js";
import { addressOf } from "../shared/server.js";

// Elements that Streamlit fills with English words of its own; it has no setting for another language.
const ENGLISH = "[data-testid=stFileUploader], [data-testid=stCameraInput]";
const FAILED = "[data-testid=stDownloadButtonError]";
const PER_FILE = /^(\S+) per file$/;
const [BAR, MORE] = ["[data-testid=stTopNavSection]", /^\D*(\d+)\D*$/]; // the pages that the bar has no room for, counted
const REFUSED = "[data-testid=stFileChip][aria-invalid=true]";
const NAME = "[data-testid=stFileChipName]";
const DRAWER = "[data-testid=stSidebarCollapseButton] button"; // closes the sidebar
const [SIDEBAR, HEADER] = ["[data-testid=stSidebar]", "[data-testid=stHeader]"];
const [LINKS, ELEMENT] = ["[data-testid=stTopNavSection], [data-testid=stTopNavLinkContainer]", "[data-testid=stElementContainer]"];
const FOLDED = "[data-testid=stExpander]";
const BEFORE = "convviz visit"; // in the tab: the key of the visit before
const NARROW = 768; // screen pixels up to which the sidebar lies over the page, as a drawer

class Frame {
  constructor() {
    this.refused = new WeakSet(); // files that the server has heard of
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
    this.#keepKey(data);
    window.onbeforeunload = busy ? (event) => event.preventDefault() : null; // the browser asks in its own words
    this.#mend();
  }

  /** The tab keeps the key of a visit that has something to take over; after a reload the next visit hears it, once. */
  #keepKey({ visit, kept }) {
    try {
      const before = sessionStorage.getItem(BEFORE);
      if (kept) sessionStorage.setItem(BEFORE, visit);
      else sessionStorage.removeItem(BEFORE);
      if (!kept && before && before !== visit) this.tell("before", before);
    } catch {
      // a browser that keeps nothing begins anew
    }
  }

  #mend() {
    sayWhatFailed(this.data.failed);
    translate(this.data.own);
    this.#hearRefusals();
  }

  /** Tell once of each file that did not arrive: Streamlit says why only where somebody points at it, in English. */
  #hearRefusals() {
    const chips = [...document.querySelectorAll(REFUSED)];
    if (chips.every((chip) => this.refused.has(chip))) return;
    for (const chip of chips) this.refused.add(chip);
    this.tell("refused", chips.map((chip) => ({ name: chip.querySelector(NAME).title, why: reason(chip) })));
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
    body:not(:has(${SIDEBAR} :is(${kept}))) :is(${SIDEBAR}, ${HEADER}) { display: none !important; }
    .st-key-heading { clip-path: inset(50%) !important; }`;
}

/** The page's style sheet for what is hidden. */
function reduceSheet() {
  const found = document.adoptedStyleSheets.find((sheet) => sheet.hides);
  if (found) return found;
  const made = Object.assign(new CSSStyleSheet(), { hides: true });
  document.adoptedStyleSheets.push(made);
  return made;
}

/** The status that a server refused a file with, "large" where the browser did not send it, "" where no answer came. */
function reason(chip) {
  const said = chip.querySelector("[role=alert]")?.textContent ?? "";
  return said.match(/status(?: code)? (\d{3})/)?.[1] ?? (/or smaller/.test(said) ? "large" : "");
}

/** Say in the language of the page that Streamlit could not make a file. */
function sayWhatFailed(sentence) {
  for (const said of document.querySelectorAll(FAILED)) if (said.textContent !== sentence) said.textContent = sentence;
}

/** Put the page's words in place of Streamlit's. The texts stay the nodes that Streamlit made and may remove. */
function translate({ words, perFile, more }) {
  rewrite(ENGLISH, (text) => {
    const size = text.match(PER_FILE)?.[1];
    return size ? perFile.replace("{size}", size) : words[text];
  });
  rewrite(BAR, (text) => {
    const count = text.match(MORE)?.[1];
    return count && more.replace("{count}", count);
  });
}

/** Put another text in place of those within some elements for which there is one. */
function rewrite(elements, textFor) {
  for (const element of document.querySelectorAll(elements)) {
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const text = texts.currentNode;
      const said = textFor(text.data);
      if (said && said !== text.data) text.data = said;
    }
  }
}

export default door(() => new Frame());
