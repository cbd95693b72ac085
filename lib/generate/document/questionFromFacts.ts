import {z} from "zod";
import {unfounded} from "../figures/unfounded.js";
import type {AskingOptions, Made, Task} from "../modelGenerator.js";
import {extractFacts, factsPrompt} from "./facts.js";
import {windows} from "./windows.js";

/** What a recipe sets of questions from facts. */
export const questionOptions = {
  /** UTF-16 code units of the document that a model is shown at once */
  window: z.int().min(200).max(200_000).default(6000),
  /** facts asked for in each window */
  facts: z.int().min(1).max(50).default(8),
  /** facts that one question is about */
  each: z.int().min(1).max(5).default(2)
};

interface QuestionOptions extends AskingOptions {
  window: number;
  facts: number;
  each: number;
}

/** Prompt files of `questionFromFacts`. */
export const questionPrompts = [factsPrompt, "question-answer"];

const reply = z.strictObject({question: z.string().max(2000), answer: z.string().max(8000)});

/** What a reader without the document cannot follow. */
const pointing =
  /\b(?:(?:in|from|to|on|by|does|did|of)\s+the\s+(?:(?:above|given|provided|following)\s+)?(?:text|passage|document|excerpt|article|facts?|context)|(?:this|above|given|provided)\s+(?:text|passage|document|excerpt|article|paragraph|facts?|context)|(?:text|passage|document|article|excerpt)\s+(?:above|below|mentions?|states?|says?))\b/i;

/**
 * A question with its answer from facts of a document: the draft's number chooses window and facts, window by window in an
 * order of the seed's own. Refused where the question points at a text that its reader does not have, where it is none,
 * or where a number of either stands neither in the chosen facts nor follows by arithmetic that the answer shows.
 *
 * @param document what the model may see: the seed's text, or what redaction has left of it
 */
export async function questionFromFacts<O extends QuestionOptions>(task: Task<O>, document: string): Promise<Made> {
  const {options, number, seeded, models, avoid, ask} = task;
  const parts = windows(document, options.window);
  if (parts.length === 0) return {reason: "no-text", detail: "expected a document with words, got none"};
  const part = seeded("windows").shuffle(parts)[number % parts.length];
  const read = await extractFacts(task, document.slice(part.start, part.end), {
    most: options.facts,
    offset: part.start
  });
  if ("reason" in read) return read;
  const order = seeded(`facts ${part.start}`).shuffle(read.facts);
  const begin = Math.floor(number / parts.length) * options.each;
  const each = Math.min(options.each, order.length);
  const chosen = Array.from({length: each}, (_, i) => order[(begin + i) % order.length]);
  const values = {facts: chosen.map(({fact}) => fact), quotes: chosen.map(({quote}) => quote), avoid};
  const written = await ask(models[0], {prompt: "question-answer", values}, reply);
  if (!written.ok) return written;
  const question = oneLine(written.value.question);
  const answer = written.value.answer.trim();
  const fault = faultOf(question, answer, [...values.facts, ...values.quotes].join("\n"));
  if (fault !== null) return fault;
  return {
    text: `Question: ${question}\n\nAnswer: ${answer}`,
    payload: {question, answer, facts: chosen, window: [part.start, part.end], dropped: read.dropped}
  };
}

function faultOf(question: string, answer: string, facts: string) {
  if (question === "" || answer === "") return {reason: "empty", detail: "expected a question and an answer"};
  if (!/\?["'”’)]*$/.test(question)) return {reason: "no-question", detail: `expected a question, got ${question}`};
  const points = pointing.exec(question) ?? pointing.exec(answer);
  if (points !== null)
    return {reason: "not-self-contained", detail: `expected no word of a text that is not there, got "${points[0]}"`};
  const made = unfounded(`${question}\n${answer}`, facts);
  if (made !== null)
    return {reason: "changed-number", detail: `expected numbers of the facts, got ${made.shown} in: ${answer}`};
  return null;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
