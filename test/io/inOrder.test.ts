import {setTimeout} from "node:timers/promises";
import {expect, test} from "vitest";
import {inOrder} from "../../lib/io/inOrder.js";
import {collect} from "../collect.js";

async function* numbers(n: number) {
  for (let i = 0; i < n; i++) yield i;
}

test("results come in the order of the items, whatever each takes, with no more under way than lanes", async () => {
  let under = 0;
  let most = 0;
  const results = inOrder(numbers(30), 4, async (i) => {
    most = Math.max(most, ++under);
    await setTimeout((i * 7) % 5);
    under--;
    return i;
  });
  expect(await collect(results)).toEqual(Array.from({length: 30}, (_, i) => i));
  expect(most).toBe(4);
});

test("an error comes in its turn, after the results before it", async () => {
  const seen: number[] = [];
  const results = inOrder(numbers(10), 8, async (i) => {
    if (i === 3) throw new RangeError("three");
    await setTimeout(5);
    return i;
  });
  await expect(
    (async () => {
      for await (const i of results) seen.push(i);
    })()
  ).rejects.toThrow("three");
  expect(seen).toEqual([0, 1, 2]);
});
