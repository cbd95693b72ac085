import {expect, test} from "vitest";
import {spentInWords} from "../../lib/run/spentInWords.js";

test("what was spent is told beside the budget, with what is reserved", () => {
  const figures = {requests: 12, estimated: 0, lost: 0};
  expect(spentInWords({...figures, money: {}, tokens: {spent: 3400, reserved: 0, budget: null}})).toBe(
    "spent so far: 3400 tokens, 12 requests paid"
  );
  expect(
    spentInWords({
      ...{...figures, lost: 2},
      money: {EUR: {spent: 0.123456, reserved: 0.01, budget: 10}, USD: {spent: 0, reserved: 0, budget: 2.5}},
      tokens: {spent: 3400, reserved: 500, budget: 100_000}
    })
  ).toBe(
    "spent so far: 0.123 and 0.0100 reserved of 10 EUR, 0 of 2.50 USD, 3400 and 500 reserved of 100000 tokens, 12 requests paid, 2 of unknown end"
  );
});
