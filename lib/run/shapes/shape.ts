import type {Evidence} from "../../verify/verifier.js";

/** A sample that was read off a row of somebody else's table. */
export interface ShapedSample extends Evidence {
  /** what a person calls it, e.g. "HumanEval/7" */
  name: string;
  /** whether its publisher says that it is right, where they do */
  label?: boolean;
}

/** A public data set's way to write its rows, told by their columns. */
export interface Shape {
  /** slug, e.g. "humaneval" */
  id: string;
  /** verifiers that its samples are for */
  verifiers: readonly string[];
  /** whether a row is written so */
  fits(row: Readonly<Record<string, unknown>>): boolean;
  /**
   * The samples of a row, each in the text that our verifiers read.
   *
   * @throws TypeError with field, what was expected and what came, where a row that fits cannot be read
   */
  samples(row: Readonly<Record<string, unknown>>): ShapedSample[];
}
