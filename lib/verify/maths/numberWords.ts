import {add, rational, type Rational} from "../../text/rational.js";

const small = (
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen " +
  "eighteen nineteen"
).split(" ");
const tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const scales: Readonly<Record<string, bigint>> = {
  thousand: 1000n,
  million: 1_000_000n,
  billion: 1_000_000_000n,
  trillion: 1_000_000_000_000n
};
const parts: Readonly<Record<string, number>> = {
  half: 2,
  halves: 2,
  third: 3,
  quarter: 4,
  fourth: 4,
  fifth: 5,
  sixth: 6,
  eighth: 8,
  tenth: 10
};

/**
 * The number that words write, such as "seven", "minus twenty-one", "two hundred and five", "three quarters", "two and a
 * half"; null where they write none.
 */
export function parseNumberWords(text: string): Rational | null {
  const words = text.toLowerCase().split(/[\s-]+/);
  if (words.length > 24) return null;
  if (words[0] === "minus" || words[0] === "negative") {
    const value = parseNumberWords(words.slice(1).join(" "));
    return value === null ? null : {n: -value.n, d: value.d};
  }
  const last = words.at(-1)!;
  const part = parts[last] ?? parts[last.replace(/s$/, "")];
  if (part === undefined) return whole(words);
  const before = words.slice(0, -1);
  const and = before.lastIndexOf("and");
  const count = before.slice(and + 1);
  const n = count.length === 0 || (count.length === 1 && /^an?$/.test(count[0])) ? rational(1) : whole(count);
  if (n === null) return null;
  const fraction = rational(n.n, BigInt(part));
  if (and < 0) return fraction;
  const start = whole(before.slice(0, and));
  return start === null ? null : add(start, fraction);
}

function whole(words: readonly string[]): Rational | null {
  let total = 0n;
  let group = 0n;
  let seen = false;
  for (const word of words) {
    if (word === "and" && seen) continue;
    const [unit, ten] = [small.indexOf(word), tens.indexOf(word)];
    if (unit >= 0) group += BigInt(unit);
    else if (ten >= 2) group += BigInt(10 * ten);
    else if (word === "hundred" && group > 0n) group *= 100n;
    else if (Object.hasOwn(scales, word) && group > 0n) {
      total += group * scales[word];
      group = 0n;
    } else return null;
    seen = true;
  }
  return seen ? rational(total + group) : null;
}
