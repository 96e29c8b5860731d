// While Streamlit turns the page, nothing is told to it: a message from the page that is left would name that page,
// and Streamlit would stay there. On the server `keep_turns` prevents that for all that is told. But the server lets
// a message through that comes right after Back on the same page; then the message or Back was lost. So messages wait.

const LONGEST_TURN = 3000; // milliseconds that a turn may take; no message waits longer
const TURN_BACK = 1000; // the same after Back or Forward, which change the address at once
const TURN_LOOK = 50; // milliseconds between two looks

let left = null; // the path of the page that is left
let until = 0;

const waiting = []; // what is to be called once the page has turned, in order

const turns = () => performance.now() < until && left === window.location.pathname;

/** Call at once, or as soon as the page has turned: after all that waits already, so that the last word is the last. */
export function whenStill(tell) {
  if (waiting.length === 0 && !turns()) return tell();
  if (waiting.push(tell) === 1) setTimeout(tellAll, TURN_LOOK);
  return undefined;
}

function tellAll() {
  if (turns()) setTimeout(tellAll, TURN_LOOK);
  else waiting.splice(0).forEach((tell) => tell());
}

/** Note that the page begins to turn. */
function begin(milliseconds) {
  left = window.location.pathname;
  until = performance.now() + milliseconds;
}

function pressed(event) {
  const link = event.target.closest?.("a[href]");
  const elsewhere = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || link?.target;
  if (!link || elsewhere || link.origin !== window.location.origin) return;
  if (link.pathname !== window.location.pathname) begin(LONGEST_TURN);
}

document.addEventListener("click", pressed, true);
window.addEventListener("popstate", () => begin(TURN_BACK));
