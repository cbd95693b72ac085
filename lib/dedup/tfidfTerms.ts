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
  let length = 0;
  let digits = true;
  /** where among the terms the first distinct numbers stand */
  let numbers: number[] = [];

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

  function end(): void {
    if (length === 0) return;
    const letters = digits ? length : withoutEnding(word, length);
    const first = lowHash(word, letters);
    const second = highHash(word, letters);
    const named = digits ? undefined : numberWords.get(first);
    const number = named !== undefined && named.high === second ? named : null;
    push(number === null ? first : number.number[0], number === null ? second : number.number[1], 1);
    if ((digits || named !== undefined) && numbers.length < paired && !numbers.some((at) => low[at] === low[count - 1]))
      numbers.push(count - 1);
    length = 0;
    digits = true;
  }

  return (text) => {
    count = length = 0;
    digits = true;
    numbers = [];
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
    if (numbers.length > 1) pairs();
    return {count, low, high, weight};
  };

  function pairs(): void {
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
const letter = {
  c: 0x63,
  d: 0x64,
  e: 0x65,
  g: 0x67,
  h: 0x68,
  i: 0x69,
  l: 0x6c,
  n: 0x6e,
  s: 0x73,
  u: 0x75,
  x: 0x78,
  y: 0x79,
  z: 0x7a
};

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

function lowHash(word: Uint16Array, length: number): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < length; i++) hash = Math.imul(hash ^ word[i], 0x01000193);
  return hash ^ (hash >>> 15);
}

function highHash(word: Uint16Array, length: number): number {
  let hash = 0x2f0b4c47;
  for (let i = 0; i < length; i++) {
    hash = Math.imul(hash ^ word[i], 0x5bd1e995);
    hash ^= hash >>> 13;
  }
  return hash ^ (hash >>> 16);
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
  const length = withoutEnding(letters, letters.length);
  const written = unitsOf(digits);
  numberWords.set(lowHash(letters, length), {
    high: highHash(letters, length),
    number: [lowHash(written, written.length), highHash(written, written.length)]
  });
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
  if (length < 4) return length;
  const last = word[length - 1];
  if (last !== letter.s && last !== letter.d && last !== letter.g && last !== letter.e) return length;
  const [before, third] = [word[length - 2], word[length - 3]];
  if (length > 4 && third === letter.i && before === letter.e && (last === letter.s || last === letter.d)) {
    word[length - 3] = letter.y;
    return length - 2;
  }
  if (last === letter.s && before !== letter.s && before !== letter.u)
    length -= length > 4 && before === letter.e && hissing(third, word[length - 4]) ? 2 : 1;
  const cut = cutOf(word, length);
  if (cut > 0) {
    length -= cut;
    const end = word[length - 1];
    if (length > 3 && end === word[length - 2] && end !== letter.l && end !== letter.s) length--;
  }
  return length > 3 && word[length - 1] === letter.e ? length - 1 : length;
}

/** Whether a plural ends in -es: after s, x, z, ch, sh. */
function hissing(last: number, before: number): boolean {
  if (last === letter.h) return before === letter.c || before === letter.s;
  return last === letter.s || last === letter.x || last === letter.z;
}

/** How long an ending -ing or -ed is, 0 where there is none. */
function cutOf(word: Uint16Array, length: number): number {
  const last = word[length - 1];
  const before = word[length - 2];
  if (length > 5 && word[length - 3] === letter.i && before === letter.n && last === letter.g) return 3;
  return length > 4 && before === letter.e && last === letter.d ? 2 : 0;
}
