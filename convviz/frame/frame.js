// An element that shows nothing: it sets what belongs to the page as a whole.

export default function mount({ data }) {
  document.documentElement.lang = data.language;
  if (data.address) window.location.assign(data.address);
}
