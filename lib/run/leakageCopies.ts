import {memorisation, type MemorisedSample} from "../curate/memorisation.js";
import {createMemorisationTally, type MemorisationSummary} from "../curate/memorisationTally.js";
import type {Span} from "../schema/sample.js";
import {bestOf} from "./bestOf.js";
import {excerptOf, type Excerpt} from "./leakageExcerpt.js";
import type {Looked, LookedTexts} from "./leakageTexts.js";

/** A sample as far as it is compared with seeds. */
export interface ComparedSample {
  at: string;
  text: string;
  generator: string;
  tier: string;
  spans: readonly Pick<Span, "start" | "end">[];
}

/** Longest common runs of one generator's samples in one tier. */
export interface CopiesOf {
  generator: string;
  tier: string;
  /** of what the generator wrote: human text that a sample declares as copied is left out */
  written: MemorisationSummary;
  /** of whole samples */
  whole: MemorisationSummary;
  /** samples by the length of their longest run, in tokens, ascending; 0 is below what is measured */
  writtenLengths: [tokens: number, samples: number][];
  wholeLengths: [tokens: number, samples: number][];
}

/** A sample beside the seed that it shares its longest run with. */
export interface ShownCopy {
  sample: string;
  generator: string;
  tier: string;
  tokens: number;
  /** whether the run may hold human text that the sample declares */
  declared: boolean;
  seed: string;
  /** null where text may not be published */
  text: Excerpt | null;
  seedText: Excerpt | null;
}

/** What generated samples have word for word from the seeds. */
export interface Copies {
  seeds: Looked;
  groups: CopiesOf[];
  written: MemorisationSummary;
  copies: ShownCopy[];
}

/** Copies that a page holds at most, in what was written, and in whole samples. */
const mostWritten = 80;
const mostDeclared = 20;

/** A letter that no text has: in place of human text, so that nothing runs across it. */
const mask = "\ua66e";

interface Candidate {
  sample: ComparedSample;
  longest: NonNullable<MemorisedSample["longest"]>;
}

/**
 * The longest common run of tokens of every generated sample with the seeds, in the whole sample and in what the generator
 * itself wrote.
 *
 * @param samples is called once for each part of the seeds
 */
export async function copies(
  samples: () => AsyncIterable<ComparedSample>,
  seeds: LookedTexts,
  {text: published}: {text: boolean}
): Promise<Copies> {
  const groups = new Map<string, ReturnType<typeof createGroup>>();
  const all = createMemorisationTally();
  const best = [mostWritten, mostDeclared].map((most) =>
    bestOf<Candidate>(most, (a, b) => b.longest.tokens - a.longest.tokens)
  );
  // Each sample goes out twice where it declares human text: as it is, and with that text masked. What is found of a text
  // comes before the next one is asked for.
  let current = {sample: undefined as unknown as ComparedSample, masked: false};
  async function* twice() {
    for await (const sample of samples()) {
      current = {sample, masked: false};
      yield {id: sample.at, text: sample.text};
      if (sample.spans.length === 0) continue;
      current = {sample, masked: true};
      yield {id: sample.at, text: maskedText(sample)};
    }
  }
  for await (const found of memorisation(twice, named(seeds))) {
    const {sample, masked} = current;
    const key = `${sample.generator}\n${sample.tier}`;
    let group = groups.get(key);
    if (group === undefined) groups.set(key, (group = createGroup(sample)));
    const alone = sample.spans.length === 0;
    // A masked stretch counts as one token, and as none of the text's.
    const written = masked ? {...found, tokens: Math.max(found.covered, found.tokens - sample.spans.length)} : found;
    if (!masked) group.whole(found);
    if (masked || alone) {
      group.written(written);
      all.add(written);
    }
    if (found.longest !== null) best[masked || alone ? 0 : 1].add({sample, longest: found.longest});
  }
  const chosen = best.flatMap((list, i) => list.list().map((one) => ({...one, declared: i === 1})));
  const texts = published ? await textsOf(seeds, new Set(chosen.map(({longest}) => longest.seed))) : null;
  const {of, looked} = seeds;
  return {
    seeds: {of, looked},
    groups: [...groups.values()]
      .map((group) => group.result())
      .sort((a, b) => (`${a.tier} ${a.generator}` < `${b.tier} ${b.generator}` ? -1 : 1)),
    written: all.result(),
    copies: chosen.map(({sample, longest, declared}) => {
      const seedText = texts?.get(longest.seed);
      return {
        ...{sample: sample.at, generator: sample.generator, tier: sample.tier, tokens: longest.tokens, declared},
        seed: longest.seed.slice(0, 16),
        text: published ? excerptOf(sample.text, longest.start, longest.end) : null,
        seedText: seedText === undefined ? null : excerptOf(seedText, longest.seedStart, longest.seedEnd)
      };
    })
  };
}

function createGroup({generator, tier}: ComparedSample) {
  const tallies = {written: createMemorisationTally(), whole: createMemorisationTally()};
  const lengths = {written: new Map<number, number>(), whole: new Map<number, number>()};
  const add = (name: "written" | "whole") => (found: MemorisedSample) => {
    const tokens = found.longest?.tokens ?? 0;
    tallies[name].add(found);
    lengths[name].set(tokens, (lengths[name].get(tokens) ?? 0) + 1);
  };
  const sorted = (map: ReadonlyMap<number, number>) => [...map].sort(([a], [b]) => a - b);
  return {
    written: add("written"),
    whole: add("whole"),
    result: (): CopiesOf => ({
      ...{generator, tier, written: tallies.written.result(), whole: tallies.whole.result()},
      ...{writtenLengths: sorted(lengths.written), wholeLengths: sorted(lengths.whole)}
    })
  };
}

/** The text with its declared spans masked, every character that is left in its place. */
function maskedText({text, spans}: ComparedSample): string {
  let out = "";
  let at = 0;
  for (const {start, end} of spans) {
    const length = end - start;
    out += text.slice(at, start) + (length < 3 ? mask.repeat(length) : ` ${mask.repeat(length - 2)} `);
    at = end;
  }
  return out + text.slice(at);
}

async function* named(seeds: LookedTexts): AsyncGenerator<{id: string; text: string}> {
  for await (const {sha256, text} of seeds.rows()) yield {id: sha256 as string, text: text as string};
}

async function textsOf(seeds: LookedTexts, wanted: ReadonlySet<string>): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  if (wanted.size > 0) for await (const {id, text} of named(seeds)) if (wanted.has(id)) texts.set(id, text);
  return texts;
}
