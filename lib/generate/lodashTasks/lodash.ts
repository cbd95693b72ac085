import {createRequire} from "node:module";
import type lodashes from "lodash";

const require = createRequire(import.meta.url);

/** The package `lodash`, half a megabyte, loaded when a task of it is made. */
export function lodash(): typeof lodashes {
  return require("lodash") as typeof lodashes;
}
