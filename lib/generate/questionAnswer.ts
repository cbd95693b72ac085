import {z} from "zod";
import {questionFromFacts, questionOptions, questionPrompts} from "./document/questionFromFacts.js";
import {askingOptions, modelGenerator} from "./modelGenerator.js";

const Options = z.strictObject({...askingOptions, ...questionOptions});

/**
 * Questions and answers from the facts of a document, each fact with the words of the document that it was read from:
 *
 *     Question: In which year did the province join the union?
 *
 *     Answer: It joined in 1871, …
 *
 * A question can be understood without the document. The payload keeps the facts with their quotes and places, and how
 * many others were dropped because their quotes are nowhere in it. See `questionFromFacts` for what is refused.
 */
export const questionAnswer = modelGenerator(
  {id: "question-answer", version: "2", kind: "question-answer", asks: {models: 1}, prompts: questionPrompts},
  Options,
  (task) => questionFromFacts(task, task.seed.text)
);
