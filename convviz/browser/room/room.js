// The room as the lecturer sees it: code, people, answers. It tells the phones of each step.

import { door } from "../shared/door.js";
import { element } from "../shared/element.js";
import { numberText } from "../shared/format.js";
import { allowedAt } from "../shared/question.js";
import { address, closeRoom, keptRoom, openRoom, request, Sender } from "./server.js";
import { watchStepper } from "./steps.js";

const LOOK = 2000; // milliseconds between two looks at who is here

class Room {
  constructor(parentElement) {
    this.root = parentElement.querySelector(".room");
    this.find = (selector) => this.root.querySelector(selector);
    Object.assign(this, { sender: new Sender(({ question }) => question && this.#look()), revealed: new Set(), sent: "", step: null, guess: null });
    this.find(".name").addEventListener("click", () => this.#unfold(this.find(".more").hidden));
    this.find(".large").addEventListener("click", () => this.find("dialog").showModal());
    this.find(".reveal").addEventListener("click", () => this.#reveal());
    this.find(".save").addEventListener("click", () => this.#save());
    this.find(".close").addEventListener("click", () => this.#close());
    this.look = setInterval(() => this.#look(), LOOK);
    this.stepper = watchStepper((step, guess) => {
      Object.assign(this, { step, guess });
      this.#tell();
      this.#count();
    });
  }

  load(data, { setTriggerValue }) {
    Object.assign(this, { data, tellPage: setTriggerValue });
    if (!data.code) this.#open();
    else if (keptRoom()?.code === data.code) this.#show();
    else this.tellPage("closed", true); // another tab's room, or one of a session that is over
  }

  remove() {
    clearInterval(this.look);
    this.stepper.stop();
  }

  async #open() {
    if (this.opening) return;
    this.opening = true;
    try {
      this.tellPage("opened", await openRoom());
    } catch {
      this.tellPage("closed", true);
    }
    this.opening = false;
  }

  #show() {
    const { code, picture, words } = this.data;
    this.root.hidden = false;
    this.root.setAttribute("aria-label", words.room.replace("{code}", code));
    this.find(".name").textContent = words.room.replace("{code}", code);
    for (const image of this.root.querySelectorAll("img")) image.src = picture;
    this.#name(".large", words.large);
    this.find(".reveal").textContent = words.reveal;
    this.find(".save").textContent = words.save;
    this.find(".close").textContent = words.close;
    this.find(".come").textContent = words.come;
    this.find(".address").textContent = address(`/${code}`);
    this.find("dialog button").textContent = words.hide;
    if (!this.begun) this.#unfold(true);
    this.begun = true;
    this.#tell();
    this.#look();
  }

  #name(selector, text) {
    Object.assign(this.find(selector), { title: text, ariaLabel: text });
  }

  #unfold(open) {
    this.find(".more").hidden = !open;
    this.find(".name").setAttribute("aria-expanded", open);
  }

  /** What is asked: the guess of the loop, where one is asked for, else the lesson's question. */
  get #question() {
    if (this.guess) return { ...this.guess, choices: [], guess: true, isShown: "right" in this.guess };
    const { question } = this.data.shown;
    const isShown = this.revealed.has(question?.id);
    return question && { ...question, allowed: allowedAt(question.number), guess: false, isShown };
  }

  /** Tell the phones what is shown, if it has changed. */
  #tell() {
    if (!this.data?.code || keptRoom()?.code !== this.data.code) return;
    const shown = { ...this.data.shown, step: this.step, question: null };
    const question = this.#question;
    if (question) {
      const { id, ask: text, choices, guess, isShown, right, number, allowed } = question;
      shown.question = { id, ask: text, choices, guess }; // not the answer, which anybody could read
      if (isShown) Object.assign(shown.question, { answer: right, number, allowed });
    }
    const text = JSON.stringify(shown);
    if (text === this.sent) return;
    this.sent = text;
    this.sender.send(shown, this.data.scene);
  }

  async #look() {
    if (!this.data?.code || keptRoom()?.code !== this.data.code) return;
    const answer = await request("/answers");
    if (!answer) return;
    if (!answer.ok) {
      this.find(".counts").textContent = this.data.words.gone;
      return;
    }
    this.answers = await answer.json();
    this.#count();
  }

  #count() {
    if (!this.answers) return;
    const { people, asked } = this.answers;
    const { words } = this.data;
    const question = this.#question;
    const { answered, bars } = this.answers.question === question?.id ? this.answers : { answered: 0, bars: [] };
    const counts = [words.here.replace("{people}", people)];
    if (question) counts.push((question.guess ? words.guessed : words.answered).replace("{count}", answered));
    this.find(".counts").textContent = counts.join(" · ");
    this.find(".reveal").hidden = !question || question.isShown;
    this.find(".save").hidden = !asked;
    const most = Math.max(1, ...bars.map(({ count }) => count));
    const rows = question?.isShown ? bars.map((bar) => this.#row(bar, question, most)) : [];
    this.find(".bars").replaceChildren(...rows);
  }

  #row({ low, high, count, right }, { choices }, most) {
    const text = choices.length ? choices[low - 1] : classText(low, high);
    return element(
      "tr",
      { class: right ? "right" : null },
      element("td", {}, right ? `${text} ✓` : text),
      element("td", { class: "bar" }, element("div", { style: `width: ${(100 * count) / most}%` })),
      element("td", {}, String(count)),
    );
  }

  #reveal() {
    if (this.guess) this.stepper.reveal(); // which says so
    else this.revealed.add(this.data.shown.question.id);
    this.#tell();
  }

  async #save() {
    const answer = await request("/results");
    if (!answer?.ok) return;
    const url = URL.createObjectURL(await answer.blob());
    element("a", { href: url, download: `answers-${this.data.code}.csv` }).click();
    URL.revokeObjectURL(url);
  }

  async #close() {
    await closeRoom();
    this.root.hidden = true;
    this.tellPage("closed", true);
  }
}

/** What a bar of the histogram holds: one number, or a class of them. */
function classText(low, high) {
  if (low === null) return `< ${numberText(high)}`;
  if (high === null) return `≥ ${numberText(low)}`;
  return low === high ? numberText(low) : `${numberText(low)} … ${numberText(high)}`;
}

export default door((parentElement) => new Room(parentElement));
