import {z} from "zod";
import {windows} from "./document/windows.js";
import {unfounded, wrongEquation} from "./figures/unfounded.js";
import {askingOptions, modelGenerator} from "./modelGenerator.js";
import {plainReply} from "./plainReply.js";
import {formats, type Format} from "./rephrase/formats.js";

const weight = z.number().min(0).default(1);
const Options = z.strictObject({
  ...askingOptions,
  /** how often each format is drawn, beside the others */
  formats: z
    .strictObject({faq: weight, tutorial: weight, table: weight, mathematics: weight})
    .refine((weights) => Object.values(weights).some((one) => one > 0), "expected a weight above 0")
    .prefault({}),
  /** UTF-16 code units of the document that are told anew at once */
  window: z.int().min(200).max(200_000).default(6000)
});

/**
 * A document told anew as questions and answers, as a tutorial, as a table with a question about it, or as a problem with
 * its solution. Refused where the text is not of its format (`wrong-format`), where one of its numbers stands neither in the
 * document nor follows by arithmetic that the text shows (`changed-number`), or where that arithmetic is wrong.
 *
 * Names and claims are not compared here: that is the critics' to judge.
 */
export const rephrase = modelGenerator(
  {
    id: "rephrase",
    version: "1",
    kind: "rephrase",
    asks: {models: 1},
    prompts: formats.map(({id}) => `rephrase-${id}`)
  },
  Options,
  async ({seed, options, number, random, seeded, models, write}) => {
    const parts = windows(seed.text, options.window);
    if (parts.length === 0) return {reason: "no-text", detail: "expected a document with words, got none"};
    const {start, end} = seeded("windows").shuffle(parts)[number % parts.length];
    const part = seed.text.slice(start, end);
    const format = drawn(options.formats, random());
    const written = await write(models[0], {prompt: `rephrase-${format.id}`, values: {document: part}});
    if (!written.ok) return written;
    const text = plainReply(written.value);
    if (text === "") return {reason: "empty", detail: "expected a text, got white space"};
    const lack = format.lacks(text);
    if (lack !== null) return {reason: "wrong-format", detail: `${format.id}: ${lack}`};
    const wrong = wrongEquation(text);
    if (wrong !== null) return {reason: "wrong-arithmetic", detail: `expected right arithmetic, got ${wrong}`};
    const made = unfounded(text, part);
    if (made !== null) {
      const around = text.slice(Math.max(0, made.start - 60), made.end + 30);
      return {reason: "changed-number", detail: `expected numbers of the document, got ${made.shown} in: ${around}`};
    }
    return {text, payload: {format: format.id, window: [start, end]}};
  }
);

/** @param at in [0, 1) */
function drawn(weights: Readonly<Record<Format["id"], number>>, at: number): Format {
  const total = formats.reduce((sum, {id}) => sum + weights[id], 0);
  let left = at * total;
  const open = formats.filter(({id}) => weights[id] > 0);
  return open.find(({id}) => (left -= weights[id]) < 0) ?? open.at(-1)!;
}
