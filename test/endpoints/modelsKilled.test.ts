import {expect, it} from "vitest";
import {killedRuns, together} from "./killedRuns.js";

it("a run that is killed comes to the same answers, pays for none twice and has counted every one", async () => {
  const count = 120;
  const {same, asked, billed, budget} = await killedRuns(count, 1, 1);
  expect(same).toBe(true);
  expect(asked).toBeGreaterThanOrEqual(count);
  // What was asked twice was under way at a kill: no answer to it was ever kept.
  expect(asked).toBeLessThanOrEqual(count + budget.lost);
  expect(budget.tokens.spent).toBeGreaterThanOrEqual(billed);
  expect(budget.lost).toBeLessThanOrEqual(together);
  expect(budget.requests).toBe(count + budget.lost);
});
