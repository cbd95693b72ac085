import {z} from "zod";
import {answerInstruction, answerPrompt} from "./answerInstruction.js";
import {askingOptions, modelGenerator, type Failed, type Task} from "./modelGenerator.js";

/** Ways in which an instruction is made harder or another, each with what the prompt asks for. */
const ways = {
  deepen: "Ask for more depth: a question within the question, a reason, a comparison or a corner case.",
  constrain: "Add one or two constraints that an answer must keep to and that can be checked.",
  concretise: "Replace what is general by something concrete: a situation, quantities, an example to work on.",
  steps: "Change it so that it takes several more steps of reasoning to answer it.",
  widen: "Write a new instruction of the same field on something rarer, about as long and as hard."
} as const;

const names = Object.keys(ways) as [keyof typeof ways, ...(keyof typeof ways)[]];

const Options = z.strictObject({
  ...askingOptions,
  /** how often an instruction is changed */
  rounds: z.int().min(1).max(8).default(2),
  /** ways that are drawn from */
  ways: z.array(z.enum(names)).min(1).default(names),
  /** characters of an evolved instruction at most */
  longest: z.int().min(100).max(20_000).default(2000)
});

type Options = z.infer<typeof Options>;

const Evolved = z.strictObject({instruction: z.string().max(40_000)});
const Checked = z.strictObject({what: z.enum(["instruction", "answer", "neither"]), asksMore: z.boolean()});

/** What a model says of its own task when it passes the task's words on. */
const leaked =
  /\b(?:given|rewritten|evolved|original|new) (?:prompt|instruction)\b|#(?:given|rewritten|created) prompt#/i;

/**
 * Instructions evolved from a seed that is one: deepened, constrained, made concrete, given more steps, or widened, in some
 * rounds, and answered at last (see `answerInstruction` for the form).
 *
 * A round is eliminated where the evolved instruction is empty, equal to one before it, too long, speaks of its own making,
 * or where the step's next model takes it for an answer rather than an instruction, or for one that asks nothing more; the
 * next round goes on from what was there. The payload tells every round. A draft without a round that lasted is refused
 * (`not-evolved`).
 *
 * Source: the scheme of Evol-Instruct, Xu et al. (2023), arXiv:2304.12244, section 3; ways, prompts and checks are ours.
 */
export const evolve = modelGenerator<Options>(
  {
    id: "evolve",
    version: "1",
    kind: "instruction",
    asks: {models: 1},
    prompts: ["evolve", "evolve-check", answerPrompt]
  },
  Options,
  async (task) => {
    const {seed, options, number, random} = task;
    const first = seed.text.trim();
    if (first === "") return {reason: "no-text", detail: "expected an instruction, got white space"};
    const kept = [first];
    const told: {way: string; eliminated: string}[] = [];
    for (let round = 0; round < options.rounds; round++) {
      const way = random.pick(options.ways);
      const evolved = await change(task, kept, {way, sample: number * options.rounds + round});
      told.push({way, eliminated: typeof evolved === "string" ? "" : evolved.reason});
      if (typeof evolved === "string") kept.push(evolved);
    }
    if (kept.length === 1)
      return {
        reason: "not-evolved",
        detail: `eliminated: ${told.map(({way, eliminated}) => `${way}: ${eliminated}`).join(", ")}`
      };
    return answerInstruction(task, kept.at(-1)!, {history: kept, rounds: told});
  }
);

async function change(
  {options, models, avoid, ask}: Task<Options>,
  kept: readonly string[],
  {way, sample}: {way: keyof typeof ways; sample: number}
): Promise<string | Failed> {
  const before = kept.at(-1)!;
  const values = {instruction: before, way: ways[way], longest: options.longest, avoid};
  const said = await ask(models[0], {prompt: "evolve", values, sample}, Evolved);
  if (!said.ok) return said;
  const evolved = said.value.instruction.trim();
  if (evolved === "") return {reason: "empty", detail: ""};
  if (kept.some((one) => folded(one) === folded(evolved))) return {reason: "equal", detail: ""};
  if (evolved.length > options.longest) return {reason: "too-long", detail: ""};
  if (leaked.test(evolved) && !leaked.test(before)) return {reason: "speaks-of-its-making", detail: ""};
  const checked = await ask(
    models[1 % models.length],
    {prompt: "evolve-check", values: {before, after: evolved}, temperature: 0, sample},
    Checked
  );
  if (!checked.ok) return checked;
  if (checked.value.what !== "instruction") return {reason: checked.value.what, detail: ""};
  return checked.value.asksMore || way === "widen" ? evolved : {reason: "asks-nothing-more", detail: ""};
}

function folded(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
