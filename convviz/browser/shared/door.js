// The door to Streamlit, the same for every part. What stands behind it works without Streamlit.

import { find, onArrival, onTold, toldTo } from "./exchange.js";
import { taken, withArrays } from "./packed.js";
import { whenStill } from "./turning.js";

/**
 * The function that Streamlit calls with every change of a part's data. The part is made once and stays for as long as
 * its element is on the page. Where `data.numbers` names numbers by their marks, the part waits until all are here.
 * @param {(parentElement: HTMLElement) => {load: (data: object, streamlit: object) => void, remove: () => void}} make
 *   `load` gets the data with the numbers in it, and Streamlit's setTriggerValue and setStateValue
 */
export function door(make) {
  const shown = new WeakMap();
  return function mount({ data, parentElement, ...streamlit }) {
    if (!shown.has(parentElement)) shown.set(parentElement, new Shown(make(parentElement)));
    shown.get(parentElement).load(unpacked(data), streamlit);
    return () => {
      shown.get(parentElement)?.remove();
      shown.delete(parentElement);
    };
  };
}

class Shown {
  constructor(part) {
    Object.assign(this, { part, own: null, told: undefined, waiting: null, marks: {}, numbers: {} });
    this.stops = [onArrival(() => this.#show()), onTold(() => this.#listen())];
  }

  load(own, streamlit) {
    this.own = own;
    const { setTriggerValue, setStateValue } = streamlit;
    this.streamlit = { setTriggerValue: this.#later(setTriggerValue), setStateValue: this.#later(setStateValue) };
    this.#take();
  }

  /** One of Streamlit's functions, not called while the page turns, nor from a page that was left. */
  #later(tell) {
    return (...what) => whenStill(() => this.own && tell(...what));
  }

  /** Take new data, unless it is for others. */
  #listen() {
    if (this.own && toldTo(this.own.key) !== this.told) this.#take();
  }

  /** What the part was told last comes before its own data. */
  #take() {
    this.told = toldTo(this.own.key);
    this.waiting = { data: this.told ?? this.own, streamlit: this.streamlit };
    this.#show();
  }

  /** Until everything is here the part stays as it was. */
  #show() {
    if (!this.waiting) return;
    const { data, streamlit } = this.waiting;
    const marks = data.numbers ?? {};
    const numbers = Object.fromEntries(Object.entries(marks).map(([name, mark]) => [name, this.#find(name, mark)]));
    if (!Object.values(numbers).every(Boolean)) return;
    Object.assign(this, { waiting: null, marks, numbers });
    this.part.load({ ...data, ...numbers }, streamlit);
  }

  /** Numbers shown already need not be brought again. */
  #find(name, mark) {
    return this.marks[name] === mark ? this.numbers[name] : find(mark);
  }

  remove() {
    for (const stop of this.stops) stop();
    this.own = null;
    this.part.remove();
  }
}

/** The data of a part, with its arrays: see `_sent` in `convviz/browser/mount.py`. */
export function unpacked(sent) {
  if (!ArrayBuffer.isView(sent)) return sent[0];
  const { data, arrays } = taken(sent);
  return withArrays(data, arrays);
}
