// The strip of a lesson above the page: what the step says, asks and wants tried, and the way on.

import { door } from "../shared/door.js";
import { element, onResize, takeHeight } from "../shared/element.js";
import { Parts } from "./parts.js";
import { ask } from "../shared/question.js";
import { sentence } from "./words.js";

const PATIENCE = 3000; // milliseconds to wait for a step that was asked for
const LOOK = 250; // milliseconds between two looks at the link, for browsers that do not announce its changes
/** What keeps Space for itself. */
const USES_SPACE = "input, textarea, select, button, summary, a[href], [tabindex]:not(.stMain), [contenteditable=true], [role]";

class Strip {
  constructor(parentElement) {
    this.root = parentElement.querySelector(".lesson");
    this.parts = new Parts();
    this.asked = null; // the step asked for last, and when; null once it is drawn
    this.before = null; // what the link said when somebody did something on the page; null if nobody has
    this.find = (selector) => this.root.querySelector(selector);
    this.find(".back").addEventListener("click", () => this.#go(-1));
    this.find(".on").addEventListener("click", () => this.#go(1));
    this.find(".again").addEventListener("click", () => this.#go(0));
    this.find(".close").addEventListener("click", () => this.tell("leave", true));
    this.find(".end button").addEventListener("click", () => this.tell("follow", true));
    this.find(".fold").addEventListener("click", () => this.#fold(!this.folded));
    this.gone = new AbortController();
    for (const type of ["pointerdown", "keydown"]) {
      window.addEventListener(type, (event) => this.#act(event), { capture: true, signal: this.gone.signal });
    }
    // Before the stepper, which has a clicker's keys where there is no lesson.
    window.addEventListener("keydown", (event) => this.#key(event), { capture: true, signal: this.gone.signal });
    this.watch = setInterval(() => this.#look(), LOOK);
    window.navigation?.addEventListener("currententrychange", () => this.#look(), { signal: this.gone.signal });
    this.unsized = onResize(this.root, () => takeHeight(this, this.root.offsetHeight));
  }

  load(data, { setTriggerValue }) {
    this.tell = setTriggerValue;
    const text = JSON.stringify(data);
    if (text === this.text) return; // an answer being typed stays
    Object.assign(this, { data, text, folded: false, isDone: false, before: null });
    if (data.at === this.asked?.to) this.asked = null;
    this.#draw();
    this.#look();
  }

  remove() {
    clearInterval(this.watch);
    this.unsized();
    takeHeight(this, 0);
    this.gone.abort();
    this.parts.clear();
  }

  #draw() {
    const { title, at, titles, step, words, next } = this.data;
    const last = at === titles.length - 1;
    this.root.setAttribute("aria-label", words.lesson);
    this.find(".title").textContent = title;
    this.find(".count").textContent = words.step.replace("{number}", at + 1).replace("{count}", titles.length);
    this.#button(".back", words.back, at === 0);
    this.#button(".on", words.on, last);
    this.#button(".again", words.again, false);
    this.find(".close").setAttribute("aria-label", words.close);
    this.find(".close").title = words.close;
    this.#contents();
    this.parts.clear();
    this.find("h2").textContent = titles[at];
    this.#say(".text", step.text);
    this.find(".task").hidden = !step.task;
    this.find(".task b").textContent = words.try;
    this.#say(".task .what", step.task);
    ask(this.find(".question"), step.question, words);
    this.find(".end").hidden = !last;
    this.find(".end span").textContent = words.end;
    this.find(".end button").hidden = !next;
    this.find(".end button").textContent = words.follow.replace("{title}", next);
    this.#fold(false);
  }

  #say(selector, text) {
    this.find(selector).replaceChildren(...sentence(text, (words, key) => this.parts.bind(words, this.data.parts[key])));
  }

  #button(selector, text, disabled) {
    const button = this.find(selector);
    button.textContent = text;
    button.disabled = disabled;
  }

  #contents() {
    const { titles, at, words } = this.data;
    const contents = this.find(".contents");
    contents.open = false;
    contents.querySelector("summary").textContent = words.contents;
    contents.querySelector("ol").replaceChildren(
      ...titles.map((title, k) => {
        const button = element("button", { type: "button", "aria-current": k === at ? "step" : null }, `${k + 1}. ${title}`);
        button.addEventListener("click", () => this.tell("go", k));
        return element("li", {}, button);
      }),
    );
  }

  #fold(folded) {
    this.folded = folded;
    this.find(".body").hidden = folded;
    const word = folded ? this.data.words.unfold : this.data.words.fold;
    const button = this.find(".fold");
    button.textContent = folded ? "▸" : "▾";
    button.title = word;
    button.setAttribute("aria-label", word);
    button.setAttribute("aria-expanded", !folded);
  }

  /** Several steps on or back; from the one asked for last, where that is not drawn yet. */
  #go(by) {
    const isAwaited = this.asked && performance.now() - this.asked.at < PATIENCE;
    const to = (isAwaited ? this.asked.to : this.data.at) + by;
    if (to < 0 || to >= this.data.titles.length) return;
    this.asked = { to, at: performance.now() };
    this.tell("go", to);
  }

  /** Somebody does something on the page, and does not only turn to a step: what the link says then may be a task done. */
  #act(event) {
    if (event.key?.startsWith("Page") || event.composedPath().includes(this.root)) return;
    this.before ??= new URLSearchParams(window.location.search);
  }

  /** A clicker's keys, and Space where nothing else uses it. */
  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || document.fullscreenElement) return;
    const target = event.composedPath()[0];
    const free = !(target instanceof Element && target.matches(USES_SPACE));
    const by = { PageDown: 1, PageUp: -1, " ": free ? 1 : undefined }[event.key];
    if (by === undefined || !this.data) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.#go(by);
  }

  /** Whether the task is done, as the link says; and whether the page shown is another than the step's. */
  #look() {
    if (!this.data) return;
    const { step, words } = this.data;
    const link = new URLSearchParams(window.location.search);
    const done = Object.entries(step.done);
    // Where any value will do, it is another one than the page itself has put there.
    const isAny = (key) => this.before && link.has(key) && link.get(key) !== this.before.get(key);
    const met = ([key, values]) => values.some((value) => (value === "*" ? isAny(key) : (link.get(key) ?? "") === value));
    this.isDone ||= done.length > 0 && done.every(met); // whatever is tried after that
    const status = this.isDone ? `✓ ${words.done}` : "";
    const said = this.find(".task .done");
    if (said.textContent !== status) said.textContent = status;
    said.classList.toggle("right", Boolean(status));
    this.find(".again").classList.toggle("primary", window.location.pathname.split("/").at(-1) !== step.page);
  }
}

export default door((parentElement) => new Strip(parentElement));
