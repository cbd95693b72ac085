import {parseRational, type Rational} from "../../text/rational.js";
import {evaluate} from "./formula.js";
import {language, openings} from "./language.js";

/** A question that was understood. */
export interface Question {
  numbers: Rational[];
  constants: readonly number[];
  answer: Rational;
}

const maxQuestion = 600;

/**
 * Reads a question as a whole and works out its answer in closed form.
 *
 * @returns null where the question is not in the language, two people share a name, or the answer does not exist
 */
export function readQuestion(text: string): Question | null {
  if (text.length > maxQuestion) return null;
  const opening = openings.find((sentence) => text.startsWith(`${sentence} `));
  const question = opening === undefined ? text : text.slice(opening.length + 1);
  for (const {expression, reading} of readings) {
    const groups = expression.exec(question)?.groups;
    if (groups === undefined) continue;
    const people = Object.entries(groups).filter(([name]) => /^[A-Z]$/.test(name));
    if (new Set(people.map(([, value]) => value)).size < people.length) continue;
    const values = new Map<string, Rational>();
    for (const [name, value] of Object.entries(groups)) {
      if (!/^[a-z]$/.test(name) || value === undefined) continue;
      const number = parseRational(value);
      if (number === null) return null;
      values.set(name, number);
    }
    try {
      return {
        numbers: [...values.values()],
        constants: reading.constants ?? [],
        answer: evaluate(reading.answer, values)
      };
    } catch {
      return null;
    }
  }
  return null;
}

const readings = language.map((reading) => ({reading, expression: compile(reading.pattern)}));

function compile(pattern: string): RegExp {
  const seen = new Set<string>();
  const source = pattern
    .replace(/[.?$+*/]/g, "\\$&")
    .replace(/\(/g, "(?:")
    .replace(/<(\w+)>/g, (_match, name: string, at: number, whole: string) => {
      if (seen.has(name)) return `\\k<${name}>`;
      // A name that one branch alone defines would stand for nothing in the other.
      if (whole.lastIndexOf("(?:", at) > whole.lastIndexOf(")", at))
        throw new RangeError(`expected <${name}> to come first outside brackets in ${pattern}`);
      seen.add(name);
      if (name.length > 1) return `(?<${name}>[a-z]+(?: [a-z]+){0,3})`;
      return /[A-Z]/.test(name) ? `(?<${name}>[A-Z][a-z]+)` : `(?<${name}>\\d{1,15}(?:[./]\\d{1,15})?)`;
    });
  return new RegExp(`^${source}$`);
}
