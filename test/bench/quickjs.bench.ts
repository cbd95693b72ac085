import {guard} from "../../lib/verify/sandbox/guard.js";
import type {BenchRow} from "./row.js";

const programs = 4000;
const lanes = 8;

/** Programs a second through QuickJS on all cores, each in a realm that is put back to the byte. */
export async function bench(): Promise<BenchRow[]> {
  const threads = guard();
  const run = async (count: number) => {
    let next = 0;
    const lane = async () => {
      while (next < count) {
        const n = next++;
        const {values} = await threads.run({scripts: [`function f(n) { return [n, n * 2] }`, `f(${n})`]});
        if (values[1] !== `["array",${n},${2 * n}]`) throw new Error(`program ${n} gave ${values[1]}`);
      }
    };
    await Promise.all(Array.from({length: lanes}, lane));
  };
  await run(200);
  const start = performance.now();
  await run(programs);
  const value = (1000 * programs) / (performance.now() - start);
  await threads.close();
  return [
    {
      name: "QuickJS, a fresh realm each",
      value,
      unit: "programs/s",
      limit: {value: 1000, sense: ">="},
      note: "the memory of a fresh runtime put back, byte for byte"
    }
  ];
}
