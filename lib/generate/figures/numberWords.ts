import {rational, type Rational} from "../../text/rational.js";

const units =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " "
  );
const tens = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
const ordinals =
  "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth".split(
    " "
  );
const small = new Map<string, bigint>([
  ...units.map((word, i) => [word, BigInt(i)] as const),
  ...ordinals.map((word, i) => [word, BigInt(i)] as const),
  ...tens.map((word, i) => [word, BigInt(20 + 10 * i)] as const),
  ...tens.map((word, i) => [word.replace(/y$/, "ieth"), BigInt(20 + 10 * i)] as const)
]);
const large = new Map<string, bigint>([
  ["hundred", 100n],
  ["hundredth", 100n],
  ["thousand", 1000n],
  ["thousandth", 1000n],
  ["million", 1_000_000n],
  ["billion", 1_000_000_000n],
  ["trillion", 1_000_000_000_000n]
]);
const others = new Map<string, bigint>(
  Object.entries({once: 1n, single: 1n, twice: 2n, double: 2n, half: 2n, pair: 2n, couple: 2n, both: 2n}).concat(
    Object.entries({triple: 3n, thrice: 3n, quarter: 4n, dozen: 12n, dozens: 12n, halves: 2n, quarters: 4n})
  )
);

/** Any word that counts, not within a longer one, so that the others need not be looked at. */
const counting = new RegExp(
  `(?<![A-Za-z])(?:${[...small.keys(), ...large.keys(), ...others.keys()].sort((a, b) => b.length - a.length).join("|")})(?![A-Za-z])`,
  "gi"
);

/** The numbers that English words name in a text: runs such as "three hundred and twelve" are one. */
export function numberWords(text: string): {shown: string; value: Rational; start: number}[] {
  const found: {shown: string; value: Rational; start: number}[] = [];
  // Most texts have none, and to ask for all matches takes three times as long as to look for one.
  if (text.search(counting) < 0) return found;
  let run: string[] = [];
  let [start, end] = [0, 0];
  const close = () => {
    if (run.length > 0) found.push({shown: text.slice(start, end), value: rational(sum(run)), start});
    run = [];
  };
  for (const {0: word, index} of text.matchAll(counting)) {
    const lower = word.toLowerCase();
    const other = others.get(lower);
    const number = small.has(lower) || large.has(lower);
    const between = text.slice(Math.min(end, index), index);
    if (number && run.length > 0 && /^(?:[ -]|,? and )$/.test(between) && continues(run.at(-1)!, lower, between)) {
      run.push(lower);
      end = index + word.length;
      continue;
    }
    close();
    if (other !== undefined) found.push({shown: word, value: rational(other), start: index});
    if (!number) continue;
    run = [lower];
    [start, end] = [index, index + word.length];
  }
  close();
  return found;
}

/** "twenty five", "three hundred", "hundred and two", "thousand three"; not "two three", nor "two and three". */
function continues(before: string, word: string, between: string): boolean {
  if (large.has(word)) return !between.includes("and");
  if (large.has(before)) return true;
  const value = small.get(before)!;
  return value >= 20n && small.get(word)! > 0n && small.get(word)! < 10n && !between.includes("and");
}

function sum(words: readonly string[]): bigint {
  let total = 0n;
  let part = 0n;
  for (const word of words) {
    const scale = large.get(word);
    if (scale === undefined) part += small.get(word)!;
    else if (scale === 100n) part = (part === 0n ? 1n : part) * 100n;
    else {
      total += (part === 0n ? 1n : part) * scale;
      part = 0n;
    }
  }
  return total + part;
}
