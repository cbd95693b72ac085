import {jaccard, shingleSet} from "../../../lib/dedup/jaccard.js";
import {createShingler} from "../../../lib/dedup/shingles.js";
import {createRandom, type Random} from "../../../lib/text/random.js";

/** A planted pair: places (from 0) of a text and its near copy, and the exact similarity of their 5-word shingles. */
export interface PlantedPair {
  first: number;
  second: number;
  jaccard: number;
}

const vocabulary = words(30_000, createRandom("peers' words"));

/**
 * Documents of about 500 bytes, a fifth of them near copies of another, in an order that is drawn too.
 *
 * Words are lower-case letters parted by single spaces, so that every tool makes the same shingles of them whatever it
 * calls a word; they come from 30,000 words with Zipf's frequencies, as prose has them. A copy has a word replaced, put in
 * or left out in one to four places; its exact similarity is taken, not aimed at.
 */
export function plantedDocuments(count: number, seed: number): {texts: string[]; pairs: PlantedPair[]} {
  const random = createRandom("peers' documents", seed);
  // Zipf by inversion: a uniform draw of log rank.
  const word = () => vocabulary[Math.floor(vocabulary.length ** random()) - 1];
  const originals = Array.from({length: count - Math.floor(count / 5)}, () => {
    const text: string[] = [];
    for (let length = 0; length < 500; length += text.at(-1)!.length + 1) text.push(word());
    return text;
  });
  const copies = originals.slice(0, count - originals.length).map((text) => edited(text, random, word));
  const places = random.shuffle(Array.from({length: count}, (_, i) => i));
  const texts = new Array<string>(count);
  [...originals, ...copies].forEach((text, i) => (texts[places[i]] = text.join(" ")));
  const shingle = createShingler({normalisation: "plain"});
  const pairs = copies.map((_, i) => {
    const [first, second] = [places[i], places[originals.length + i]];
    return {first, second, jaccard: jaccard(shingleSet(shingle(texts[first])), shingleSet(shingle(texts[second])))};
  });
  return {texts, pairs};
}

function edited(text: readonly string[], random: Random, word: () => string): string[] {
  const copy = [...text];
  for (let edits = 1 + random.int(4); edits > 0; edits--) {
    const at = random.int(copy.length);
    const kind = random.int(3);
    if (kind === 0) copy[at] = word();
    else if (kind === 1) copy.splice(at, 0, word());
    else copy.splice(at, 1);
  }
  return copy;
}

function words(count: number, random: Random): string[] {
  const letters = [..."eeeeeetttttaaaaoooiiinnnsssrrrhhlldcumfpgwybvk"];
  const found = new Set<string>();
  while (found.size < count) {
    let word = "";
    // Rare words are longer, as in a language.
    for (let n = 3 + random.int(2 + Math.floor(Math.log2(1 + found.size) / 2)); n > 0; n--)
      word += random.pick(letters);
    found.add(word);
  }
  return [...found];
}
