// A phone in a room: it shows what the lecturer shows, until its owner steps alone, and sends the owner's answers.

import { plainText } from "../../browser/lesson/words.js";
import { element } from "../../browser/shared/element.js";
import { numberIn } from "../../browser/shared/format.js";
import { answerFields } from "../../browser/shared/question.js";

const words = JSON.parse(document.getElementById("words").textContent);
const find = (selector) => document.querySelector(selector);
const here = window.location.pathname.replace(/\/$/, "");
// By this word the room counts a phone once. It says nothing of its owner, and is gone with the tab.
const phone = (window.sessionStorage.phone ??= crypto.getRandomValues(new Uint32Array(4)).join("-"));
const frame = find("iframe");
let shown = {};
let wandered = false;
let ready = false;

/** Show what the lecturer shows now. */
function show(next) {
  const before = shown;
  shown = next;
  find(".status").textContent = "";
  say(next.said);
  const asksElse = JSON.stringify(next.question) !== JSON.stringify(before.question);
  if (asksElse) askAll(next.question, before.question);
  if (next.mark !== before.mark) load(next);
  else if (!wandered && (asksElse || next.step !== before.step)) follow(); // a new link alone undoes no press
  const isAddress = /^https?:/.test(next.link ?? ""); // and no script
  find(".open").hidden = !isAddress;
  if (isAddress) Object.assign(find(".open"), { href: next.link, textContent: words.open });
}

function say(said) {
  find(".said").hidden = !said;
  find(".waiting").hidden = Boolean(said); // a lesson's words are enough where it shows no loop
  if (!said) return;
  find(".where").textContent = said.where;
  find("h2").textContent = said.title;
  find(".text").textContent = plainText([said.text, said.task].filter(Boolean).join(" "));
}

/** Another loop, or none: a new page in the frame. */
function load({ mark }) {
  wandered = ready = false;
  find(".back").hidden = true;
  frame.hidden = !mark;
  find(".waiting").textContent = mark ? "" : words.waiting;
  if (mark) frame.src = `${here}/scene?mark=${encodeURIComponent(mark)}`;
  else frame.removeAttribute("src");
}

/** Go to the lecturer's step. */
function follow() {
  wandered = false;
  find(".back").hidden = true;
  if (!ready || !Number.isInteger(shown.step)) return;
  const question = shown.question?.guess ? (shown.question.answer ? "shown" : "asked") : null;
  frame.contentWindow.postMessage({ step: shown.step, question }, "*");
}

/** The frame says where it rests: its owner has moved it, if that is not where the lecturer is. */
window.addEventListener("message", ({ source, data }) => {
  if (source !== frame.contentWindow) return;
  if (data.ready) {
    ready = true;
    if (!wandered) follow();
  } else if (Number.isInteger(data.moved)) {
    wandered = true;
    find(".back").hidden = false;
  }
});

function askAll(question, before) {
  const form = find(".question");
  const feedback = find(".feedback");
  form.hidden = !question;
  if (!question) return;
  if (question.answer) feedback.textContent = words.revealed.replace("{answer}", question.answer);
  for (const input of form.elements) input.disabled = Boolean(question.answer);
  if (question.id === before?.id) return; // what is being typed stays
  if (!question.answer) feedback.textContent = "";
  find(".ask").textContent = question.ask;
  const send = element("button", { type: "submit" }, words.send);
  find(".answers").replaceChildren(...answerFields(question.choices ?? [], words), send);
}

find(".question").addEventListener("submit", async (event) => {
  event.preventDefault();
  const text = (new FormData(event.target).get("answer") ?? "").trim();
  const value = numberIn(text);
  const feedback = find(".feedback");
  if (text === "") return;
  if (Number.isNaN(value)) {
    feedback.textContent = words.number.replace("{text}", text);
    return;
  }
  const body = JSON.stringify({ phone, question: shown.question.id, value });
  const answer = await fetch(`${here}/answer`, { method: "PUT", body }).catch(() => null);
  if (!answer) feedback.textContent = words.lost;
  else feedback.textContent = answer.ok ? words.sent : (await answer.json()).said;
});

Object.assign(find(".back"), { textContent: words.back, onclick: follow });
find(".waiting").textContent = words.waiting;
const events = new EventSource(`${here}/events`);
events.onmessage = ({ data }) => show(JSON.parse(data));
events.onerror = () => (find(".status").textContent = words.lost);
events.addEventListener("over", () => {
  events.close();
  find(".status").textContent = words.over;
  find(".waiting").textContent = "";
});
