import {z} from "zod";
import {answerInstruction, answerPrompt} from "./answerInstruction.js";
import {windows} from "./document/windows.js";
import {askingOptions, modelGenerator} from "./modelGenerator.js";
import {drawPersona} from "./persona/grammar.js";

const Options = z.strictObject({
  ...askingOptions,
  /** UTF-16 code units of the document that is asked about */
  window: z.int().min(200).max(200_000).default(3000)
});

const Reply = z.strictObject({instruction: z.string().max(8000)});

/** Where somebody says a name: personas have none. */
const named =
  /\b(?:[Mm]y name is|I am called|I['’]m called|(?:[Dd]ear|[Rr]egards,|[Ss]incerely,)\s+[A-Z]\p{L}+|I(?: am|['’]m) (?:Dr\.? |Mr\.? |Mrs\.? |Ms\.? )?[A-Z]\p{L}+ [A-Z]\p{L}+)/u;

/**
 * What somebody would ask about a document's subject, and the answer to it. The persona is drawn from a grammar (see
 * persona/grammar.ts) by seed and number, and never is a real person; a draft that names one is refused (`named-person`,
 * where it says so in words such as "my name is").
 *
 *     Instruction: I keep bees on Crete and have to prepare a lesson …
 *
 *     Response: …
 */
export const persona = modelGenerator(
  {
    id: "persona",
    version: "1",
    kind: "instruction",
    asks: {models: 1},
    prompts: ["persona", answerPrompt]
  },
  Options,
  async (task) => {
    const {seed, options, number, random, seeded, models, avoid, ask} = task;
    const parts = windows(seed.text, options.window);
    if (parts.length === 0) return {reason: "no-text", detail: "expected a document with words, got none"};
    const {start, end} = seeded("windows").shuffle(parts)[number % parts.length];
    const drawn = drawPersona(random);
    const values = {document: seed.text.slice(start, end), persona: drawn.words, avoid};
    const asked = await ask(models[0], {prompt: "persona", values}, Reply);
    if (!asked.ok) return asked;
    const instruction = asked.value.instruction.trim();
    if (instruction === "") return {reason: "empty", detail: "expected an instruction, got white space"};
    const name = named.exec(instruction);
    if (name !== null) return {reason: "named-person", detail: `expected nobody's name, got "${name[0]}"`};
    return answerInstruction(task, instruction, {persona: drawn, window: [start, end]});
  }
);
