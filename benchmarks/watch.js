// Notes when the page was last painted with something new: a changed text or element, or a canvas drawn; and when
// with a canvas.
(() => {
  const OWN = "[data-testid=stStatusWidget], [data-testid=stToolbar], [data-testid=stHeader]"; // Streamlit's signs of a run
  const channel = new MessageChannel();
  let [awaited, isDrawn] = [false, false];
  channel.port1.onmessage = () => {
    awaited = false;
    window.painted = performance.now(); // the message comes after the frame is painted
    if (isDrawn) window.drawn = window.painted;
    isDrawn = false;
  };
  const change = () => {
    if (awaited) return;
    awaited = true;
    requestAnimationFrame(() => channel.port2.postMessage(0));
  };
  const observe = (root) =>
    new MutationObserver((records) => {
      if (records.some(({ target }) => !(target.closest ?? (() => target.parentElement?.closest(OWN))).call(target, OWN))) change();
    }).observe(root, { childList: true, characterData: true, subtree: true });
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (options) {
    const root = attach.call(this, options);
    observe(root);
    return root;
  };
  observe(document);
  for (const name of ["putImageData", "drawImage"]) {
    const draw = CanvasRenderingContext2D.prototype[name];
    CanvasRenderingContext2D.prototype[name] = function (...values) {
      isDrawn = true;
      change();
      return draw.apply(this, values);
    };
  }
  for (const name of ["keydown", "pointerdown", "change"])
    document.addEventListener(name, () => (window.began ??= performance.now()), true);
  const { send } = WebSocket.prototype;
  WebSocket.prototype.send = function (data) {
    window.asked = performance.now();
    if (!this.watched) this.addEventListener("message", () => (window.answered = performance.now()));
    this.watched = true;
    return send.call(this, data);
  };
  /** Whether nothing has happened for so long, and nothing is awaited. */
  window.quiet = (milliseconds) => {
    const app = document.querySelector("[data-testid=stApp]");
    const last = Math.max(window.painted ?? 0, window.asked ?? 0, window.answered ?? 0);
    return app?.dataset.testScriptState === "notRunning" && window.answered > window.asked && performance.now() - last > milliseconds;
  };
  /** Whether all that an action set off is shown. An action that asks the server for nothing has a second. */
  window.settled = (milliseconds) =>
    window.painted > window.began && (window.asked > window.began || performance.now() - window.began > 1000) && window.quiet(milliseconds);
})();
