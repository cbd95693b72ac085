import {readFileSync} from "node:fs";
import {asset} from "../../io/assets.js";

/** What is known about single words, in lower case. */
export interface WordLists {
  /** an ordinary English word, inflected or not */
  common(word: string): boolean;
  given(word: string): boolean;
  family(word: string): boolean;
}

let loaded: WordLists | undefined;

/**
 * The lists that the project ships in data/pii: English words (SCOWL up to size 35), given and family
 * names (human-names, the cspell dictionary of people, Faker), Latin letters alone. Many names are in neither.
 */
export function wordLists(): WordLists {
  if (loaded !== undefined) return loaded;
  const [words, given, family] = ["englishWords", "givenNames", "familyNames"].map(read);
  const plain = (word: string) =>
    word === "i" ||
    word === "a" ||
    words.has(word) ||
    (!given.has(word) && stems(word).some((stem) => words.has(stem)));
  const common = (word: string) =>
    plain(word) || (/['’](?:m|d|s|ll|ve|re|t)$/.test(word) && plain(word.replace(/n?['’][a-z]+$/, "")));
  loaded = {common, given: (word) => given.has(word), family: (word) => family.has(word)};
  return loaded;
}

function read(name: string): ReadonlySet<string> {
  return new Set(readFileSync(asset(`pii/${name}.txt`), "utf8").split("\n"));
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
