// One palette for every grid: photo channels, signed numbers, taps; and an ink that can be read on each.

const CHANNEL = { R: [255, 92, 80], G: [84, 214, 104], B: [92, 140, 255] };
const SIGNED = {
  light: { low: [24, 90, 188], zero: [243, 243, 240], high: [200, 80, 8] },
  dark: { low: [88, 156, 255], zero: [44, 48, 56], high: [255, 146, 64] },
};

const mix = (from, to, t) => from.map((value, k) => Math.round(value + (to[k] - value) * t));
/** As text for a canvas. */
export const cssColour = (rgb) => `rgb(${rgb[0]} ${rgb[1]} ${rgb[2]})`;

/** 0 is black, 255 the channel's own colour; values outside are shown at the end they pass. */
export function imageColour(value, plane) {
  const channel = CHANNEL[plane.slice(-1)] ?? [255, 255, 255];
  return mix([0, 0, 0], channel, Math.min(1, Math.max(0, value / 255)));
}

/** The same colour stepping back, for cells a step does not touch. */
export function fade(rgb, dark) {
  return mix(rgb, dark ? [24, 26, 30] : [255, 255, 255], dark ? 0.45 : 0.4);
}

/** Blue below zero, orange above, neutral at zero; `limit` is the largest absolute value. */
export function signedColour(value, limit, dark) {
  const { low, zero, high } = dark ? SIGNED.dark : SIGNED.light;
  if (!limit || Number.isNaN(value)) return zero;
  const t = Math.min(1, Math.abs(value) / limit) ** 0.8; // lifts small values off the neutral
  return mix(zero, value < 0 ? low : high, t);
}

function luminance(rgb) {
  const [r, g, b] = rgb.map((value) => {
    const v = value / 255;
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Black or white, whichever contrasts more: at least 4.58 to 1 on any fill. */
export function inkOn(rgb) {
  return luminance(rgb) > 0.179 ? "#000" : "#fff";
}

/** The colour of a tap: its own hue by its place in the kernel. */
export function tapColour(index, count, dark) {
  const hue = (index * 360) / Math.max(1, count) + 20;
  return `oklch(${dark ? 0.78 : 0.58} 0.17 ${hue.toFixed(1)})`;
}

/** Largest absolute value of those numbers that are finite: the frame of a maximum is −∞. */
export function largest(values) {
  let limit = 0;
  for (const value of values) if (Math.abs(value) > limit && Number.isFinite(value)) limit = Math.abs(value);
  return limit;
}

/** Colours of the page, read from the theme Streamlit puts on the host. */
export function readTheme(element) {
  const style = getComputedStyle(element);
  const read = (name, fallback) => style.getPropertyValue(name).trim() || fallback;
  const background = read("--st-background-color", "#ffffff");
  const dark = luminance(parseColour(background)) < 0.2;
  return {
    dark,
    background,
    text: read("--st-text-color", dark ? "#fafafa" : "#1b1f27"),
    line: dark ? "#5c6370" : "#b4b9c4",
    blank: dark ? "#1c2027" : "#fafafa",
    window: dark ? "#ffd23f" : "#d0006f",
    font: read("--st-font", "system-ui, sans-serif"),
  };
}

const parsed = new Map();

/** Red, green and blue; each text is read once, by a canvas. */
function parseColour(text) {
  if (!parsed.has(text)) parsed.set(text, readColour(text));
  return parsed.get(text);
}

function readColour(text) {
  const context = document.createElement("canvas").getContext("2d");
  context.fillStyle = text;
  const value = context.fillStyle;
  if (value.startsWith("#")) return [1, 3, 5].map((k) => parseInt(value.slice(k, k + 2), 16));
  return value.match(/[\d.]+/g).slice(0, 3).map(Number);
}

