// Numbers and sentences as text, and typed numbers. The same rule everywhere: a number reads the same wherever it stands.

const LEAST = 1e-4; // numbers beyond these are written with an exponent
const WHOLE = 1e15;
const CELL_WHOLE = 1e6; // in a cell
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const THOUSANDS = /^[+-]?[1-9]\d{0,2},\d{3}$/; // 1,000 is one number to some readers and another to others
const EXACT = 1e-12; // of a number: what adding in another order may change

/** So many significant digits, and all of those before the point; no trailing zeros, a real minus sign. */
export function numberText(value, digits = 6) {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value < 0 ? "−∞" : "∞";
  const size = Math.abs(value);
  if (size !== 0 && (size < LEAST || size >= WHOLE)) return withExponent(value, digits);
  const whole = String(Math.trunc(size)).length;
  return String(Number(value.toPrecision(Math.max(digits, whole)))).replace("-", "−");
}

/** The number that a person typed, such as −0.5, 0,5, 1e-3 or 1/9; NaN where it is none. */
export function numberIn(text) {
  const [over, under, ...more] = text.trim().replaceAll("−", "-").split("/").map(decimal);
  const value = under === undefined ? over : over / under;
  return more.length ? NaN : value + 0; // −0 is 0
}

function decimal(text) {
  const plain = THOUSANDS.test(text.trim()) ? text : text.replace(",", ".");
  return DECIMAL.test(plain.trim()) ? Number(plain) : NaN;
}

/** The short form for a cell: whole numbers whole, others with three significant digits, small ones with two. */
export function cellText(value) {
  const size = Math.abs(value);
  if (!size || !Number.isFinite(size)) return numberText(value);
  if (size >= CELL_WHOLE || size < 1e-3) return withExponent(value, 2);
  return numberText(value, size < 0.01 ? 2 : 3);
}

function withExponent(value, digits) {
  const [mantissa, exponent] = value.toExponential(digits - 1).split("e");
  return `${Number(mantissa)}e${Number(exponent)}`.replaceAll("-", "−");
}

/** Whether a number's text says less than the number. */
export const isRounded = (value) => saysLess(numberText(value), value);

/** Whether a text says less than the number it stands for. */
export function saysLess(text, value) {
  if (!Number.isFinite(value)) return false;
  return Math.abs(Number(text.replaceAll("−", "-")) - value) > EXACT * Math.abs(value);
}

/** A number as a factor or a summand: negative ones in brackets. */
export const termText = (value) => inBrackets(numberText(value), value);

/** A factor as its cell writes it, and whether that says less than the number. */
export const factorText = (value) => inBrackets(cellText(value), value);
export const isShort = (value) => saysLess(cellText(value), value);

/** The text of a number, in brackets if the number is negative. */
export const inBrackets = (text, value) => (value < 0 ? `(${text})` : text);

/**
 * Put values into a sentence's {placeholders}. A sign of equality before one of them becomes ≈ where a number between
 * it and the last colon or full stop is `rounded`.
 */
export function fill(template, values, rounded = new Set()) {
  let near = false;
  return template.replace(/([.:。：]\s?)|(= )?\{([^}]+)\}/g, (whole, stop, equals, name) => {
    if (stop) {
      near = false;
      return whole;
    }
    near ||= rounded.has(name);
    const text = name in values ? String(values[name]) : `{${name}}`;
    return `${equals ? (near ? "≈ " : "= ") : ""}${text}`;
  });
}
