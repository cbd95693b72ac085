import type {Verifier} from "./verifier.js";

/** Every verifier, sorted by id. */
export const verifiers: readonly Verifier[] = [];
