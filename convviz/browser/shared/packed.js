// Data with its arrays, as `joined` in `convviz/browser/mount.py` packs them.

const KINDS = {
  ...{ b1: Uint8Array, u1: Uint8Array, u2: Uint16Array, u4: Uint32Array, u8: BigUint64Array },
  ...{ i1: Int8Array, i2: Int16Array, i4: Int32Array, i8: BigInt64Array, f4: Float32Array, f8: Float64Array },
};

/** A line of JSON, its length before it, and then arrays, each at a multiple of 8 bytes. */
export function taken(bytes) {
  const { buffer } = bytes.slice(); // a copy, in which arrays begin at multiples of 8
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

/** Data with the arrays in the places that name them. */
export function withArrays(data, arrays) {
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [name, value?.array === undefined ? value : arrays(value.array)]),
  );
}
