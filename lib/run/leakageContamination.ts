import {BenchmarkIndex, leastCosine} from "../curate/contamination/benchmarkIndex.js";
import type {BenchmarkItem} from "../curate/contamination/benchmarkItem.js";
import {createBenchmarkScan, type Trace} from "../curate/contamination/benchmarkScan.js";
import {createContaminationTally, type BenchmarkCount} from "./contaminationTally.js";

/** A document that has something of an item, by every method that says so, surest first. */
export interface TracedPair {
  /** of the document, and of the item in the order they came */
  at: string;
  text: string;
  number: number;
  traces: Trace[];
}

/** What of benchmarks is in documents, in figures. */
export interface ContaminationFigures {
  documents: number;
  contaminated: number;
  items: number;
  /** items known by their hashes alone */
  sealed: number;
  benchmarks: BenchmarkCount[];
  /** documents by the cosine of the item nearest to them: place i counts those in [i / 50, (i + 1) / 50), the last with 1 */
  cosines: number[] | null;
  /** cosine from which an item is nominated */
  least: number;
}

/** Places of `cosines`. */
const bins = 50;

/**
 * Looks for items in documents by every method of contamination. Other than `contamination`, it measures the cosine of
 * every document and not of those alone that are nominated.
 *
 * @param pair is told of each pair of a document and an item with a trace between them
 */
export async function traceDocuments(
  items: readonly BenchmarkItem[],
  documents: AsyncIterable<{at: string; text: string}> | Iterable<{at: string; text: string}>,
  pair: (pair: TracedPair) => void = () => {}
): Promise<ContaminationFigures> {
  const index = new BenchmarkIndex({cosine: Number.EPSILON});
  for (const item of items) index.add(item);
  const scan = createBenchmarkScan(index.data(), null);
  const tally = createContaminationTally(index);
  const cosines = new Array<number>(bins).fill(0);
  for await (const {at, text} of documents) {
    const all = scan(text);
    const nearest = all.find(({method}) => method === "tfidf")?.score ?? 0;
    cosines[Math.min(bins - 1, Math.floor(nearest * bins))]++;
    const traces = all.filter(({method, score}) => method !== "tfidf" || score >= leastCosine);
    tally.add(traces);
    const byItem = new Map<number, Trace[]>();
    for (const trace of traces) byItem.set(trace.number, [...(byItem.get(trace.number) ?? []), trace]);
    for (const [number, found] of byItem) pair({at, text, number, traces: found});
  }
  return {...tally.result(), items: items.length, sealed: 0, cosines, least: leastCosine};
}
