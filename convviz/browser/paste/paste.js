// An image pasted anywhere on the page, except into a text field, is sent to Python.

const pages = new WeakMap();

export default function mount({ parentElement, setTriggerValue }) {
  pages.get(parentElement)?.abort(); // the trigger of the latest run counts
  const listening = new AbortController();
  pages.set(parentElement, listening);
  document.addEventListener("paste", (event) => take(event, setTriggerValue), { signal: listening.signal });
  return () => listening.abort();
}

function take(event, setTriggerValue) {
  const file = [...event.clipboardData.files].find(({ type }) => type.startsWith("image/"));
  if (!file) return;
  event.preventDefault();
  const reader = new FileReader();
  reader.onload = () => setTriggerValue("image", { name: file.name, url: reader.result });
  reader.readAsDataURL(file);
}
