import { door } from "../shared/door.js";
import { Picture } from "./view.js";

export default door((parentElement) => new Picture(parentElement.querySelector(".picture")));
