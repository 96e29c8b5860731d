// The person's own photos: thumbnails to choose from, and what the browser keeps of them when the page is loaded again.

import { door } from "../shared/door.js";
import { element } from "../shared/element.js";
import { forgetPhoto, forgetPhotos, keepPhoto, keptPhotos } from "./store.js";

const seen = new Set(); // digests this page has given to the store or found in it
const answered = new Set(); // sessions that know what the browser kept
// Digests of numbers in the store that a link's numbers of the same name must not replace. The link keeps those.
const others = new Set();

class Tray {
  constructor(parentElement) {
    this.root = parentElement.querySelector(".tray");
    this.list = this.root.querySelector("[role=listbox]");
    this.mine = this.root.querySelector(".mine");
    this.forget = this.root.querySelector(".forget");
    this.work = Promise.resolve(); // one thing after the other
    this.list.addEventListener("keydown", (event) => this.#key(event));
    this.forget.addEventListener("click", () => this.#change(forgetAll, "forgotten", true));
    this.pasted = (event) => this.#paste(event);
    document.addEventListener("paste", this.pasted);
  }

  load(data, { setTriggerValue }) {
    this.tell = setTriggerValue; // that of the latest run counts
    this.data = data;
    this.#draw();
    this.work = this.work.then(() => this.#keep(data)).catch(() => this.#answerWithout(data));
  }

  remove() {
    document.removeEventListener("paste", this.pasted);
  }

  /** Keep what the session brings, and tell it once what it does not have. */
  async #keep(data) {
    const own = data.thumbnails.filter(({ digest }) => digest);
    for (const digest of data.forget) await this.#forgetOne(digest);
    const isNew = ({ digest }) => data[`png ${digest}`] && !seen.has(digest);
    const before = own.some(isNew) ? await keptPhotos() : [];
    for (const [k, { digest, value }] of own.entries()) {
      const png = data[`png ${digest}`];
      if (!png) continue;
      const there = isNew({ digest }) && before.find((each) => each.digest === digest);
      if (there && !(await isSame(there.png, png))) others.add(digest);
      if (!others.has(digest)) {
        await keepPhoto({ digest, name: value, time: Date.now() + k, png: new Blob([png], { type: "image/png" }) });
      }
      seen.add(digest);
    }
    const kept = await keptPhotos();
    for (const { digest } of kept) seen.add(digest);
    const here = new Set(own.map(({ digest }) => digest));
    const missing = kept.filter(({ digest }) => !here.has(digest));
    const lacking = own.map(({ digest }) => digest).filter((digest) => !seen.has(digest));
    if (!answered.has(data.session) && (missing.length || data.asks)) {
      answered.add(data.session);
      this.tell("kept", await Promise.all(missing.map(async ({ name, png }) => ({ name, url: await address(png) }))));
    } else if (lacking.length) {
      for (const digest of lacking) seen.add(digest); // ask once
      this.tell("lacking", lacking);
    }
  }

  async #forgetOne(digest) {
    if (!others.delete(digest)) await forgetPhoto(digest);
  }

  /** Where the browser keeps nothing, as in some private windows, a link still gets its answer. */
  #answerWithout(data) {
    if (data.asks && !answered.has(data.session)) this.tell("kept", []);
    answered.add(data.session);
  }

  #draw() {
    const { thumbnails, chosen, words, several } = this.data;
    const held = this.root.getRootNode().activeElement?.dataset?.value;
    this.list.setAttribute("aria-label", words.label);
    this.list.setAttribute("aria-multiselectable", several);
    const first = thumbnails.find(({ value }) => value === held) ?? thumbnails.find(({ value }) => value === chosen[0]);
    const stop = first ?? thumbnails[0];
    this.list.replaceChildren(...thumbnails.map((each) => this.#option(each, chosen.includes(each.value), each === stop)));
    const own = thumbnails.filter(({ digest }) => digest);
    this.mine.replaceChildren(...own.map((each) => this.#row(each, words)));
    this.mine.hidden = this.forget.hidden = !own.length;
    this.forget.textContent = words.forget;
    if (held) this.list.querySelector("[tabindex='0']")?.focus({ preventScroll: true });
  }

  #option({ value, name, picture }, selected, stop) {
    const image = element("img", { src: picture, alt: "" });
    const option = element(
      "div",
      { role: "option", "aria-selected": selected, "aria-label": name, title: name, tabindex: stop ? 0 : -1 },
      image,
    );
    option.dataset.value = value;
    option.addEventListener("click", () => this.tell("chosen", value));
    return option;
  }

  #row({ name, digest }, words) {
    const label = words.remove.replace("{name}", name);
    const button = element("button", { type: "button", "aria-label": label, title: label }, "×");
    button.addEventListener("click", () => this.#change(() => this.#forgetOne(digest), "removed", digest));
    return element("li", {}, element("span", { title: name }, name), button);
  }

  /** The browser forgets first, after all that it is about to keep: so nothing comes back with the next session. */
  #change(forget, event, value) {
    const tell = () => this.tell(event, value);
    this.work = this.work.then(forget).then(tell, tell);
  }

  #key(event) {
    const options = [...this.list.children];
    const at = options.indexOf(event.target);
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const to = { Home: 0, End: options.length - 1 }[event.key] ?? (step ? at + step : null);
    if (event.key === "Enter" || event.key === " ") options[at].click();
    else if (to === null) return;
    else this.#focus(options, Math.max(0, Math.min(to, options.length - 1)));
    event.preventDefault();
    event.stopPropagation(); // the stepper has these keys as well
  }

  #focus(options, to) {
    for (const [k, option] of options.entries()) option.tabIndex = k === to ? 0 : -1;
    options[to].focus();
  }

  /** Images pasted anywhere on the page, except into a text field. */
  #paste(event) {
    const files = [...event.clipboardData.files].filter(({ type }) => type.startsWith("image/"));
    if (!files.length) return;
    event.preventDefault();
    Promise.all(files.map(async (file) => ({ name: file.name, url: await address(file) }))).then((sent) =>
      this.tell("pasted", sent),
    );
  }
}

/** The bytes of a file as an address that begins with "data:". */
function address(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

function forgetAll() {
  others.clear();
  return forgetPhotos();
}

/** Whether what is kept is what has come. */
async function isSame(blob, bytes) {
  const kept = new Uint8Array(await blob.arrayBuffer());
  return kept.length === bytes.length && kept.every((byte, k) => byte === bytes[k]);
}

export default door((parentElement) => new Tray(parentElement));
