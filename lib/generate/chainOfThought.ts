import {z} from "zod";
import {divide, equal, rational, type Rational} from "../text/rational.js";
import {windows} from "./document/windows.js";
import {shownEquations} from "./figures/equations.js";
import {readNumbers} from "./figures/readNumbers.js";
import {wrongEquation} from "./figures/unfounded.js";
import {askingOptions, modelGenerator, type Failed, type Task} from "./modelGenerator.js";

const Options = z.strictObject({
  ...askingOptions,
  /** other solutions, by models that see the problem alone; by the step's other models first */
  solvers: z.int().min(0).max(9).default(2),
  /** how many of them must come to the same answer */
  agree: z.int().min(0).max(9).default(1),
  /** UTF-16 code units of the document from which a problem takes its subject */
  window: z.int().min(200).max(200_000).default(3000)
});

type Options = z.infer<typeof Options>;

const answer = z
  .string()
  .regex(/^-?\d[\d,]{0,20}(?:\.\d{1,12})?(?:\/[1-9]\d{0,11})?%?$/, "expected a plain number such as 42, -3.5, 7/3");
const Solved = z.strictObject({reasoning: z.string().min(1).max(20_000), answer});
const Written = z.strictObject({problem: z.string().min(1).max(8000), ...Solved.shape});

/**
 * A problem, the reasoning that solves it step by step, and an answer that is a number:
 *
 *     A mill has 12 looms, and each weaves 25 yards a day. How many yards are that in 6 days?
 *
 *     @solution
 *     In a day the looms weave 12 × 25 = 300 yards. In 6 days …
 *     #### 1800
 *
 * This is the form that the verifier `final-answer` reads, where somebody has a trusted answer; a run has none, and no recipe
 * can ask for it. A draft is refused where a shown calculation is wrong
 * (`wrong-arithmetic`), where the reasoning never comes to its answer (`answer-not-derived`), and where fewer than `agree`
 * of the other solutions come to the same number (`disagreement`). The payload counts them.
 *
 * Models that agree can be wrong together: nobody here knows the answer.
 */
export const chainOfThought = modelGenerator<Options>(
  {
    id: "chain-of-thought",
    version: "1",
    kind: "chain-of-thought",
    asks: {models: 1},
    prompts: ["chain-of-thought", "chain-of-thought-solve"]
  },
  Options.refine(({solvers, agree}) => agree <= solvers, "expected agree of at most solvers"),
  async (task) => {
    const {seed, options, number, seeded, models, avoid, ask} = task;
    const parts = windows(seed.text, options.window);
    if (parts.length === 0) return {reason: "no-text", detail: "expected a document with words, got none"};
    const {start, end} = seeded("windows").shuffle(parts)[number % parts.length];
    const values = {document: seed.text.slice(start, end), avoid};
    const written = await ask(models[0], {prompt: "chain-of-thought", values}, Written);
    if (!written.ok) return written;
    const problem = written.value.problem.trim();
    const reasoning = written.value.reasoning.trim();
    const given = written.value.answer;
    const fault = faultOf(problem, reasoning, given);
    if (fault !== null) return fault;
    const agreed = await others(task, problem, given);
    if ("reason" in agreed) return agreed;
    return {
      text: `${problem}\n\n@solution\n${reasoning}\n#### ${given}`,
      payload: {problem, answer: given, ...agreed, window: [start, end]}
    };
  }
);

function faultOf(problem: string, reasoning: string, given: string): Failed | null {
  const marked = [problem, reasoning].find((text) => /^(?:@[a-z]+\b|####)/m.test(text));
  if (marked !== undefined)
    return {reason: "broken-form", detail: "expected no line that begins with @ or ####, got one in what was written"};
  if (/(?:\bthe|\bthis) (?:document|passage|text above|excerpt)\b/i.test(problem))
    return {reason: "not-self-contained", detail: `expected a problem of its own, got ${problem}`};
  const wrong = wrongEquation(reasoning);
  if (wrong !== null) return {reason: "wrong-arithmetic", detail: `expected right arithmetic, got ${wrong}`};
  const value = valueOf(given);
  const size = value.n < 0n ? rational(-value.n, value.d) : value;
  const reached = [
    ...readNumbers(reasoning).map((number) => number.value),
    ...shownEquations(reasoning).map((equation) => equation.value)
  ];
  const percent = given.endsWith("%") ? [rational(size.n * 100n, size.d)] : [];
  if ([size, ...percent].some((one) => reached.some((other) => equal(one, other)))) return null;
  if (given.includes("/") && reasoning.replace(/\s/g, "").includes(given.replace("-", ""))) return null;
  return {reason: "answer-not-derived", detail: `expected ${given} in the reasoning, got none`};
}

/** How many other solutions there are, and how many of them come to the same answer. */
async function others(
  {options, models, number, ask}: Task<Options>,
  problem: string,
  given: string
): Promise<{solvers: number; agreed: number} | Failed> {
  const answers: string[] = [];
  const expected = valueOf(given);
  let agreed = 0;
  for (let i = 0; i < options.solvers; i++) {
    // The others in turn, and the writer last, who sees nothing but the problem either.
    const solver = models[(i + 1) % models.length];
    const asking = {prompt: "chain-of-thought-solve", values: {problem}, sample: number * options.solvers + i};
    const solved = await ask(solver, asking, Solved);
    answers.push(solved.ok ? solved.value.answer : solved.reason);
    if (solved.ok && equal(valueOf(solved.value.answer), expected)) agreed++;
  }
  if (agreed >= options.agree) return {solvers: options.solvers, agreed};
  return {
    reason: "disagreement",
    detail: `expected ${options.agree} of ${options.solvers} others at ${given}, got ${answers.join(", ")}`
  };
}

/** The number of an answer; a percentage is a hundredth. */
function valueOf(given: string): Rational {
  const [, minus, top, bottom = "1", percent] = /^(-?)([\d,.]+)(?:\/(\d+))?(%?)$/.exec(given)!;
  const {value} = readNumbers(top)[0];
  const size = divide(value, rational(BigInt(bottom) * (percent === "" ? 1n : 100n)));
  return minus === "" ? size : rational(-size.n, size.d);
}
