import { door } from "../shared/door.js";
import { Lens } from "./view.js";

export default door((parentElement) => new Lens(parentElement.querySelector(".lens")));
