import type {BigNumber} from "mathjs";
import {equal} from "../text/rational.js";
import {extractAnswer, lastNumber} from "./maths/extractAnswer.js";
import {equivalent} from "./maths/equivalent.js";
import {plainNumber} from "./maths/plainNumber.js";
import {readAnswer} from "./maths/readAnswer.js";
import {loadDecimals, type Reals} from "./maths/reals.js";
import type {Sameness} from "./maths/sameValue.js";
import {openSympy, type SympyOpinions} from "./maths/sympy/sympyOpinions.js";
import {checkSteps} from "./maths/steps.js";
import {nativePython} from "./sandbox/nativePython.js";
import {readSections} from "./sections.js";
import {verdict, type Evidence, type Verifier} from "./verifier.js";

const self = {id: "final-answer", family: "symbolic-mathematics", version: "1"};
const maxText = 200_000;
const maxShown = 90;
const maxQuestions = 6;

let decimals: Promise<Reals<BigNumber>> | undefined;

/**
 * Checks the final answer of a solution against a trusted one. The text holds problem and solution in any form that ends
 * in an answer (\boxed{…}, "#### …", "A: …", "the answer is …", or a last formula or number); a line `@solution` may part
 * the two, and then the answer is looked for after it alone:
 *
 *     How many eggs are left of 16 when 7 are eaten?
 *
 *     @solution
 *     16 - 7 = <<16-7=9>>9 eggs are left.
 *     #### 9
 *
 * The reference is an answer, or a whole solution from which it is taken in the same way. What counts as the same is said
 * at `equivalent`. The steps' arithmetic is told in the detail and decides nothing; so a right answer from wrong reasons
 * passes, and whoever is shown the reference can copy it.
 *
 * Every formula is read by our own parser in time that grows with its length, and sizes are bounded before they are worked
 * out. Integrals, limits, long sums and whatever else this leaves undecided are put to SymPy as trees, in the sandbox that
 * `npm run setup:native` prepares; where that is absent they stay undecided. A unit that one side alone has is passed over,
 * and the detail says so. Reasons: no-reference, no-answer, unreadable-answer, wrong-answer, too-large (a power or factorial
 * beyond the bounds), undecided (the reference cannot be read, or no way can tell), unreadable (a text that is too
 * long, or marks @solution twice).
 */
export const finalAnswer: Verifier = {
  ...self,
  needsReference: true,
  async verify({text, reference}: Evidence) {
    if (reference === undefined || reference.trim() === "")
      return verdict(self, "no-reference", {detail: "expected a trusted answer or solution beside the text, got none"});
    if (text.length > maxText || reference.length > maxText)
      return verdict(self, "unreadable", {detail: `expected at most ${maxText} characters`});
    const solution = solutionOf(text);
    if (solution === null) return verdict(self, "unreadable", {detail: "@solution comes twice"});
    const got = extractAnswer(solution)?.answer ?? null;
    const expected = referenceAnswer(reference);
    const steps = solution.includes("=") ? checkSteps(solution) : {right: 0, count: 0, wrong: ""};
    const told =
      steps.count === 0
        ? ""
        : `${steps.right} of ${steps.count} steps right${steps.wrong === "" ? "" : `, not ${steps.wrong}`}`;
    if (got === null) return verdict(self, "no-answer", {detail: joined("the text ends in no answer", told)});
    const plain = compare(got, expected);
    const {word, note, sandbox} =
      plain !== null ? {word: plain, note: "", sandbox: ""} : await compareDeeply(got, expected);
    if (word === "equal") return verdict(self, "", {detail: joined(note, told), sandbox});
    return verdict(self, word === "different" ? "wrong-answer" : word, {
      detail: joined(`expected ${shown(expected)}, got ${shown(got)}`, told),
      sandbox
    });
  },
  async tools() {
    const native = await nativePython();
    if (typeof native === "string") return [`not there: sympy: ${native}; what only it decides stays undecided`];
    const {sympy: version} = native.packages;
    return version === undefined
      ? ["not there: sympy: npm run setup:native; what only it decides stays undecided"]
      : [`sympy ${version} runs in ${native.id}`];
  },
  async close() {
    await (await sympy)?.close();
  }
};

let sympy: Promise<SympyOpinions | null> | undefined;

function solutionOf(text: string): string | null {
  if (!text.includes("@solution")) return text;
  const sections = readSections(text, ["solution"]);
  if (typeof sections === "string") return null;
  return sections.sections.get("solution")?.body ?? text;
}

/** The answer of a reference, which may be nothing but the answer. */
function referenceAnswer(reference: string): string {
  const trimmed = reference.trim();
  if (plainNumber(trimmed) !== null) return trimmed;
  const extracted = extractAnswer(trimmed);
  if (extracted === null) return trimmed;
  if (extracted.found !== "number" && extracted.found !== "formula") return extracted.answer;
  const sentence =
    trimmed.includes("\n") || trimmed.split(/\s+/).filter((word) => /^[A-Za-z]{2,}/.test(word)).length > 5;
  return sentence ? extracted.answer : trimmed;
}

/** Without reading formulas: the same writing, or two plain numbers. */
function compare(got: string, expected: string): Sameness | null {
  if (got === expected) return "equal";
  const [a, b] = [plainNumber(got), plainNumber(expected)];
  if (a === null || b === null || a.percent !== b.percent) return null;
  if (equal(a.value, b.value)) return "equal";
  // A decimal reference may be a rounded one.
  return b.decimal ? null : "different";
}

/** What a comparison of formulas says, and where SymPy had to be asked. */
interface Deep {
  word: Sameness | "unreadable-answer";
  note: string;
  sandbox: string;
}

async function compareDeeply(got: string, expected: string): Promise<Deep> {
  const said = (word: Deep["word"], {note = "", sandbox = ""} = {}): Deep => ({word, note, sandbox});
  decimals ??= loadDecimals();
  const reals = await decimals;
  const reference = readAnswer(expected);
  let candidate = readAnswer(got);
  if (candidate.kind === "unreadable" && reference.kind !== "unreadable") {
    // "so she has 3 + 4 = 7 of them" is no formula, and its last number an answer.
    const number = /[A-Za-z]{3,} [A-Za-z]{2,}/.test(got) ? lastNumber(got) : null;
    if (number === null) return said("unreadable-answer");
    candidate = readAnswer(number);
  }
  const compact = (answer: string) => answer.replace(/\s|\\[ ,;!]|\$/g, "");
  if (compact(got) === compact(expected)) return said("equal");
  const opinions = new Map<string, Sameness>();
  for (;;) {
    const {word, unitAlone, asked} = equivalent(candidate, reference, reals, opinions);
    const note = unitAlone ? "a unit on one side alone was passed over" : "";
    const open = [...asked].filter((question) => !opinions.has(question));
    const peer =
      word === "undecided" && open.length > 0 && opinions.size < maxQuestions ? await (sympy ??= openSympy()) : null;
    if (peer === null) return said(word, {note, sandbox: opinions.size > 0 ? ((await sympy)?.id ?? "") : ""});
    for (const question of open.slice(0, maxQuestions - opinions.size))
      opinions.set(question, await peer.ask(question));
  }
}

function shown(answer: string): string {
  const line = answer.replace(/\s+/g, " ").trim();
  return line.length <= maxShown ? line : `${line.slice(0, maxShown - 1)}…`;
}

function joined(...parts: string[]): string {
  return parts.filter((part) => part !== "").join("; ");
}
