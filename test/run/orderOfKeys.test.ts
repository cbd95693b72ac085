import {expect, test} from "vitest";
import {orderOfKeys} from "../../lib/run/orderOfKeys.js";
import {createRandom} from "../../lib/text/random.js";

test("rows come by key, equal ones in their order, from the least to the greatest of 32 bits", () => {
  const random = createRandom("order of keys");
  const keys = Uint32Array.from({length: 5000}, () => random.pick([0, 0xffffffff, 2047, 2048, random.int(2 ** 32), random.int(300)])); // prettier-ignore
  const expected = Array.from(keys.keys()).sort((a, b) => keys[a] - keys[b] || a - b);
  expect([...orderOfKeys(keys)]).toEqual(expected);
  expect([...orderOfKeys(new Uint32Array(0))]).toEqual([]);
});
