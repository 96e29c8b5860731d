// Names of the parts, in words Python sent.

/** Give every part its name: for screen readers, tooltips and tests. */
export function nameParts(root, words) {
  const name = (selector, text) => root.querySelector(selector).setAttribute("aria-label", text);
  root.setAttribute("aria-label", words.stepper);
  name("canvas", words.picture);
  for (const part of ["arithmetic", "source", "values", "controls", "planes"]) name(`.${part}`, words[part]);
  name(".units", words.unit);
  name("[name=scrub]", words.scrub);
  name("[name=speed]", words.speed);
  for (const button of root.querySelectorAll("button[name]")) {
    button.setAttribute("aria-label", words[button.name]);
    button.title = words[button.name];
  }
}

/** One radio button for each name, as a row of labels; `choose` is told the index. */
export function offerRadios(host, group, labels, choose) {
  host.replaceChildren(
    ...labels.map((text, k) => {
      const label = document.createElement("label");
      const radio = Object.assign(document.createElement("input"), { type: "radio", name: group, value: k });
      radio.addEventListener("change", () => choose(k));
      label.append(radio, text);
      return label;
    }),
  );
}
