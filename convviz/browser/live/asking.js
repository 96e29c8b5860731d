// What the server says the view shows for other values of its sliders: see `convviz/ui/state/follow.py`.

import { addressOf } from "../shared/server.js";

const KINDS = {
  ...{ b1: Uint8Array, u1: Uint8Array, u2: Uint16Array, u4: Uint32Array, u8: BigUint64Array },
  ...{ i1: Int8Array, i2: Int16Array, i4: Int32Array, i8: BigInt64Array, f4: Float32Array, f8: Float64Array },
};

/** The data of the parts for some values of the sliders; null where the page would look different. */
export async function ask(key, values) {
  return read(`follow/${key}?${new URLSearchParams(values)}`);
}

/** Numbers of an earlier answer. */
export async function askFor(key, mark) {
  return read(`follow/${key}/${mark}`);
}

async function read(path) {
  try {
    const answer = await fetch(addressOf(path));
    return answer.status === 200 ? taken(await answer.arrayBuffer()) : null; // 204: nothing follows
  } catch {
    return null; // the connection is lost; Streamlit says so
  }
}

/** A line of JSON, its length before it, and then arrays, each at a multiple of 8 bytes. */
export function taken(buffer) {
  const length = new DataView(buffer).getUint32(0, true);
  const { marks, kinds, ...head } = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  const after = (end) => Math.ceil(end / 8) * 8;
  let place = after(4 + length);
  const arrays = kinds.map(([kind, count]) => {
    const array = new KINDS[kind](buffer, place, count);
    place = after(place + array.byteLength);
    return array;
  });
  return { ...head, numbers: new Map(marks.map((mark, k) => [mark, arrays[k]])), arrays: (k) => arrays[marks.length + k] };
}
