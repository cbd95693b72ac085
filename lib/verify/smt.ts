import {readGoal, readModel, type Goal} from "./maths/smt/script.js";
import {createZ3, type Z3, type Z3Answer, type Z3Question} from "./maths/smt/z3.js";
import {readSections} from "./sections.js";
import {verdict, type Evidence, type Verifier} from "./verifier.js";

const self = {id: "smt", family: "smt-solver", version: "1"};
const sandbox = "z3-wasm";
const steps = 2_000_000;
const maxText = 100_000;

/**
 * Checks what a text says of a goal in SMT-LIB 2: that its assertions can hold together (`sat`), cannot (`unsat`), or hold
 * always (`valid`: all together, for all values of what is declared). With `sat` the values of all constants may follow;
 * then these must make every assertion true.
 *
 *     Is there a whole number above 2 whose square is below 10?
 *
 *     @goal smt
 *     (declare-const n Int)
 *     (assert (> n 2))
 *     (assert (< (* n n) 10))
 *
 *     @answer
 *     sat
 *     n = 3
 *
 * Z3 decides in a thread that can be ended, within a counted limit of work (rlimit), so that the same text has the same
 * verdict on every machine; what it cannot decide within it is "undecided" and neither right nor wrong. It does not guard
 * against a goal that says something else than the prose, nor against a bug of Z3: there is no second opinion.
 *
 * Reasons: missing-goal, missing-answer, unreadable, refused-command (see `readGoal`), wrong-answer, unreadable-model,
 * wrong-model, undecided, timeout, error.
 */
function createSmt(z3: Z3): Verifier {
  return {
    ...self,
    async verify(sample) {
      const {reason, detail} = await judge(sample, z3);
      return verdict(self, reason, {detail: detail.slice(0, 300), sandbox});
    },
    close: () => z3.close()
  };
}

export const smt = createSmt(createZ3());

interface Word {
  reason: string;
  detail: string;
}

async function judge({text}: Evidence, z3: Z3): Promise<Word> {
  if (text.length > maxText) return no("unreadable", `more than ${maxText} characters`);
  const read = readSections(text, ["goal", "answer"]);
  if (typeof read === "string") return no("unreadable", read);
  const [section, answer] = [read.sections.get("goal"), read.sections.get("answer")];
  if (section === undefined || section.words[0] !== "smt") return no("missing-goal", "expected a section @goal smt");
  if (answer === undefined) return no("missing-answer", "expected a section @answer");
  const [said, ...rest] = answer.body.split("\n");
  const claim = said.trim().toLowerCase();
  if (claim !== "sat" && claim !== "unsat" && claim !== "valid")
    return no("missing-answer", `expected sat, unsat or valid, got ${JSON.stringify(claim.slice(0, 60))}`);
  const goal = readGoal(section.body);
  if ("refused" in goal) return no(goal.refused, goal.why);
  const model = rest.join("\n").trim();
  if (model !== "" && claim !== "sat") return no("unreadable-model", `expected nothing after ${claim}`);
  if (model !== "") return await judgeModel(goal, model, z3);

  const answered = await z3.check(
    question(goal, claim === "valid" ? [`(not (and ${goal.assertions.join(" ")} true))`] : goal.assertions)
  );
  const failure = failed(answered);
  if (failure !== null) return failure;
  const {word} = answered as {word: string};
  const got = claim === "valid" ? (word === "unsat" ? "valid" : "not valid") : word;
  return got === claim ? no("", "") : no("wrong-answer", `expected ${got}, got ${claim}`);
}

/** Whether values make the assertions true: with every constant bound to its value they must hold together. */
async function judgeModel(goal: Goal, written: string, z3: Z3): Promise<Word> {
  const model = readModel(written, goal);
  if (typeof model === "string") return no("unreadable-model", model);
  const bound = [...model].map(([name, value]) => `(= ${name} ${value})`);
  const answered = await z3.check(question(goal, [...bound, ...goal.assertions]));
  const failure = failed(answered);
  if (failure !== null) return failure;
  if ((answered as {word: string}).word === "sat") return no("", "");
  for (const assertion of goal.assertions) {
    const one = await z3.check(question(goal, [...bound, assertion]));
    if (one !== null && "word" in one && one.word === "unsat")
      return no("wrong-model", `it does not make ${assertion} true`);
  }
  return no("wrong-model", "it does not make the assertions true together");
}

function question({declarations}: Goal, assertions: readonly string[]): Z3Question {
  return {script: [...declarations, ...assertions.map((assertion) => `(assert ${assertion})`)].join("\n"), steps};
}

function failed(answer: Z3Answer | null): Word | null {
  if (answer === null) return no("timeout", "no answer, alone neither");
  if ("error" in answer) return no("error", answer.error);
  if ("malformed" in answer) return no("unreadable", answer.malformed.trim());
  return answer.word === "unknown" ? no("undecided", `not decided within ${steps} steps`) : null;
}

function no(reason: string, detail: string): Word {
  return {reason, detail};
}
