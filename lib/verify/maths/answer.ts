import type {Expression} from "./expression.js";
import type {Unit} from "./units.js";

/** A formula with what stands around it. */
export interface ValueAnswer {
  kind: "value";
  expression: Expression;
  unit: Unit | null;
  /** words after it that name no unit, e.g. "duck eggs" */
  noun: string;
  /** where it is one number with a decimal point: its decimals and its significant digits */
  decimals: {places: number; digits: number} | null;
}

/** Relations between formulas, in a row: 1 < x ≤ 2. */
export interface RelationAnswer {
  kind: "relation";
  sides: readonly Answer[];
  /** one fewer than sides: "=", "<", "<=", ">", ">=", "!=", "in", "~" */
  operators: readonly string[];
  /** how the first side is written, without white space: the name of what the rest is */
  left: string;
}

/** Several answers at once, without brackets. */
export interface ListAnswer {
  kind: "list";
  items: readonly Answer[];
  joined: "and" | "or" | ",";
}

/** A final answer, as its writing says. */
export type Answer =
  | ValueAnswer
  | RelationAnswer
  | ListAnswer
  /** a tuple, a vector, or an interval */
  | {kind: "sequence"; items: readonly Answer[]; open: string; close: string}
  | {kind: "set"; items: readonly Answer[]}
  | {kind: "union"; parts: readonly Answer[]}
  | {kind: "intersection"; parts: readonly Answer[]}
  | {kind: "without"; from: Answer; removed: readonly Answer[]}
  | {kind: "reals"}
  | {kind: "matrix"; rows: readonly (readonly Answer[])[]}
  | {kind: "ratio"; parts: readonly Answer[]}
  /** digits in a base that is named: 12_8 */
  | {kind: "based"; digits: string; base: number}
  /** minutes from midnight; null for half of the day where it is not said */
  | {kind: "time"; minutes: number; half: "am" | "pm" | null}
  /** a letter of a multiple choice, and what stands beside it */
  | {kind: "choice"; letter: string; rest: Answer | null}
  | {kind: "text"; words: string}
  | {kind: "unreadable"; why: string};
