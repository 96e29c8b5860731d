// Several channels have a plane of numbers each, or all the same: a switch says which.

export function drawSwitch(button, { names, tools, words }, planes) {
  button.hidden = !tools || names.length < 2; // an input has the channels that it has
  button.textContent = words.alike;
  button.setAttribute("aria-checked", String(planes.length === 1));
}

/** A plane for each channel, to begin with the one that all had; or the first one's for all. */
export function switched(planes, names) {
  if (planes.length > 1) return [planes[0]];
  return names.map(() => planes[0].map((row) => [...row]));
}
