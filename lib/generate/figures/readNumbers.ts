import {rational, type Rational} from "../../text/rational.js";
import {numberWords} from "./numberWords.js";

/** A number as it stands in a text. */
export interface WrittenNumber {
  /** as it stands there */
  shown: string;
  /** its size, without its sign; a word of scale after it counts in: "1.5 million" is 1500000 */
  value: Rational;
  /** the same without the word of scale */
  bare: Rational;
  /** offset in the text, UTF-16 code units */
  start: number;
  end: number;
  /** whether it is written in words */
  words: boolean;
}

const digits = /(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?(?:[eE][+-]?\d{1,2}(?![\p{L}\d]))?/gu;
const scales: Record<string, bigint> = {
  hundred: 100n,
  thousand: 1000n,
  million: 1_000_000n,
  billion: 1_000_000_000n,
  trillion: 1_000_000_000_000n
};
const scaled = /^[ -](hundred|thousand|million|billion|trillion)\b/i;
/** What is longer is no quantity, and its value is cut. */
const mostDigits = 40;

/**
 * The numbers of a text in their order, in digits ("1,234.5", "2e-3", "1.5 million") and in English words ("three hundred
 * and twelve", "twentieth", "twice"). A sign is not read: a text may say "fell by 3" of what its source has as −3.
 */
export function readNumbers(text: string): WrittenNumber[] {
  const found: WrittenNumber[] = [];
  const scaleWords = new Set<number>();
  for (const {0: shown, index} of /\d/.test(text) ? text.matchAll(digits) : []) {
    const bare = valueOf(shown);
    const end = index + shown.length;
    const [whole, scale] = scaled.exec(text.slice(end, end + 12)) ?? ["", ""];
    const by = scales[scale.toLowerCase()] ?? 1n;
    if (whole !== "") scaleWords.add(end + 1);
    found.push({
      shown: shown + whole,
      value: rational(bare.n * by, bare.d),
      bare,
      start: index,
      end: end + whole.length,
      words: false
    });
  }
  for (const {shown, value, start} of numberWords(text)) {
    // "1.5 million" has been read.
    if (scaleWords.has(start)) continue;
    found.push({shown, value, bare: value, start, end: start + shown.length, words: true});
  }
  return found.sort((a, b) => a.start - b.start);
}

function valueOf(shown: string): Rational {
  const [mantissa, exponent = "0"] = shown.replaceAll(",", "").split(/e/i);
  const [whole, decimals = ""] = mantissa.split(".");
  const value = rational(
    BigInt((whole + decimals).slice(0, mostDigits)),
    10n ** BigInt(Math.min(decimals.length, mostDigits))
  );
  const power = Number(exponent);
  const by = 10n ** BigInt(Math.abs(power));
  return power < 0 ? rational(value.n, value.d * by) : rational(value.n * by, value.d);
}
