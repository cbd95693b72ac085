import {builtinTokenizer} from "../../lib/io/assets.js";
import {cutPassages} from "../../lib/proxy/passages.js";
import {SeedSource} from "../../lib/schema/recipe.js";
import {sotu} from "../../lib/seeds/sotu.js";
import {createRandom} from "../../lib/text/random.js";

/** The addresses on the state of the union in passages of 128 tokens, shuffled. */
export async function proseTokens(): Promise<{passages: Uint16Array[]; vocabSize: number}> {
  const tokenizer = builtinTokenizer();
  const spec = SeedSource.parse({id: "sotu", source: "sotu", license: "CC0-1.0", kind: "human", domain: "prose"});
  const documents = new Map<string, string>();
  for await (const {document, text} of sotu.read(spec, {folder: ".", seed: 1}))
    documents.set(document, `${documents.get(document) ?? ""} ${text}`);
  const passages = [...documents.values()].flatMap((text) =>
    cutPassages(tokenizer.encode(text), 128).filter(({length}) => length === 128)
  );
  return {passages: createRandom("bench").shuffle(passages), vocabSize: tokenizer.vocabSize};
}
