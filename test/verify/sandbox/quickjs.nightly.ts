import {expect, test} from "vitest";
import {runHostile} from "./hostile.js";

test("after 10,000 hostile programs the next one meets a clean realm, and memory has not grown", async () => {
  const {unclean, grown} = await runHostile(10_000);
  expect(unclean).toBe(0);
  // Both threads hold at most two modules of 64 MiB whose pages come and go.
  expect(grown).toBeLessThan(2 * 2 * 64 * 2 ** 20);
  expect(
    process.getActiveResourcesInfo().filter((name) => name === "MessagePort" || name === "Timeout").length
  ).toBeLessThan(5);
});
