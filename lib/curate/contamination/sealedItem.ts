import {createShingler} from "../../dedup/shingles.js";
import type {BenchmarkItem} from "./benchmarkItem.js";
import type {Seal} from "./ngramIndex.js";

/** An item of a benchmark whose text stays with its owner: names, and sealed hashes of its runs of words. */
export interface SealedItem {
  benchmark: string;
  id: string;
  /** by part and size: distinct hashes of 16 hexadecimal digits, sorted, so that their order says nothing */
  question: Record<string, string[]>;
  answers: Record<string, string[]>[];
}

/** A function from an item to what of it may leave its owner. Passages are left out: they are somebody else's text. */
export function createSealer(sizes: readonly number[], seal: Seal): (item: BenchmarkItem) => SealedItem {
  const shinglers = sizes.map((size) => [size, createShingler({size, normalisation: "plain"})] as const);
  const grams = (text: string): Record<string, string[]> =>
    Object.fromEntries(
      shinglers.map(([size, shingle]) => {
        const {words, count, low, high} = shingle(text);
        const hashes = new Set<string>();
        if (words >= size) for (let i = 0; i < count; i++) hashes.add(hex(seal(low[i], high[i])));
        return [String(size), [...hashes].sort()];
      })
    );
  return ({benchmark, id, question, answers}) => ({
    ...{benchmark, id},
    question: grams(question),
    answers: answers.map(grams)
  });
}

/** The two halves of a sealed hash, from its hexadecimal digits. */
export function halves(hash: string): readonly [number, number] {
  return [parseInt(hash.slice(0, 8), 16) | 0, parseInt(hash.slice(8), 16) | 0];
}

function hex([low, high]: readonly [number, number]): string {
  return [low, high].map((half) => (half >>> 0).toString(16).padStart(8, "0")).join("");
}
