import {afterAll, expect, test} from "vitest";
import {guard} from "../../../lib/verify/sandbox/guard.js";
import {createSandbox} from "../../../lib/verify/sandbox/quickjs.js";

const patient = guard();
const hasty = guard({patience: 400, workers: 1});

afterAll(async () => {
  await Promise.all([patient.close(), hasty.close()]);
});

test("a guarded sandbox says what a bare one says", async () => {
  const bare = createSandbox();
  for (const scripts of [["1 + 1"], ["while (true) {}"], ["console.log(1)", "throw new Error('no')"]])
    expect({...(await patient.run({scripts})), usage: null}).toEqual({...(await bare.run({scripts})), usage: null});
});

test("jobs given at once come back each with its own answer", async () => {
  const runs = await Promise.all(Array.from({length: 20}, (_, i) => patient.run({scripts: [`${i} * 2`]})));
  expect(runs.map(({values}) => values[0])).toEqual(Array.from({length: 20}, (_, i) => String(2 * i)));
});

test("a built-in that counts no steps is ended with its thread, and the next job runs", async () => {
  const endless = await hasty.run({scripts: ["[].indexOf.call({length: 2 ** 53 - 1}, 1)"]});
  expect(endless).toMatchObject({outcome: "timeout", values: [], logs: [], detail: "gave no answer, alone neither"});
  expect((await hasty.run({scripts: ["2 + 2"]})).values).toEqual(["4"]);
});
