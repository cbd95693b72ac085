import {expect, test} from "vitest";
import {createRandom} from "../../lib/text/random.js";
import {createJavascriptTests} from "../../lib/verify/javascriptTests.js";
import {guard} from "../../lib/verify/sandbox/guard.js";
import {javascriptCases} from "./javascriptCases.js";
import {plantErrors} from "./planted.js";

test("of 1,000 unit-test texts with an error planted 99 % are caught, and no clean one is refused", async () => {
  const threads = guard();
  const cases = javascriptCases(1000, createRandom("planted, long"));
  const {refused, missed} = await plantErrors(createJavascriptTests(threads, threads), cases, {lanes: 4});
  await threads.close();
  expect(refused).toEqual([]);
  expect(missed.length).toBeLessThanOrEqual(10);
});
