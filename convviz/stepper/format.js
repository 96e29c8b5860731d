// Numbers and sentences as text. The same rule everywhere, so that a number reads the same wherever it stands.

/** At most six significant digits, no trailing zeros, a real minus sign. */
export function numberText(value, digits = 6) {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value < 0 ? "−∞" : "∞";
  if (value === 0) return "0";
  const text = String(Number(value.toPrecision(digits)));
  return text.replace("-", "−");
}

/** A short form for a cell: three significant digits, integers whole. */
export function cellText(value) {
  if (!Number.isFinite(value) || (Number.isInteger(value) && Math.abs(value) < 1e5)) return numberText(value);
  const size = Math.abs(value);
  if (size >= 1e5 || (size > 0 && size < 1e-3)) return value.toExponential(0).replace("-", "−").replace("e+", "e");
  const decimals = size >= 100 ? 0 : size >= 10 ? 1 : 2;
  return numberText(Number(value.toFixed(decimals)));
}

/** A number as a factor or a summand: negative ones in brackets. */
export function termText(value) {
  return value < 0 ? `(${numberText(value)})` : numberText(value);
}

/** Put values into a sentence's {placeholders}. */
export function fill(template, values) {
  return template.replace(/\{([^}]+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}
