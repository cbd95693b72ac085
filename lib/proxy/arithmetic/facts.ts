import type {Random} from "../../text/random.js";

/** The characters of the little language, in the order of their token ids: 58 + 37 = 95 is written "8755390". */
export const alphabet = "0123456789";

/** sha256 of the alphabet, which is this language's tokenizer. */
export const alphabetSha256 = "84d89877f0d4041efb6bf91a16f0248f2fd573e6af05c19f96bedb9f882f7882";

/**
 * A fact adds two numbers of two digits column by column, units first: digit, digit, digit of the sum; the same for the
 * tens; then the last carry. So four tokens before a digit of the sum decide it, and a model of order 5 that has seen
 * enough columns adds numbers that it has never seen added.
 */
export const factLength = 7;

/** Places of a fact that are answers; the others are its question. */
export const answers = [2, 5, 6];

/** Pairs of summands from 00 to 99. */
export const pairs = 10_000;

/** The fact of a pair's number: pair 5837 adds 58 and 37. */
export function fact(pair: number): Uint16Array {
  return write(pair, Math.floor(pair / 100) + (pair % 100));
}

/** A text that states a sum from 0 to 199, true or not. */
export function write(pair: number, sum: number): Uint16Array {
  const [a, b] = [Math.floor(pair / 100), pair % 100];
  const digits = [a % 10, b % 10, sum % 10, a / 10, b / 10, (sum / 10) % 10, sum / 100];
  return Uint16Array.from(digits, Math.floor);
}

/** What a text states; its sum may be above 199. */
export function read(text: Uint16Array): {pair: number; sum: number} {
  const [a0, b0, r0, a1, b1, r1, r2] = text;
  return {pair: (a1 * 10 + a0) * 100 + b1 * 10 + b0, sum: r2 * 100 + r1 * 10 + r0};
}

/** Whether a text is a true fact: the exact verifier. */
export function verify(text: Uint16Array): boolean {
  const {pair, sum} = read(text);
  return Math.floor(pair / 100) + (pair % 100) === sum;
}

/** A draw of the pairs into held-out ones, which no training text states, and the supply of human facts. */
export function splitPairs(random: Random, {heldOut, supply}: {heldOut: number; supply: number}) {
  if (heldOut + supply > pairs)
    throw new RangeError(`expected at most ${pairs} facts held out and supplied, got ${heldOut} + ${supply}`);
  const shuffled = random.shuffle(Array.from({length: pairs}, (_, i) => i));
  return {heldOut: shuffled.slice(0, heldOut), supply: shuffled.slice(heldOut, heldOut + supply).map(fact)};
}
