// Exercises, each with its grids and a box for the answer.

import { door } from "../shared/door.js";
import { element } from "../shared/element.js";
import { ask } from "../shared/question.js";

class Exercises {
  constructor(parentElement) {
    this.root = parentElement.querySelector(".exercises");
  }

  load(data) {
    const text = JSON.stringify(data);
    if (text === this.text) return; // answers typed stay
    this.text = text;
    this.root.setAttribute("aria-label", data.words.label);
    this.root.replaceChildren(...data.exercises.map((each) => this.#item(each, data.words)));
  }

  remove() {}

  #item({ question, grids }, words) {
    const form = element("form", { class: "question" });
    const asked = element("p", { class: "ask" }, element("span"), element("span"));
    const shown = element("div", { class: "grids" }, ...grids.map(table));
    const feedback = element("p", { class: "feedback", role: "status" });
    form.append(asked, shown, element("div", { class: "answers" }), feedback);
    ask(form, question, { ...words, predict: "" });
    return element("li", {}, form);
  }
}

function table({ name, rows }) {
  const cells = rows.map((row) => element("tr", {}, ...row.map((number) => element("td", {}, number))));
  return element("table", {}, element("caption", {}, name), ...cells);
}

export default door((parentElement) => new Exercises(parentElement));
