import {afterAll, expect, test} from "vitest";
import {createRandom} from "../../lib/text/random.js";
import {createJavascriptTests} from "../../lib/verify/javascriptTests.js";
import {guard} from "../../lib/verify/sandbox/guard.js";
import type {Observation} from "../../lib/verify/verifier.js";
import {judge} from "./evidence.js";
import {javascriptCases} from "./javascriptCases.js";
import {plantErrors} from "./planted.js";

const [alone, two] = [guard({workers: 1}), guard({workers: 2})];
const verifier = createJavascriptTests(two, two);

afterAll(async () => {
  await Promise.all([alone.close(), two.close()]);
});

test("of 300 unit-test texts with an error planted 99 % are caught, and no clean one is refused", async () => {
  const observed: Observation[] = [];
  const context = {corpus: () => [], observe: (one: Observation) => void observed.push(one)};
  const cases = javascriptCases(300, createRandom("planted"));
  const {refused, missed, planted} = await plantErrors(verifier, cases, {context, lanes: 4});
  expect(refused).toEqual([]);
  expect(planted).toBe(300);
  expect(missed.length, missed[0]).toBeLessThanOrEqual(3);
  expect(observed.length).toBeGreaterThan(500);
  for (const {usage} of observed) {
    expect(usage).toMatchObject({cpu: 0});
    expect(usage!.programs).toBeGreaterThanOrEqual(1);
    // Two realms of 6 MiB at least, of 64 at most.
    expect(usage!.memory).toBeGreaterThanOrEqual(2 * 6 * 2 ** 20);
    expect(usage!.memory).toBeLessThanOrEqual(2 * 64 * 2 ** 20);
    expect(usage!.wall).toBeGreaterThan(0);
  }
});

test("verdicts are the same with one worker and with two", async () => {
  const texts = [...javascriptCases(10, createRandom("workers"))].flatMap(({clean, corrupt}) => [clean, corrupt]);
  const bodies = ["return f()", "for (;;) console.log(1)", "return new Uint8Array(1e9)", "return Math.random()"];
  const hostile = bodies.map(
    (body) => `F.\n\n@solution js\nfunction f() { ${body} }\n\n@test js\nassert.equal(f(), 1);`
  );
  const all = [...texts.map(({text}) => text), ...hostile];
  const [one, both] = await Promise.all(
    [alone, two].map((threads) =>
      Promise.all(all.map((text) => judge(createJavascriptTests(threads, threads), text, "task")))
    )
  );
  expect(one).toEqual(both);
  expect(one.slice(-4).map(({reason}) => reason)).toEqual([
    "stack-overflow",
    "output-limit",
    "out-of-memory",
    "failed-test"
  ]);
});

test("line ends of another system change nothing", async () => {
  for (const {clean, corrupt} of javascriptCases(6, createRandom("line ends")))
    for (const {text} of [clean, corrupt])
      expect(await judge(verifier, text.replaceAll("\n", "\r\n"), "task")).toEqual(await judge(verifier, text, "task"));
});
