// The network as a row of boxes: each layer, the shape of what comes out of it, and how many numbers it trains.

export default function mount({ data, parentElement }) {
  const list = parentElement.querySelector(".diagram");
  const line = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });
  list.setAttribute("aria-label", data.label);
  list.replaceChildren(
    ...data.boxes.map(({ title, shape, parameters }) => {
      const box = Object.assign(document.createElement("div"), { className: parameters ? "box trained" : "box" });
      box.append(line("b", title), line("span", shape), line("span", parameters || "\u00a0"));
      const item = document.createElement("li");
      item.append(box);
      return item;
    }),
  );
}
