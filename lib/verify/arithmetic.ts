import {add, divide, equal, formatRational, multiply, parseRational, rational, subtract} from "../text/rational.js";
import type {Rational} from "../text/rational.js";
import {readQuestion} from "./arithmetic/reader.js";
import {verdict, type Evidence, type Verifier} from "./verifier.js";

const self = {id: "arithmetic", family: "exact-rational", version: "1"};
const maxText = 4000;
const maxSteps = 32;
const step = /^(?:- )?[A-Z][A-Za-z ,]{0,80}: (\S{1,40}) ([-+*/×÷]) (\S{1,40}) = (\S{1,40})$/;

/**
 * Checks a word problem from its text alone, in exact fractions: the question is read by a grammar of its own and
 * answered by a closed formula; each worked step "label: a op b = c" must be right, and be made of numbers of the
 * question, of earlier results, or of the few constants that such a question may need; the last result and the answer
 * must be the formula's. What it cannot read it refuses.
 *
 * It does not guard against labels that name the wrong thing. Reasons: unreadable, missing-answer, unreadable-step,
 * unsupported-number, wrong-step, unfinished (the last step is not the answer given), wrong-answer.
 */
export const arithmetic: Verifier = {
  ...self,
  async verify({text}: Evidence) {
    const {reason, detail} = judge(text);
    return verdict(self, reason, {detail});
  }
};

function judge(text: string): {reason: string; detail: string} {
  const no = (reason: string, detail = "") => ({reason, detail});
  if (text.length > maxText) return no("unreadable", `more than ${maxText} characters`);
  const blank = text.indexOf("\n\n");
  const question = readQuestion(blank < 0 ? text : text.slice(0, blank));
  if (question === null) return no("unreadable", "the question is not in the language that is read");
  const lines = blank < 0 ? [] : text.slice(blank + 2).split("\n");
  const last = lines.pop();
  const given = last?.startsWith("Answer: ") === true ? parseRational(last.slice("Answer: ".length)) : null;
  if (given === null) return no("missing-answer", `expected a last line such as "Answer: 7/3", got ${shown(last)}`);
  if (lines.length === 0 || lines.length > maxSteps)
    return no("unreadable-step", `expected 1 to ${maxSteps} steps, got ${lines.length}`);

  const known = [...question.numbers, ...question.constants.map((n) => rational(n))];
  for (const line of lines) {
    const [, left, operator, right, written] = step.exec(line) ?? [];
    const [a, b, c] = [left, right, written].map((part) => parseRational(part ?? ""));
    if (a === null || b === null || c === null) return no("unreadable-step", shown(line));
    const stray = [a, b].find((n) => !known.some((other) => equal(n, other)));
    if (stray !== undefined) return no("unsupported-number", `${formatRational(stray)} in ${shown(line)}`);
    const result = apply(a, operator, b);
    if (result === null || !equal(result, c))
      return no("wrong-step", `${shown(line)}: ${result === null ? "division by 0" : formatRational(result)}`);
    known.push(c);
  }
  if (!equal(known.at(-1)!, given))
    return no(
      "unfinished",
      `the last step gives ${formatRational(known.at(-1)!)}, the answer is ${formatRational(given)}`
    );
  if (!equal(question.answer, given))
    return no("wrong-answer", `expected ${formatRational(question.answer)}, got ${formatRational(given)}`);
  return no("");
}

function apply(a: Rational, operator: string, b: Rational): Rational | null {
  if (operator === "+") return add(a, b);
  if (operator === "-") return subtract(a, b);
  if (operator === "*" || operator === "×") return multiply(a, b);
  return b.n === 0n ? null : divide(a, b);
}

function shown(line: string | undefined): string {
  return line === undefined ? "nothing" : JSON.stringify(line.slice(0, 120));
}
