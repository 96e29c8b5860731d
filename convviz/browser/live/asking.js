// What the server says the view shows for other values of its sliders: see `convviz/ui/state/follow.py`.

import { taken } from "../shared/packed.js";
import { addressOf } from "../shared/server.js";

/** The data of the parts for some values of the sliders; null where a run brings it: of the view, or of the whole page. */
export async function ask({ key, version }, values) {
  const path = `follow/${key}?${new URLSearchParams({ ...values, seen: version })}`;
  try {
    const answer = await fetch(addressOf(path));
    return answer.status === 200 ? taken(new Uint8Array(await answer.arrayBuffer())) : null; // 204: nothing follows
  } catch {
    return null; // the connection is lost; Streamlit says so
  }
}
