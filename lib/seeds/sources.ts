import {jsonl} from "./jsonl.js";
import {lodash} from "./lodash.js";
import {mobyDick} from "./mobyDick.js";
import {parquet} from "./parquet.js";
import {sotu} from "./sotu.js";
import type {Source} from "./source.js";
import {states} from "./states.js";
import {text} from "./text.js";

/** Every kind of place that seeds come from, sorted by id. */
export const sources: readonly Source[] = [jsonl, lodash, mobyDick, parquet, sotu, states, text];
