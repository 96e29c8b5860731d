import { door } from "../shared/door.js";
import { Picture } from "./view.js";

/** The place of a picture. Where nothing is shown in it, its column takes no room: see `convviz/web/page.css`. */
class Place {
  constructor(parentElement) {
    this.host = parentElement.host ?? parentElement; // Streamlit gives the root of a shadow tree
    this.picture = new Picture(parentElement.querySelector(".picture"));
  }

  load(data, streamlit) {
    this.host.toggleAttribute("data-hidden", Boolean(data.hidden));
    if (!data.hidden) this.picture.load(data, streamlit);
  }

  remove() {
    this.picture.remove();
  }
}

export default door((parentElement) => new Place(parentElement));
