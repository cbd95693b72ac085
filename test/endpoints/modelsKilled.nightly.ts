import {expect, it} from "vitest";
import {killedRuns, together} from "./killedRuns.js";

it("5,000 questions, killed ten times: the same answers, none paid twice, every one counted", async () => {
  const {same, asked, billed, budget} = await killedRuns(5000, 10, 2);
  console.log(`asked ${asked}, of unknown end ${budget.lost}`);
  expect(same).toBe(true);
  // What was asked twice was under way at a kill: no answer to it was ever kept.
  expect(asked).toBeLessThanOrEqual(5000 + budget.lost);
  expect(budget.tokens.spent).toBeGreaterThanOrEqual(billed);
  expect(budget.lost).toBeLessThanOrEqual(10 * together);
  expect(budget.requests).toBe(5000 + budget.lost);
});
