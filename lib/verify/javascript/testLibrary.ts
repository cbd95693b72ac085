import {equality} from "./equality.js";
import {expectation} from "./expect.js";
import {nodeAssert} from "./nodeAssert.js";
import {runner} from "./runner.js";

/** What the tests' realm holds, as script source: from a bridge and the host's functions, which move the clock and hear the report, to `start`. */
export const testLibrary = `(function (bridge, advance, finish) {
  return (${runner})(bridge, ${equality}, ${nodeAssert}, ${expectation}, advance, finish);
})`;
