import {z} from "zod";
import type {Seed} from "../schema/seed.js";
import {questionFromFacts, questionOptions, questionPrompts} from "./document/questionFromFacts.js";
import type {GenerateContext} from "./generator.js";
import {askingOptions, modelGenerator} from "./modelGenerator.js";
import {withoutValues} from "./redactedFacts/withoutValues.js";

const Options = z.strictObject({...askingOptions, ...questionOptions});

/**
 * Questions and answers from a document that no model may see as it is: its personal data is replaced by tags before
 * anything is asked, wherever else in the document a replaced value stands too; facts, quotes and questions are of what is
 * left, and critics are shown no more of the document either. A draft that holds a replaced value all the same is refused (`leaked`). Claims that the facts do not support are
 * the critics' to refuse, by the recipe's policy.
 *
 * It guards no better than the redactor finds: what it did not find goes to the model.
 */
export const redactedFacts = modelGenerator(
  {id: "redacted-facts", version: "2", kind: "question-answer", asks: {models: 1}, prompts: questionPrompts},
  Options,
  async (task) => {
    const {redact} = task.context;
    if (redact === undefined) throw new RangeError("generator redacted-facts: expected a redactor, got none");
    const {document, values} = redacted(task.seed, redact);
    const avoid = task.avoid.map((opening) => withoutValues(opening, values));
    const made = await questionFromFacts({...task, avoid}, document);
    if ("reason" in made) return {reason: made.reason, detail: withoutValues(made.detail, values)};
    const told = [made.text, JSON.stringify(made.payload)];
    if (told.some((one) => withoutValues(one, values) !== one))
      return {reason: "leaked", detail: "expected tags in place of personal data, got a value that they stand for"};
    return {...made, source: document};
  }
);

interface Redacted {
  redact: GenerateContext["redact"];
  document: string;
  values: readonly string[];
}

const known = new WeakMap<Seed, Redacted>();

/** What is left of a seed's text; looked for once, however many drafts are made of it. */
function redacted(seed: Seed, redact: NonNullable<GenerateContext["redact"]>): Redacted {
  const before = known.get(seed);
  if (before?.redact === redact) return before;
  const {text, values} = redact(seed.text);
  const made = {redact, document: withoutValues(text, values), values};
  known.set(seed, made);
  return made;
}
