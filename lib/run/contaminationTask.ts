import {createBenchmarkScan, type BenchmarkData, type Trace} from "../curate/contamination/benchmarkScan.js";
import {createSeal} from "../curate/contamination/seal.js";

/** What texts are scanned with. */
export interface ContaminationTaskOptions {
  data: BenchmarkData;
  /** key of sealed items; null where there are none */
  key: string | null;
}

/** A function from texts to the traces in each. */
export function createContaminationTask({
  data,
  key
}: ContaminationTaskOptions): (texts: readonly string[]) => Trace[][] {
  const scan = createBenchmarkScan(data, key === null ? null : createSeal(key));
  return (texts) => texts.map(scan);
}
