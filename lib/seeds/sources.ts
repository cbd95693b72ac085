import type {Source} from "./source.js";

/** Every kind of place that seeds come from, sorted by id. */
export const sources: readonly Source[] = [];
