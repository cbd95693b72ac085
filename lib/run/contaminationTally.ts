import type {BenchmarkIndex} from "../curate/contamination/benchmarkIndex.js";
import type {Trace} from "../curate/contamination/benchmarkScan.js";
import {clopperPearson} from "../stats/proportion.js";

/** What one method found of one benchmark. */
export interface MethodCount {
  method: string;
  /** items that are in some document, of how many that it looked for; "whole" looks for short questions alone */
  items: number;
  of: number;
  /** items whose question is, and not merely an answer; the same as `items` where the method does not part them */
  questions: number;
  documents: number;
  /** of all documents, with its exact interval; null without a document */
  share: number | null;
  interval: [number, number] | null;
  /** rows of contamination.parquet */
  traces: number;
}

export interface BenchmarkCount {
  benchmark: string;
  items: number;
  /** items known by their hashes alone: copies of them are found, altered copies and rephrases are not */
  sealed: number;
  /** by any method that tells copies: "tfidf" only nominates */
  documents: number;
  contaminated: number;
  methods: MethodCount[];
}

interface Counting {
  items: Set<number>;
  questions: Set<number>;
  documents: number;
  traces: number;
}

/** Counts traces by benchmark and method; `add` gets all of one document at once. */
export function createContaminationTally(index: Pick<BenchmarkIndex, "items" | "open" | "methods" | "short">): {
  add(traces: readonly Trace[]): void;
  result(): {documents: number; contaminated: number; benchmarks: BenchmarkCount[]};
} {
  const counts = new Map<string, Counting>();
  const copies = new Map<string, {documents: number; items: Set<number>}>();
  let documents = 0;
  let contaminated = 0;
  return {
    add(traces) {
      documents++;
      if (traces.some(({method}) => method !== "tfidf")) contaminated++;
      const touched = new Set<string>();
      const copied = new Set<string>();
      for (const {number, method, part} of traces) {
        const {benchmark} = index.items[number];
        const key = `${method}\n${benchmark}`;
        let count = counts.get(key);
        if (count === undefined)
          counts.set(key, (count = {items: new Set(), questions: new Set(), documents: 0, traces: 0}));
        count.items.add(number);
        if (part !== "answer") count.questions.add(number);
        count.traces++;
        if (!touched.has(key)) count.documents++;
        touched.add(key);
        if (method === "tfidf") continue;
        let copy = copies.get(benchmark);
        if (copy === undefined) copies.set(benchmark, (copy = {documents: 0, items: new Set()}));
        copy.items.add(number);
        if (!copied.has(benchmark)) copy.documents++;
        copied.add(benchmark);
      }
    },
    result() {
      const sizes = new Map<string, {items: number; sealed: number}>();
      index.items.forEach(({benchmark}, number) => {
        const size = sizes.get(benchmark) ?? {items: 0, sealed: 0};
        sizes.set(benchmark, size);
        size.items++;
        if (!index.open[number]) size.sealed++;
      });
      const short = new Map<string, number>();
      for (const number of index.short) {
        const {benchmark} = index.items[number];
        short.set(benchmark, (short.get(benchmark) ?? 0) + 1);
      }
      const benchmarks = [...sizes].map(([benchmark, {items, sealed}]) => ({
        ...{benchmark, items, sealed},
        documents: copies.get(benchmark)?.documents ?? 0,
        contaminated: copies.get(benchmark)?.items.size ?? 0,
        methods: index.methods.map((method) => {
          const count = counts.get(`${method}\n${benchmark}`);
          const hit = count?.documents ?? 0;
          return {
            method,
            items: count?.items.size ?? 0,
            of: method === "whole" ? (short.get(benchmark) ?? 0) : method.startsWith("ngram") ? items : items - sealed,
            questions: count?.questions.size ?? 0,
            documents: hit,
            share: documents === 0 ? null : hit / documents,
            interval: documents === 0 ? null : clopperPearson(hit, documents),
            traces: count?.traces ?? 0
          };
        })
      }));
      return {documents, contaminated, benchmarks};
    }
  };
}
