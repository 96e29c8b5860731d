// What the lecturer's browser asks of the room's server. Only the latest of what is shown is sent, one after the other.

import { addressOf } from "../shared/server.js";

export const address = (path = "") => addressOf(`room${path}`).href;

/** The room that this tab has opened: its code and its secret; null if there is none. */
export function keptRoom() {
  return JSON.parse(window.sessionStorage.room ?? "null");
}

export async function openRoom() {
  const answer = await fetch(address(), { method: "POST" });
  const room = await answer.json();
  if (!answer.ok) throw new Error(room.said);
  window.sessionStorage.room = JSON.stringify(room);
  return room.code;
}

export function closeRoom() {
  const closing = request("", "DELETE");
  delete window.sessionStorage.room;
  return closing;
}

/** Ask with the secret; the answer, or null where there was none, or the room is closed. */
export async function request(path, method = "GET", body = undefined) {
  const room = keptRoom();
  if (!room) return null;
  const { code, secret } = room;
  return fetch(address(`/${code}${path}`), { method, body, headers: { "X-Room-Secret": secret } }).catch(() => null);
}

/** Sends what is shown, and the page of a new loop before it. What changes meanwhile is sent once, as it is then. */
export class Sender {
  /** @param {(shown: object) => void} sent called when the room has heard of it */
  constructor(sent) {
    Object.assign(this, { sent, busy: false, next: null, mark: "" });
  }

  async send(shown, scene) {
    this.next = { shown, scene };
    if (this.busy) return;
    this.busy = true;
    while (this.next) {
      const { shown: now, scene: page } = this.next;
      this.next = null;
      if (now.mark && now.mark !== this.mark && (await request("/scene", "PUT", await packed(page)))?.ok) this.mark = now.mark;
      await request("/shown", "PUT", JSON.stringify(now));
      this.sent(now);
    }
    this.busy = false;
  }
}

function packed(text) {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Response(stream).blob();
}
