import {pyodideModules} from "../../lib/verify/python/harness.js";
import {createPyodideSandbox} from "../../lib/verify/python/pyodideSandbox.js";
import {createPyodide} from "../../lib/verify/sandbox/pyodide.js";
import type {BenchRow} from "./row.js";

const candidates = 60;
const solution = "def scale(values, by):\n    return [value * by for value in values]\n";
const tests = Array.from(
  {length: 20},
  (_, i) => `assert scale([1, 2, ${i}], ${i}) == [${i}, ${2 * i}, ${i * i}]\n`
).join("");
const main = "import channel\nchannel.send(channel.receive())\n";

/** Candidates a second with 20 tests each, and what the start of one fresh process costs. */
export async function bench(): Promise<BenchRow[]> {
  const pyodide = createPyodide({modules: pyodideModules()});
  const sandbox = createPyodideSandbox(pyodide);
  try {
    const room = await sandbox.open(0);
    const order = {setup: "", tests, form: "asserts" as const, cpu: 5};
    const one = async (i: number) => {
      const {state, detail} = await room.run({...order, solution: `${solution}# ${i}\n`});
      if (state !== "pass") throw new Error(`expected 20 tests to pass, got ${state}: ${detail}`);
    };
    await one(0);
    let start = performance.now();
    for (let i = 0; i < candidates; i++) await one(i);
    const rate = (1000 * candidates) / (performance.now() - start);
    await room.end();

    start = performance.now();
    let next = 0;
    const lane = async () => {
      while (next++ < candidates) {
        const session = await pyodide.start({main});
        session.send("answer");
        if ((await session.receive()) !== "answer") throw new Error("expected an answer");
        await session.end();
      }
    };
    await Promise.all([lane(), lane()]);
    const starts = (1000 * candidates) / (performance.now() - start);
    return [
      {
        name: "Pyodide in Deno, candidates a second",
        value: rate,
        unit: "/s",
        limit: {value: 6, sense: ">="},
        note: "20 tests each, a fresh process each"
      },
      {name: "Pyodide in Deno, fresh processes a second", value: starts, unit: "/s", note: "started, asked once, ended"}
    ];
  } finally {
    await sandbox.close();
    await pyodide.close();
  }
}
