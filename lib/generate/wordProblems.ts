import {z} from "zod";
import type {Draft} from "../schema/sample.js";
import {formatRational, type Rational} from "../text/rational.js";
import type {Generator} from "./generator.js";
import {optionsOf} from "./options.js";
import {drawProblem, writeProblem, type Problem} from "./wordProblems/problem.js";
import {work, type Worked} from "./wordProblems/program.js";

/**
 * Word problems from a grammar: 16 families of questions with exact rational answers. A text is the question, one line
 * a step ("Price of the pens: 12 * 5 = 60"), and a last line "Answer: 7/3". Every number of a question matters.
 */
export const wordProblems: Generator = {
  id: "word-problems",
  family: "grammar",
  version: "1",
  ceiling: "T2",
  kinds: ["problem"],
  async *generate(_seed, {random, count, options}) {
    optionsOf("word-problems", options, z.strictObject({}));
    for (let i = 0; i < count; i++) {
      const problem = drawProblem(random);
      const worked = work(problem.steps)!;
      yield draftOf(problem, worked, worked.at(-1)!.result);
    }
  }
};

/** A problem as a draft, with the answer that was written down. */
export function draftOf(
  problem: Problem,
  worked: readonly Worked[],
  answer: Rational,
  payload: Readonly<Record<string, unknown>> = {}
): Draft {
  return {
    text: writeProblem(problem, worked, answer),
    payload: {family: problem.family, question: problem.question, answer: formatRational(answer), ...payload},
    domain: "math",
    kind: "problem",
    ceiling: "T2",
    spans: []
  };
}
