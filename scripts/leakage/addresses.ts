import {words} from "../../lib/dedup/normalise.js";
import {SeedSource} from "../../lib/schema/recipe.js";
import {sotu} from "../../lib/seeds/sotu.js";
import {createRandom} from "../../lib/text/random.js";

/** A passage of an address on the state of the union, and the year it was given. */
interface Passage {
  text: string;
  year: number;
}

/** All passages of about 500 characters in a random order, each wording once. */
export async function shuffledPassages(seed: number): Promise<Passage[]> {
  const spec = SeedSource.parse({
    ...{id: "sotu", source: "sotu", license: "CC0-1.0", kind: "human", domain: "prose"},
    options: {passage: 500}
  });
  const passages = new Map<string, Passage>();
  for await (const {text, document} of sotu.read(spec, {folder: ".", seed, skip() {}}))
    passages.set(words(text, "plain").join(" "), {text, year: Number(document.slice(0, 4))});
  return createRandom(seed, "passages").shuffle([...passages.values()]);
}
