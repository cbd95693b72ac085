import type {GenerateContext, Generator} from "../../lib/generate/generator.js";
import type {Draft} from "../../lib/schema/sample.js";
import type {Seed} from "../../lib/schema/seed.js";
import {builtinTokenizer} from "../../lib/io/assets.js";
import {sha256} from "../../lib/io/sha256.js";
import {createRandom} from "../../lib/text/random.js";

/** A seed with a text of one's own. */
export function seedOf(text: string, fields: Partial<Seed> = {}): Seed {
  return {
    sha256: sha256(text),
    source: "test",
    document: "test",
    kind: "human",
    domain: "prose",
    license: "CC0-1.0",
    split: "train",
    text,
    ...fields
  };
}

/** All drafts that a generator makes of a seed, as the factory would ask for them. */
export async function draftsOf(
  generator: Generator,
  seed: Seed,
  context: Partial<GenerateContext> = {}
): Promise<Draft[]> {
  const drafts: Draft[] = [];
  const whole = {
    random: createRandom(1, generator.id, seed.sha256),
    count: 1,
    options: {},
    corpus: [],
    tokenizer: builtinTokenizer(),
    models: [],
    avoid: [],
    first: 0,
    ...context
  };
  for await (const draft of generator.generate(seed, whole)) drafts.push(draft);
  return drafts;
}

/** The states that a simulator starts from. */
export function stateSeeds(count: number): Seed[] {
  return Array.from({length: count}, (_, state) =>
    seedOf(JSON.stringify({source: "states", state}), {kind: "simulator", domain: "states"})
  );
}
