import type {Generator} from "./generator.js";

/** Every generator, sorted by id. */
export const generators: readonly Generator[] = [];
