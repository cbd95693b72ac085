import {alone, foldingTable, passedOver, separator} from "./normalise.js";

/** The terms of one text, in order, repeats included. The arrays belong to the reader: copy what must last. */
export interface Terms {
  count: number;
  /** two independent 32-bit hashes of each term */
  low: Int32Array;
  high: Int32Array;
  /** what a term counts beside a word, in (0, 1] */
  weight: Float32Array;
}

/** Distinct numbers of a text that are paired, the first ones: a table of figures would have a million pairs. */
const paired = 8;
/** What a pair of numbers counts beside a word: two words of its own already say that they are there. */
const pairWeight = 0.5;

/**
 * A function from a text to its terms for comparing what it says, however it says it: words without English endings,
 * numbers as digits ("three", "3,000" and "2.5" as 3, 3000 and 2.5), and every pair of distinct numbers, in any order,
 * because a problem told anew keeps its numbers while its neighbours share one of them at most.
 *
 * Endings and number words are English; texts in other languages are compared by their words as they stand.
 */
export function createTermReader(): (text: string) => Terms {
  const table = foldingTable("plain");
  let low = new Int32Array(64);
  let high = new Int32Array(64);
  let weight = new Float32Array(64);
  let word = new Uint16Array(64);
  let count = 0;

  function push(a: number, b: number, counts: number): void {
    if (count === low.length) {
      low = widened(low, new Int32Array(2 * count));
      high = widened(high, new Int32Array(2 * count));
      weight = widened(weight, new Float32Array(2 * count));
    }
    low[count] = a;
    high[count] = b;
    weight[count++] = counts;
  }

  return (text) => {
    count = 0;
    let length = 0;
    let digits = true;
    /** where among the terms the first distinct numbers stand */
    const numbers: number[] = [];
    const end = (): void => {
      if (length === 0) return;
      let [a, b] = hash(word, digits ? length : withoutEnding(word, length));
      const named = digits ? undefined : numberWords.get(a);
      if (named !== undefined && named.high === b) [a, b] = named.number;
      if ((digits || named !== undefined) && numbers.length < paired && !numbers.some((at) => low[at] === a))
        numbers.push(count);
      push(a, b, 1);
      length = 0;
      digits = true;
    };
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      const code = table[unit];
      if (code === passedOver) continue;
      if (length + 1 >= word.length) word = widened(word, new Uint16Array(2 * word.length));
      if (code === separator) {
        const within = length > 0 && digits && isDigit(text.charCodeAt(i + 1));
        if (within && unit === comma && thousands(text, i)) continue;
        if (within && unit === point) word[length++] = point;
        else end();
      } else if (code >= alone) {
        end();
        word[length++] = code & 0xffff;
        digits = false;
        end();
      } else {
        word[length++] = code;
        digits &&= isDigit(code);
      }
    }
    end();
    pairs(numbers);
    return {count, low, high, weight};
  };

  function pairs(numbers: readonly number[]): void {
    for (let i = 0; i < numbers.length; i++)
      for (let j = i + 1; j < numbers.length; j++) {
        // Commutative, so that the order in the text does not matter.
        const a = Math.imul(low[numbers[i]] ^ low[numbers[j]], 0x9e3779b1) ^ (low[numbers[i]] + low[numbers[j]]);
        const b = Math.imul(high[numbers[i]] ^ high[numbers[j]], 0x85ebca77) ^ (high[numbers[i]] + high[numbers[j]]);
        push(a | 0, b | 0, pairWeight);
      }
  }
}

const point = 0x2e;
const comma = 0x2c;

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

/** Whether a comma stands before exactly three digits. */
function thousands(text: string, at: number): boolean {
  return [1, 2, 3].every((i) => isDigit(text.charCodeAt(at + i))) && !isDigit(text.charCodeAt(at + 4));
}

function widened<T extends Int32Array | Float32Array | Uint16Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

function hash(word: Uint16Array, length: number): [number, number] {
  let a = 0x811c9dc5;
  let b = 0x2f0b4c47;
  for (let i = 0; i < length; i++) {
    a = Math.imul(a ^ word[i], 0x01000193);
    b = Math.imul(b ^ word[i], 0x5bd1e995);
    b ^= b >>> 13;
  }
  return [a ^ (a >>> 15), b ^ (b >>> 16)];
}

/** The hash of a number in words, by the low half of its hash, and the hash of its digits. */
const numberWords = new Map<number, {high: number; number: [number, number]}>();
const units =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen";
const named: [string, string][] = [
  ...units.split(" ").map((word, i): [string, string] => [word, String(i)]),
  ..."twenty thirty forty fifty sixty seventy eighty ninety"
    .split(" ")
    .map((word, i): [string, string] => [word, String(10 * (i + 2))]),
  ...Object.entries({hundred: 100, thousand: 1000, dozen: 12, half: 0.5, twice: 2, double: 2, triple: 3}).map(
    ([word, value]): [string, string] => [word, String(value)]
  )
];
for (const [word, digits] of named) {
  const letters = unitsOf(word);
  const [low, high] = hash(letters, withoutEnding(letters, letters.length));
  numberWords.set(low, {high, number: hash(unitsOf(digits), digits.length)});
}

function unitsOf(text: string): Uint16Array {
  return Uint16Array.from(text, (character) => character.charCodeAt(0));
}

/**
 * The length of a word without its English ending (plural, -ing, -ed, final e), which it may change in place: "tries",
 * "trying", "tried" and "try" become one. Coarser than a dictionary and finer than Porter's steps: it never takes more
 * than one ending, nor leaves fewer than three letters.
 */
function withoutEnding(word: Uint16Array, length: number): number {
  const is = (at: number, letter: string): boolean => word[length - at] === letter.charCodeAt(0);
  if (length < 4) return length;
  if (length > 4 && is(3, "i") && is(2, "e") && (is(1, "s") || is(1, "d"))) {
    word[length - 3] = 0x79;
    return length - 2;
  }
  if (is(1, "s") && !is(2, "s") && !is(2, "u")) {
    const hissing =
      is(2, "e") && (is(3, "s") || is(3, "x") || is(3, "z") || (is(3, "h") && (is(4, "c") || is(4, "s"))));
    length -= hissing && length > 4 ? 2 : 1;
  }
  const cut = length > 5 && is(3, "i") && is(2, "n") && is(1, "g") ? 3 : length > 4 && is(2, "e") && is(1, "d") ? 2 : 0;
  if (cut > 0) {
    length -= cut;
    const doubled = length > 3 && word[length - 1] === word[length - 2] && !is(1, "l") && !is(1, "s");
    if (doubled) length--;
  }
  return length > 3 && is(1, "e") ? length - 1 : length;
}
