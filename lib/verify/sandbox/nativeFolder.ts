import {join} from "node:path";
import {packageFolder} from "../../io/assets.js";

/** Where `npm run setup:native` makes a virtual environment with pytest and SymPy. */
export const nativeFolder = join(packageFolder, "node_modules", ".cache", "ballast", "native");
