import {guard} from "../sandbox/guard.js";

/** The threads that all verifiers of JavaScript share, at most one a core; they start with the first job. */
export const threads = guard();
