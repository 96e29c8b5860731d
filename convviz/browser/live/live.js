// The element that says what the view is of, and brings the parts of the view new data, all at once. When a slider moves
// it asks the server what they show for the values under the thumbs: Streamlit sends those later, or only at the end.

import { find, tellParts } from "../shared/exchange.js";
import { taken, withArrays } from "../shared/packed.js";
import { writeLines } from "../shared/said.js";
import { ask } from "./asking.js";
import { forgetOthers, keepNumbers } from "./kept.js";
import { isAlike, onSlide, readSliders } from "./sliders.js";

const PATIENCE = 1000; // milliseconds after which an element that is gone does not come back
// {place, follow, shown, coming, awaited}: the element, how to ask, what the parts show and are about to show, and the
// values of the sliders that a run will bring.
let view = null;
let calls = 0;
let isAsking = false;

export default function mount({ data, parentElement }) {
  calls += 1;
  const { parts, said, follow, numbers, arrays } = taken(data);
  const isNew = view?.place !== parentElement;
  if (isNew) view = { place: parentElement, shown: null };
  Object.assign(view, { follow, awaited: null });
  // Where the hand has gone on meanwhile, the view must not go back.
  if (isNew || !Object.keys(parts).length || isAlike(readSliders(follow), follow.values)) {
    bring({ parts, said, values: follow.values, version: follow.version, numbers, arrays });
  }
  chase();
  const mine = view;
  return () => leave(mine);
}

/** Show what has come, or first let its numbers come: what is said of a map never goes ahead of it. */
function bring(next) {
  keepNumbers(next.numbers);
  view.coming = missing(next).length ? next : null;
  if (!view.coming) show(next);
}

/** Show a view. What a part has already, it is not given again. */
function show({ parts, said, values, version, arrays }) {
  const before = view.shown?.parts;
  const made = new Map();
  for (const [key, data] of Object.entries(parts)) {
    const now = withArrays(data, arrays);
    made.set(key, isSame(now, before?.get(key)) ? before.get(key) : now);
  }
  view.shown = { parts: made, values, version };
  tellParts(made);
  writeLines(view.place.querySelector(".said"), said);
  forgetOthers(new Set(marksOf(parts)));
}

/**
 * Show an answer; or a view of a later run that has waited for its numbers. What a run has shown since the question was
 * asked is nearer to the thumbs.
 */
function take(answer, shownBefore) {
  keepNumbers(answer.numbers);
  if (view.coming) bring(view.coming);
  else if (answer.version < (view.shown?.version ?? 0)) return;
  else if (view.shown === shownBefore || isAlike(readSliders(view.follow), answer.values)) show(answer);
}

const marksOf = (parts) => Object.values(parts).flatMap((data) => Object.values(data.numbers ?? {}));
const missing = ({ parts }) => marksOf(parts).filter((mark) => !find(mark));

/** Ask for what the sliders say until the view shows it, one question at a time, so that nothing piles up. */
async function chase() {
  if (isAsking) return;
  isAsking = true;
  try {
    while (view?.shown || view?.coming) {
      const { follow, shown, coming } = view;
      const wanted = readSliders(follow);
      if (!coming && isAlike(wanted, shown.values) && shown.version >= follow.version) break;
      const answer = await ask(follow, wanted); // with all numbers; or nothing, where a run brings the same
      const isLatest = view?.follow === follow; // else a run has come meanwhile
      if (isLatest) view.coming = null;
      if (answer && view?.follow.key === follow.key) take(answer, shown);
      else if (coming && isLatest) show(coming); // nothing brings its numbers
      if (isLatest && !(answer && isAlike(wanted, answer.values))) break;
    }
  } finally {
    isAsking = false;
  }
}

/**
 * A change is asked for at once: the answer comes before Streamlit has drawn its controls again. In a crowd the server
 * has no time to answer twice; then the first change after a rest is left to Streamlit, unless a thumb is held.
 */
onSlide((isHeld) => {
  if (!view?.shown) return;
  const wanted = readSliders(view.follow);
  if (!view.follow.isCrowded || isHeld || (view.awaited && !isAlike(wanted, view.awaited))) chase();
  else view.awaited = wanted;
});

function isSame(one, other) {
  const plain = (_name, value) => (ArrayBuffer.isView(value) ? Array.from(value, String) : value);
  return other !== undefined && JSON.stringify(one, plain) === JSON.stringify(other, plain);
}

/** A run that is broken off by the next takes the element away for a moment: until that one ends, its data counts. */
function leave(mine) {
  const then = calls;
  setTimeout(() => {
    if (calls !== then || view !== mine) return;
    view = null;
    tellParts([]);
    forgetOthers(new Set());
  }, PATIENCE);
}
