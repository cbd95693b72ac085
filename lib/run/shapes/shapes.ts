import type {Shape} from "./shape.js";

/** Every public data set's way to write rows that is known, in the order in which a row is held against them. */
export const shapes: readonly Shape[] = [];
