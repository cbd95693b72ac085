import {pyodideModules} from "../../lib/verify/python/harness.js";
import {createPyodideSandbox} from "../../lib/verify/python/pyodideSandbox.js";
import {createPythonTests} from "../../lib/verify/pythonTests.js";
import {createPyodide} from "../../lib/verify/sandbox/pyodide.js";
import type {BenchRow} from "./row.js";

const candidates = 120;
/** until the two processes that interpret the tests, and last, have been optimised */
const first = 10;
const solution = "def scale(values, by):\n    return [value * by for value in values]\n";
const tests = Array.from(
  {length: 20},
  (_, i) => `assert scale([1, 2, ${i}], ${i}) == [${i}, ${2 * i}, ${i * i}]\n`
).join("");
const main = "import channel\nchannel.send(channel.receive())\n";

/** Candidates a second with 20 tests each, and what the start of one fresh process costs. */
export async function bench(): Promise<BenchRow[]> {
  const pyodide = createPyodide({modules: pyodideModules()});
  const verifier = createPythonTests({sandbox: createPyodideSandbox(pyodide)});
  try {
    const one = async (i: number) => {
      const text = `Scales.\n\n@solution python\n${solution}# ${i}\n\n@test python\n${tests}`;
      const sample = {text, kind: "task", domain: "python", generator: "bench", family: "bench"};
      const {ok, reason, detail} = await verifier.verify(sample, {corpus: () => []});
      if (!ok) throw new Error(`expected 20 tests to pass, got ${reason}: ${detail}`);
    };
    const lanes = async (act: (i: number) => Promise<void>, count = candidates) => {
      let next = 0;
      const lane = async () => {
        while (next < count) await act(next++);
      };
      const start = performance.now();
      await Promise.all([lane(), lane()]);
      return (1000 * count) / (performance.now() - start);
    };
    await lanes(one, first);
    const rate = await lanes(one);
    const starts = await lanes(async () => {
      const session = await pyodide.start({main});
      session.send("answer");
      if ((await session.receive()) !== "answer") throw new Error("expected an answer");
      await session.end();
    });
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
    await verifier.close?.();
  }
}
