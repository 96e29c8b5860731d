// How a number came about, in a line.

import { fill, numberText, termText } from "../shared/format.js";

const MOST_TERMS = 20;
const short = (value) => termText(Number(value.toPrecision(4)));

/**
 * @param {object} cell what is known of it: `kind`, `lead`, `terms` (what is added up or gone in), `total`, `bias`,
 *   `norm`, `out`, `after` (kind and value of what follows) and `share`
 * @param {object} words
 */
export function arithmetic({ kind, lead, terms, total, bias, norm, out, after, share }, words) {
  const result = numberText(out, 5);
  if (kind === "norm") {
    const [mean, deviation, gamma, beta] = norm.map(short);
    return `${lead} (${short(terms[0])} − ${mean}) ÷ ${deviation} × ${gamma} + ${beta} = ${result}`;
  }
  if (kind === "pool") {
    const list = terms.length <= MOST_TERMS ? terms.map((value) => numberText(value, 4)).join(", ") : fill(words.numbers, { count: terms.length });
    return `${lead} ${fill(words.largest, { list })} = ${result}`;
  }
  if (kind === "relu") return `${lead} max(0, ${numberText(terms[0], 5)}) = ${result}`;
  if (bias === null) return `${lead} ${numberText(terms[0], 5)} → ${result}`;
  const listed = terms.length && terms.length <= MOST_TERMS ? terms.map(short).join(" + ") : fill(words.terms, { count: terms.length });
  const then = after.map(([name, value]) => `; ${name} ${numberText(value, 5)}`).join("");
  const softmax = share === null ? "" : `; softmax ${(100 * share).toFixed(1)}%`;
  return `${lead} ${listed} = ${numberText(total, 5)}; + ${words.bias} ${short(bias)} = ${result}${then}${softmax}`;
}
