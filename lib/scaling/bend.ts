import type {Objective} from "./objective.js";

/**
 * A loss as its slope's shape: steep · r between −low / steep and high / steep, constant beyond. Squares never bend,
 * Huber's loss does at ±δ, and the asymmetric loss is the limit of ever steeper ones.
 */
export interface Bend {
  readonly low: number;
  readonly high: number;
  readonly steep: number;
}

/** The loss of an objective, its kink at 0 rounded off where it has one. @param width of the rounded part */
export function bendOf({loss, delta, penalty}: Objective, width: number): Bend {
  if (loss === "squares") return {low: Infinity, high: Infinity, steep: 1};
  if (loss === "huber") return {low: delta, high: delta, steep: 1};
  return {low: 1, high: penalty, steep: 1 / width};
}
