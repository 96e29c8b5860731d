// The room as the lecturer sees it: code, people, answers. It tells the phones of each step.

import { door } from "../shared/door.js";
import { element } from "../shared/element.js";
import { address, ask, closeRoom, keptRoom, openRoom, Sender } from "./server.js";
import { watchStep } from "./steps.js";

const LOOK = 2000; // milliseconds between two looks at who is here

class Room {
  constructor(parentElement) {
    this.root = parentElement.querySelector(".room");
    this.find = (selector) => this.root.querySelector(selector);
    Object.assign(this, { sender: new Sender(), revealed: null, sent: "", step: null });
    this.find(".name").addEventListener("click", () => this.#unfold(this.find(".more").hidden));
    this.find(".large").addEventListener("click", () => this.find("dialog").showModal());
    this.find(".reveal").addEventListener("click", () => this.#reveal());
    this.find(".save").addEventListener("click", () => this.#save());
    this.find(".close").addEventListener("click", () => this.#close());
    this.look = setInterval(() => this.#look(), LOOK);
    this.stop = watchStep((step) => {
      this.step = step;
      this.#tell();
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
    this.stop();
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

  /** Tell the phones what is shown, if it has changed. */
  #tell() {
    if (!this.data?.code || keptRoom()?.code !== this.data.code) return;
    const { question } = this.data.shown;
    const shown = { ...this.data.shown, step: this.step };
    if (question) {
      const { id, ask: text, choices } = question; // not the answer, which anybody could read
      shown.question = { id, ask: text, choices, ...(this.revealed === id && { answer: question.right }) };
    }
    const text = JSON.stringify(shown);
    if (text === this.sent) return;
    this.sent = text;
    this.sender.send(shown, this.data.scene);
  }

  async #look() {
    if (!this.data?.code || keptRoom()?.code !== this.data.code) return;
    const answer = await ask("/answers");
    if (!answer) return;
    if (!answer.ok) {
      this.find(".counts").textContent = this.data.words.gone;
      return;
    }
    this.answers = await answer.json();
    this.#count();
  }

  #count() {
    const { people, answered, bars, others } = this.answers;
    const { words, shown } = this.data;
    const { question } = shown;
    const counts = [words.here.replace("{people}", people)];
    if (question) counts.push(words.answered.replace("{count}", answered));
    this.find(".counts").textContent = counts.join(" · ");
    const open = question && this.revealed === question.id;
    this.find(".reveal").hidden = !question || open;
    this.find(".save").hidden = !question || !answered;
    const most = Math.max(1, others, ...bars.map(({ count }) => count));
    const row = (text, count, right) =>
      element(
        "tr",
        { class: right ? "right" : null },
        element("td", {}, right ? `${text} ✓` : text),
        element("td", { class: "bar" }, element("div", { style: `width: ${(100 * count) / most}%` })),
        element("td", {}, String(count)),
      );
    const rows = open ? bars.map(({ value, count }) => row(question.choices[value - 1] ?? String(value), count, value === question.number)) : [];
    if (open && others) rows.push(row(words.others, others, false));
    this.find(".bars").replaceChildren(...rows);
  }

  #reveal() {
    this.revealed = this.data.shown.question.id;
    this.#tell();
    this.#count();
  }

  #save() {
    const { bars, others } = this.answers;
    const lines = ["answer,count", ...bars.map(({ value, count }) => `${value},${count}`), ...(others ? [`others,${others}`] : [])];
    const url = URL.createObjectURL(new Blob([`${lines.join("\n")}\n`], { type: "text/csv" }));
    element("a", { href: url, download: `answers-${this.data.code}.csv` }).click();
    URL.revokeObjectURL(url);
  }

  async #close() {
    await closeRoom();
    this.root.hidden = true;
    this.tellPage("closed", true);
  }
}

export default door((parentElement) => new Room(parentElement));
