import type {Random} from "../../lib/text/random.js";

const vocabulary = Array.from({length: 3000}, (_, i) => `w${i.toString(36)}`);

/** A text of random words. */
export function randomText(random: Random, words: number): string {
  return Array.from({length: words}, () => random.pick(vocabulary)).join(" ");
}

/** The text with each word replaced with probability `rate`. */
export function perturb(random: Random, text: string, rate: number): string {
  return text
    .split(" ")
    .map((word) => (random() < rate ? random.pick(vocabulary) : word))
    .join(" ");
}
