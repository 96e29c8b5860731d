// Runs before Streamlit's script, which is a module and so waits until the document is read.
{
  // Streamlit's server is where this document's own files come from. Without this, Streamlit looks for it below the
  // page's address first (/pooling/_stcore/health), gets a 404, and waits before it looks at the right place.
  // To answer there would be wrong: Streamlit would take /pooling for the app's root, and show the first page.
  window.__streamlit = { BACKEND_BASE_URL: new URL("./", window.location.href).href, ...window.__streamlit };

  // The first visit begins with the lessons, if it asks for nothing: a link that says anything opens its view, and a
  // frame shows what its page chose. "#convolve" is the first page by its name.
  const { pathname, search, hash } = window.location;
  const isBare = pathname.endsWith("/") && !search && !hash && window === window.top;
  let begun = null;
  try {
    begun = localStorage.getItem("convviz begun");
    localStorage.setItem("convviz begun", "yes");
  } catch {
    // a browser that keeps nothing begins with the lessons each time
  }
  if (isBare && !begun) window.history.replaceState(null, "", "lessons");
  if (hash === "#convolve") window.history.replaceState(null, "", pathname + search);

  // One press makes one entry of the history. Streamlit adds one for a page, and others for the link that the page then
  // writes: one press of Back would undo a part of it. What follows without another press belongs to the same entry.
  const PRESSES = ["pointerdown", "click", "keydown", "drop"];
  const add = window.history.pushState.bind(window.history);
  let pressed = false;
  for (const press of PRESSES) window.addEventListener(press, () => (pressed = true), true);
  window.history.pushState = (...entry) => {
    if (pressed) add(...entry);
    else window.history.replaceState(...entry);
    pressed = false;
  };

  // Light or dark. Streamlit asks the system, again at each change. A choice made here stands in for the system's.
  const [DARK, CHOSEN] = ["(prefers-color-scheme: dark)", "convviz theme"];
  const ask = window.matchMedia.bind(window);
  const system = ask(DARK);
  const theme = Object.assign(new EventTarget(), { media: DARK, chosen: null });
  try {
    theme.chosen = localStorage.getItem(CHOSEN);
  } catch {
    // a browser that keeps nothing follows the system at each visit
  }
  Object.defineProperty(theme, "matches", { get: () => (theme.chosen ? theme.chosen === "dark" : system.matches) });
  const changed = () => theme.dispatchEvent(Object.assign(new Event("change"), { matches: theme.matches }));
  system.addEventListener("change", changed);
  window.matchMedia = (query) => (query === DARK ? theme : ask(query));
  document.addEventListener("convviz-theme", () => {
    const other = theme.matches ? "light" : "dark";
    theme.chosen = (other === "dark") === system.matches ? null : other; // the system's own needs no choice
    try {
      if (theme.chosen) localStorage.setItem(CHOSEN, theme.chosen);
      else localStorage.removeItem(CHOSEN);
    } catch {
      // then it holds until the page is left
    }
    changed();
  });
}
