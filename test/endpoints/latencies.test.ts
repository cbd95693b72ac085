import {expect, test} from "vitest";
import {createLatencies} from "../../lib/endpoints/latencies.js";
import {createRandom} from "../../lib/text/random.js";

test("quantiles of counted times lie within 2.5 % of those of the times themselves", () => {
  const random = createRandom("latencies");
  const latencies = createLatencies();
  expect(latencies.quantile(0.5)).toBe(null);
  const times = Array.from({length: 10_001}, () => Math.exp(3 + 2 * random.normal())).map((ms) => Math.max(1.01, ms));
  for (const ms of times) latencies.add(ms);
  times.sort((a, b) => a - b);
  for (const p of [0.01, 0.5, 0.9, 0.99, 0.999]) {
    const exact = times[Math.ceil(p * times.length) - 1];
    // A bucket's middle is √1.05 from its ends.
    expect(Math.abs(Math.log(latencies.quantile(p)! / exact))).toBeLessThanOrEqual(Math.log(1.05) / 2 + 1e-9);
  }
  expect(latencies.count()).toBe(times.length);
  for (const ms of [0, 0.1, 1e12]) latencies.add(ms);
  expect(latencies.quantile(0)).toBeLessThan(1);
  expect(latencies.quantile(1)).toBeGreaterThan(7_000_000);
  expect(() => latencies.quantile(2)).toThrow("in [0, 1], got 2");
});
