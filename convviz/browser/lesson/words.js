// A lesson's sentences: **bold**, `code`, and [words](part:key) that point at a part of the page.

import { element } from "../shared/element.js";

const PIECE = /\*\*(.+?)\*\*|`(.+?)`|\[(.+?)\]\(part:(.+?)\)/g;

/** A sentence without its marks. */
export function plainText(text) {
  return text.replace(PIECE, "$1$2$3");
}

/** The nodes of a sentence; `point` is called with each element that names a part, and with the part's key. */
export function sentence(text, point) {
  const nodes = [];
  let end = 0;
  for (const found of text.matchAll(PIECE)) {
    const [all, bold, code, words, key] = found;
    nodes.push(text.slice(end, found.index));
    end = found.index + all.length;
    if (bold) nodes.push(element("b", {}, bold));
    else if (code) nodes.push(element("code", {}, code));
    else nodes.push(pointing(words, key, point));
  }
  return [...nodes, text.slice(end)];
}

function pointing(words, key, point) {
  const part = element("span", { class: "part", tabindex: 0 }, words);
  point(part, key);
  return part;
}
