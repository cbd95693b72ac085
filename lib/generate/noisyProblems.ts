import {z} from "zod";
import type {Random} from "../text/random.js";
import {add, equal, rational, type Rational} from "../text/rational.js";
import type {Generator} from "./generator.js";
import {optionsOf} from "./options.js";
import {draftOf} from "./wordProblems.js";
import {drawProblem} from "./wordProblems/problem.js";
import {work, type Operator, type Step, type Worked} from "./wordProblems/program.js";

const Options = z.strictObject({
  /** share of problems with a slip */
  rate: z.number().min(0).max(1).default(0.3)
});

/** What a weak teacher gets wrong. */
export const slips = ["operation", "off-by-one", "carry", "dropped-step", "copy"] as const;
export type Slip = (typeof slips)[number];

interface Solution {
  worked: Worked[];
  answer: Rational;
}

/**
 * The noisy twin of `wordProblems`: the same questions, answered by one who slips in a share of them. A slip is followed
 * by honest work on the wrong number, as people do. The payload names the slip (null for none).
 */
export const noisyProblems: Generator = {
  id: "noisy-problems",
  family: "noisy-grammar",
  version: "1",
  ceiling: "T2",
  kinds: ["problem"],
  async *generate(_seed, {random, count, options}) {
    const {rate} = optionsOf("noisy-problems", options, Options);
    for (let i = 0; i < count; i++) {
      const problem = drawProblem(random);
      const slip = random() < rate ? random.pick(slips) : null;
      const right = work(problem.steps)!;
      const honest = {worked: right, answer: right.at(-1)!.result};
      const solution = slip === null ? honest : slipped(problem.steps, slip, honest, random);
      yield draftOf(problem, solution.worked, solution.answer, {slip});
    }
  }
};

// Where a slip of one kind has nothing to take hold of, the answer is copied wrongly.
function slipped(steps: readonly Step[], slip: Slip, honest: Solution, random: Random): Solution {
  const at = random.int(steps.length);
  const worked =
    slip === "operation"
      ? work(steps.map((step, i) => (i === at ? {...step, operator: confused[step.operator]} : step)))
      : slip === "off-by-one"
        ? work(steps, {alter: (i, result) => (i === at ? add(result, rational(random.pick([-1, 1]))) : result)})
        : slip === "carry"
          ? work(steps, {alter: (i, result) => (i === at ? add(result, rational(carried(result, random))) : result)})
          : slip === "dropped-step" && steps.length > 1
            ? work(withoutStep(steps, at))
            : null;
  const answer = worked?.at(-1)?.result;
  if (worked && answer && !equal(answer, honest.answer)) return {worked, answer};
  return {...honest, answer: add(honest.answer, rational(carried(honest.answer, random)))};
}

const confused: Record<Operator, Operator> = {"+": "-", "-": "+", "*": "+", "/": "*"};

function carried({n, d}: Rational, random: Random): number {
  const size = n / d;
  return (random.int(2) === 0 || size < 20n ? 1 : -1) * (size >= 100n && random.int(2) === 0 ? 100 : 10);
}

// What needed the dropped result takes the number it would have been made from.
function withoutStep(steps: readonly Step[], at: number): Step[] {
  const stand = steps[at].a;
  const shift = (operand: Step["a"]) =>
    typeof operand !== "number" ? operand : operand === at ? stand : operand > at ? operand - 1 : operand;
  return steps.filter((_, i) => i !== at).map((step) => ({...step, a: shift(step.a), b: shift(step.b)}));
}
