import {jsonl} from "./jsonl.js";
import {parquet} from "./parquet.js";
import type {Source} from "./source.js";
import {states} from "./states.js";
import {text} from "./text.js";

/** Every kind of place that seeds come from, sorted by id. */
export const sources: readonly Source[] = [jsonl, parquet, states, text];
