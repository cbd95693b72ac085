import type {StandIn} from "./standIns.js";

/** Judges of known accuracy that calibrations are tried with. */
export const standIns: readonly StandIn[] = [
  {id: "judge-a", family: "llama", sensitivity: 0.9, specificity: 0.8},
  {id: "judge-b", family: "gemma", sensitivity: 0.85, specificity: 0.75},
  {id: "judge-c", family: "mistral", sensitivity: 0.95, specificity: 0.7}
];

/** The probability that at least two of three judges are right, where each errs by itself. */
export function majority([a, b, c]: readonly number[]): number {
  return a * b * (1 - c) + a * (1 - b) * c + (1 - a) * b * c + a * b * c;
}
