import {z} from "zod";
import type {Draft} from "../schema/sample.js";
import type {Random} from "../text/random.js";
import {sentenceEnds} from "../text/sentences.js";
import {taskMakers} from "./clozeTasks.js";
import type {GenerateContext, Generator} from "./generator.js";
import {optionsOf} from "./options.js";

/**
 * Human passages lightly completed: some successive sentences of the seed, copied, then one reading task about them with
 * its answer. At least 80 % of the tokens are copied, by the run's own tokenizer; a task that would break that is dropped.
 * The excerpt is at most 70 % of its seed, and those of one seed overlap by at most half, so that neither the seed's own
 * sample nor a sister is its near duplicate.
 */
export const cloze: Generator = {
  id: "cloze",
  family: "cloze-template",
  version: "1",
  ceiling: "T1",
  kinds: ["cloze"],
  async *generate(seed, context) {
    optionsOf("cloze", context.options, z.strictObject({}));
    if (seed.kind === "simulator") throw new RangeError("cloze: expected a human or textbook seed, got a simulator's");
    const taken: [number, number][] = [];
    let made = 0;
    for (let attempt = 0; made < context.count && attempt < 8 * context.count; attempt++) {
      const range = excerpt(seed.text, context.random);
      if (range === null) return;
      const [from, to] = range;
      if (taken.some(([a, b]) => Math.min(b, to) - Math.max(a, from) > (to - from) / 2)) continue;
      const draft = complete(seed.text.slice(from, to), from, seed.sha256, seed.domain, context);
      if (draft === null) continue;
      taken.push(range);
      made++;
      yield draft;
    }
  }
};

function excerpt(text: string, random: Random): [number, number] | null {
  const ends = sentenceEnds(text);
  const starts = [0, ...ends.slice(0, -1)].map((end) => end + (/^\s*/.exec(text.slice(end))?.[0].length ?? 0));
  const ranges = starts.flatMap((start, i) =>
    ends
      .slice(i)
      .filter((end) => end - start >= 0.4 * text.length && end - start <= 0.7 * text.length)
      .map((end): [number, number] => [start, end])
  );
  return ranges.length === 0 ? null : random.pick(ranges);
}

function complete(
  passage: string,
  from: number,
  seed: string,
  domain: string,
  {random, tokenizer}: GenerateContext
): Draft | null {
  const copied = tokenizer.count(passage);
  for (const make of random.shuffle(taskMakers)) {
    const task = make(passage, random);
    if (task === null) continue;
    const text = `${passage}\n\n${task.text}`;
    if (copied < 0.8 * tokenizer.count(text)) continue;
    return {
      text,
      payload: {task: task.id, answer: task.answer},
      domain,
      kind: "cloze",
      ceiling: "T1",
      spans: [{start: 0, end: passage.length, seed, from}]
    };
  }
  return null;
}
