import {afterAll, expect, test} from "vitest";
import {smt} from "../../lib/verify/smt.js";
import {wrongWords} from "./smtGoals.js";

afterAll(() => smt.close!());

test("1,000 goals with a planted solution pass, and none with a changed one", async () => {
  expect(await wrongWords(1000)).toEqual([]);
}, 600_000);
