import {loadavg} from "node:os";
import {nativePython} from "../../lib/verify/sandbox/nativePython.js";
import type {BenchRow} from "./row.js";

const programs = 800;
// One more than cores: while one lane waits for its sandbox to end, another runs.
const lanes = 3;

/** Python programs a second, each in a fresh sandbox of bubblewrap, on three lanes; no row where there is no bubblewrap. */
export async function bench(): Promise<BenchRow[]> {
  const found = await nativePython();
  if (typeof found === "string") {
    console.error(`bubblewrap: ${found}`);
    return [];
  }
  const [load] = loadavg();
  let next = 0;
  const lane = async (until: number) => {
    while (next < until) {
      const i = next++;
      const run = await found.bubblewrap.run({
        argv: ["/usr/bin/python3", "-I", "-S", "/job/main.py"],
        files: {"main.py": `import os\nos.write(3, str(${i} ** 2).encode())`}
      });
      if (run.channel !== String(i ** 2)) throw new Error(`expected ${i ** 2}, got ${run.channel} ${run.stderr}`);
    }
  };
  const all = (until: number) => Promise.all(Array.from({length: lanes}, () => lane(until)));
  await all(programs / 10);
  const start = performance.now();
  const from = next;
  await all(from + programs);
  const rate = (1000 * programs) / (performance.now() - start);
  return [
    {
      name: "bubblewrap, Python programs",
      value: rate,
      unit: "programs/s",
      limit: {value: 80, sense: ">="},
      note: `a fresh sandbox each, ${lanes} lanes, load ${load.toFixed(1)} before`
    }
  ];
}
