import { door } from "../shared/door.js";
import { MapGrid } from "./view.js";

export default door((parentElement) => new MapGrid(parentElement.querySelector(".mapgrid")));
