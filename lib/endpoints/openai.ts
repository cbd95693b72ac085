import {createRequire} from "node:module";
import type * as OpenAIs from "openai";

const require = createRequire(import.meta.url);

/** The package `openai`, loaded when a request is sent: 150 files, that a run whose answers are kept needs none of. */
export function openai(): typeof OpenAIs {
  return require("openai") as typeof OpenAIs;
}
