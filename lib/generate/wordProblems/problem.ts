import type {Random} from "../../text/random.js";
import {formatRational, type Rational} from "../../text/rational.js";
import {algebra} from "./algebra.js";
import type {Family, Frame} from "./frame.js";
import {money} from "./money.js";
import {motion} from "./motion.js";
import {parts} from "./parts.js";
import {readSteps, work, writeSteps, type Layout, type Step, type Worked} from "./program.js";
import {openings, vocabulary} from "./vocabulary.js";

/** Every family of word problems. */
export const families: readonly Family[] = [...money, ...motion, ...parts, ...algebra];

/** A question with the steps that answer it. */
export interface Problem {
  family: string;
  question: string;
  steps: Step[];
  layout: Layout;
}

const maxTries = 1000;
const largest = 100_000n;

/** Draws a problem: a frame, numbers that lead to results that such a story can have, words, a layout. */
export function drawProblem(random: Random): Problem {
  const {id, frames} = random.pick(families);
  return drawFrame(id, random.pick(frames), random);
}

/** Draws a problem from one frame. */
export function drawFrame(family: string, frame: Frame, random: Random): Problem {
  for (let i = 0; i < maxTries; i++) {
    const drawn = Object.entries(frame.numbers).map(([name, draw]) => [name, draw(random)] as const);
    // A number that stands twice in a question would hide an exchange of the two.
    if (new Set(drawn.map(([, {text}]) => text)).size < drawn.length) continue;
    const worked = work(readSteps(frame.steps, new Map(drawn.map(([name, {value}]) => [name, value]))));
    if (worked === null || !sensible(worked, frame)) continue;
    const fill = slots(random, new Map(drawn.map(([name, {text}]) => [name, text])));
    const text = fill(frame.text);
    const steps = readSteps(frame.steps.map(fill), new Map(drawn.map(([name, {value}]) => [name, value])));
    const question = random.int(3) === 0 ? `${random.pick(openings)} ${text}` : text;
    return {family, question, steps, layout: layout(random, frame)};
  }
  throw new Error(`found no numbers for ${frame.text} in ${maxTries} tries`);
}

/** A problem's text: question, worked steps, a last line with the answer. */
export function writeProblem({question, layout}: Problem, worked: readonly Worked[], answer: Rational): string {
  return `${question}\n\n${[...writeSteps(worked, layout), `Answer: ${formatRational(answer, layout)}`].join("\n")}`;
}

function sensible(worked: readonly Worked[], {denominator = 12}: Frame): boolean {
  return worked.every(({result: {n, d}}, i) => {
    if (n <= 0n || n / d > largest) return false;
    return i < worked.length - 1 ? d <= 1_000_000n : d <= BigInt(denominator);
  });
}

function layout(random: Random, {decimal = false}: Frame): Layout {
  const [times, over] = random.pick([["*", "/"] as const, ["×", "÷"] as const, ["×", "/"] as const]);
  const lead = random.pick([
    ["", "", ""] as const,
    ["", "", ""] as const,
    ["- ", "- ", "- "] as const,
    ["First, ", "Then, ", "Finally, "] as const,
    ["First, ", "Next, ", "Last, "] as const
  ]);
  return {times, over, lead, decimal};
}

// One person, thing or place keeps its word through question and steps; no two slots share a word.
function slots(random: Random, numbers: ReadonlyMap<string, string>): (text: string) => string {
  const words = new Map<string, string>();
  const word = (slot: string): string => {
    const known = numbers.get(slot) ?? words.get(slot);
    if (known !== undefined) return known;
    const list = vocabulary[/^[A-Z]$/.test(slot) ? "person" : slot.replace(/\d$/, "")];
    if (list === undefined) throw new RangeError(`expected a slot that the vocabulary has, got {${slot}}`);
    const taken = new Set(words.values());
    const chosen = random.pick(list.filter((item) => !taken.has(item)));
    words.set(slot, chosen);
    return chosen;
  };
  return (text) =>
    text
      .replace(/\[([^\]]*)\]/g, (_match, choices: string) => random.pick(choices.split("|")))
      .replace(/\{(\w+)\}/g, (_match, slot: string) => word(slot));
}
