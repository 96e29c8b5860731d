// A question of the lesson: the answer is checked here, and each wrong one gets the sentence meant for it.

import { element } from "./element.js";
import { numberIn } from "./format.js";

const CLOSE = 0.005; // of the answer, or of 1: a rounded number is right

/**
 * Fill the form with a question.
 * @param {HTMLFormElement} form
 * @param {object} question
 * @param {Record<string, string>} words
 */
export function ask(form, question, words) {
  form.hidden = !question;
  form.onsubmit = null;
  if (!question) return;
  const [label, text] = form.querySelector(".ask").children;
  label.textContent = words.predict;
  text.textContent = question.ask;
  const feedback = form.querySelector(".feedback");
  const check = element("button", { type: "submit" }, words.check);
  const inputs = answerFields(question.choices, words);
  form.querySelector(".answers").replaceChildren(...inputs, check);
  tell(feedback, "", "");
  form.oninput = () => tell(feedback, "", "");
  form.onsubmit = (event) => {
    event.preventDefault();
    const given = new FormData(form).get("answer")?.trim() ?? "";
    if (given === "") return;
    const number = numberIn(given);
    if (Number.isNaN(number)) return tell(feedback, words.number.replace("{text}", given), "wrong");
    if (isRight(number, question.answer)) return tell(feedback, question.right, "right");
    return tell(feedback, question.wrong[nearest(number, question.wrong) ?? "otherwise"], "wrong");
  };
}

/** What the answer is given in: a radio button for each choice, or a box. */
export function answerFields(texts, words) {
  return texts.length ? choices(texts) : [box(words)];
}

/** The wrong answer that is meant, of those that a question has a sentence for; undefined where none is. */
function nearest(given, wrong) {
  const off = (each) => Math.abs(given - Number(each));
  const meant = Object.keys(wrong).filter((each) => off(each) <= allowedAt(Number(each)));
  return meant.sort((a, b) => off(a) - off(b))[0];
}

/** By how much an answer may be off. */
export function allowedAt(answer) {
  return Number.isInteger(answer) ? 1e-9 : CLOSE * Math.max(1, Math.abs(answer));
}

function isRight(given, answer) {
  return Math.abs(given - answer) <= allowedAt(answer);
}

function box(words) {
  return element("input", { type: "text", name: "answer", inputmode: "decimal", autocomplete: "off", "aria-label": words.answer });
}

function choices(texts) {
  return texts.map((text, k) => element("label", {}, element("input", { type: "radio", name: "answer", value: k + 1 }), text));
}

function tell(feedback, text, kind) {
  feedback.textContent = text;
  feedback.className = `feedback ${kind}`;
}
