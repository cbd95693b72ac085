import {z} from "zod";
import {sameFamily} from "../endpoints/families.js";
import type {LanguageModel} from "../endpoints/languageModel.js";
import {windows} from "./document/windows.js";
import {askingOptions, modelGenerator, type Failed, type Task} from "./modelGenerator.js";
import {plainReply} from "./plainReply.js";
import {readRules} from "./preferences/rules.js";

const Options = z.strictObject({
  ...askingOptions,
  /** "document": the first model writes an instruction about the seed; "seed": the seed's text is the instruction */
  instruction: z.enum(["document", "seed"]).default("document"),
  /** rounds in which both see the other's answer and may better their own */
  debate: z.int().min(0).max(3).default(1),
  /** file with rules, one a line, relative to the recipe; ours where it is not given */
  constitution: z.string().min(1).optional(),
  /** UTF-16 code units of the document that an instruction is about */
  window: z.int().min(200).max(200_000).default(3000)
});

type Options = z.infer<typeof Options>;

const Written = z.strictObject({instruction: z.string().min(1).max(8000)});

const Judged = z.strictObject({
  better: z.enum(["first", "second", "tie"]),
  rule: z.int().min(0),
  reason: z.string().max(2000)
});

/**
 * An instruction with two answers of two models, of which a third, of neither's family, prefers one by rules:
 *
 *     @prompt
 *     …
 *
 *     @chosen
 *     …
 *
 *     @rejected
 *     …
 *
 * The judge is asked twice, with the answers in either order, and where it does not prefer the same both times there is no
 * pair (`inconsistent`; `tie` where it says so twice). The payload names who wrote what and the rules that decided. All three
 * are the sample's writers: a critic of the judge's family would confirm its own word.
 *
 * One judge has one taste: what it prefers by its length or its own style alike in both orders is not found here.
 */
export const preferencePairs = modelGenerator<Options>(
  {
    id: "preference-pairs",
    version: "1",
    kind: "preference",
    asks: {models: 3, families: 2},
    prompts: ["preference-instruction", "preference-answer", "preference-debate", "preference-judge"],
    files: ["constitution"]
  },
  Options,
  async (task) => {
    const rules = readRules(task.options.constitution, task.context.folder);
    const [a, b, judge] = roles(task.models);
    const instruction = await instructionOf(task, a);
    if (typeof instruction !== "string") return instruction;
    const answers = await debate(task, instruction, [a, b]);
    if ("reason" in answers) return answers;
    if ([instruction, ...answers].some((part) => /^@(?:prompt|chosen|rejected)\b/m.test(part)))
      return {reason: "broken-form", detail: "expected no line that begins with @prompt, @chosen or @rejected"};
    if (answers[0] === answers[1]) return {reason: "equal-answers", detail: `expected two answers, got ${answers[0]}`};
    const verdicts: z.infer<typeof Judged>[] = [];
    for (const [first, second] of [answers, [answers[1], answers[0]]]) {
      const asking = {prompt: "preference-judge", values: {instruction, first, second, rules}, temperature: 0};
      const judged = await task.ask(judge, asking, Judged);
      if (!judged.ok) return judged;
      verdicts.push(judged.value);
    }
    const [one, other] = verdicts.map(({better}) => better);
    const told = `${judge.id}: "${one}" in one order, "${other}" in the other`;
    if (one === "tie" && other === "tie") return {reason: "tie", detail: told};
    if (one === "tie" || other === "tie" || one === other) return {reason: "inconsistent", detail: told};
    const [chosen, rejected] = one === "first" ? [0, 1] : [1, 0];
    const writers = [a.id, b.id];
    return {
      text: `@prompt\n${instruction}\n\n@chosen\n${answers[chosen]}\n\n@rejected\n${answers[rejected]}`,
      payload: {
        prompt: instruction,
        chosen: {writer: writers[chosen], text: answers[chosen]},
        rejected: {writer: writers[rejected], text: answers[rejected]},
        judge: judge.id,
        rules: verdicts.map(({rule}) => rules[rule - 1] ?? null),
        reasons: verdicts.map(({reason}) => reason)
      }
    };
  }
);

/** Two that answer and one that judges, of neither's family: the first such three in the models' order. */
function roles(models: readonly LanguageModel[]): [LanguageModel, LanguageModel, LanguageModel] {
  for (const a of models)
    for (const b of models) {
      if (a === b) continue;
      const judge = models.find((one) => [a, b].every((writer) => !sameFamily(one.family, writer.family)));
      if (judge !== undefined) return [a, b, judge];
    }
  const families = models.map(({id, family}) => `${id} (${family})`).join(", ");
  throw new RangeError(
    `generator preference-pairs: expected two models and a third of neither's family, got ${families}`
  );
}

async function instructionOf(
  {seed, options, number, seeded, avoid, ask}: Task<Options>,
  model: LanguageModel
): Promise<string | Failed> {
  if (options.instruction === "seed") return seed.text.trim();
  const parts = windows(seed.text, options.window);
  if (parts.length === 0) return {reason: "no-text", detail: "expected a document with words, got none"};
  const {start, end} = seeded("windows").shuffle(parts)[number % parts.length];
  const values = {document: seed.text.slice(start, end), avoid};
  const written = await ask(model, {prompt: "preference-instruction", values}, Written);
  if (!written.ok) return written;
  const instruction = written.value.instruction.trim();
  return instruction === "" ? {reason: "empty", detail: "expected an instruction, got white space"} : instruction;
}

async function debate(
  {options, write}: Task<Options>,
  instruction: string,
  models: readonly [LanguageModel, LanguageModel]
): Promise<[string, string] | Failed> {
  let answers: string[] = [];
  for (let round = 0; round <= options.debate; round++) {
    const next: string[] = [];
    for (const [i, model] of models.entries()) {
      const values: Record<string, string> =
        round === 0 ? {instruction} : {instruction, own: answers[i], other: answers[1 - i]};
      const said = await write(model, {prompt: round === 0 ? "preference-answer" : "preference-debate", values});
      if (!said.ok) return said;
      const answer = plainReply(said.value);
      if (answer === "") return {reason: "empty", detail: `expected an answer of ${model.id}, got none`};
      next.push(answer);
    }
    answers = next;
  }
  return [answers[0], answers[1]];
}
