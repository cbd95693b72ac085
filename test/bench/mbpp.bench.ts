import {readFileSync} from "node:fs";
import {mbpp as shape} from "../../lib/run/shapes/mbpp.js";
import {createMutation} from "../../lib/verify/mutation.js";
import {createPythonMutator} from "../../lib/verify/mutation/python.js";
import {mutationScore} from "../../lib/verify/mutation/score.js";
import {createNativeSandbox} from "../../lib/verify/python/nativeSandbox.js";
import {nativePython} from "../../lib/verify/sandbox/nativePython.js";
import type {MutantResult} from "../../lib/verify/verifier.js";
import {hasPublicData, publicFile} from "../publicData.js";
import type {BenchRow} from "./row.js";

const lanes = 2;

/** Seconds for MBPP's references with all their mutants, natively on two lanes, and the score of MBPP's tests. */
export async function bench(): Promise<BenchRow[]> {
  const native = await nativePython();
  if (typeof native === "string" || !hasPublicData) return [];
  const lines = readFileSync(publicFile("mbpp", "mbpp.jsonl"), "utf8").trim().split("\n");
  const samples = lines.flatMap((line) => shape.samples(JSON.parse(line) as Record<string, unknown>));
  const verifier = createMutation([createPythonMutator({sandbox: createNativeSandbox(native)})]);
  const all: MutantResult[] = [];
  const left = samples.values();
  const start = performance.now();
  const lane = async () => {
    for (const sample of left)
      await verifier.verify(sample, {corpus: () => [], observe: ({mutants = []}) => void all.push(...mutants)});
  };
  await Promise.all(Array.from({length: lanes}, lane));
  const seconds = (performance.now() - start) / 1000;
  await verifier.close?.();
  return [
    {
      name: "MBPP's references with mutation",
      value: seconds,
      unit: "s",
      limit: {value: 180, sense: "<="},
      note: `${samples.length} tasks, ${all.length} mutants, ${native.id}`
    },
    {name: "mutation score of MBPP's tests", value: mutationScore(all).score ?? 0, unit: ""}
  ];
}
