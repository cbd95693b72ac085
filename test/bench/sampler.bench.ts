import {createSampler, type Sampler} from "../../lib/mix/sampler.js";
import type {Shard} from "../../lib/mix/tierShards.js";
import type {BenchRow} from "./row.js";

const pass = 20_000;

/** 1,000 shards of 20,000 to 60,000 rows a tier. */
function shards(tiers: number): Shard[] {
  return Array.from({length: tiers * 1000}, (_, i) => ({
    tier: `T${i % tiers}`,
    path: `data/T${i % tiers}/part-${String(Math.floor(i / tiers)).padStart(5, "0")}.parquet`,
    rows: 20_000 + ((i * 7919) % 40_000),
    tokens: 400 * (20_000 + ((i * 7919) % 40_000))
  }));
}

/** Milliseconds of the fastest of many passes: what the machine can do when nobody else is at work on the core. */
function fastest(passes: number, work: () => void): number {
  let best = Infinity;
  for (let i = 0; i < passes; i++) {
    const start = performance.now();
    work();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

function drawsPerSecond(sampler: Sampler, ranks = 1): number {
  const cursor = sampler.cursor({ranks});
  let rows = 0;
  const made = pass / ranks;
  const best = fastest(500, () => {
    for (let i = 0; i < made; i++) rows += cursor.next()!.row;
  });
  if (!(rows >= 0)) throw new RangeError(`expected rows, got ${rows}`);
  return (1000 * made) / best;
}

export async function bench(): Promise<BenchRow[]> {
  const four = shards(4);
  const mix = {T0: 0.15, T1: 0.2, T2: 0.45, T3: 0.2};
  const sampler = createSampler(four, mix);
  const wide = Object.fromEntries(Array.from({length: 28}, (_, j) => [`T${j}`, (j + 1) / 406]));
  const many = createSampler(shards(28), wide);
  let position = 1e12;
  return [
    {
      name: "Sampler: 4 tiers, 4,000 shards, draws in order",
      value: drawsPerSecond(sampler),
      unit: "draws/s",
      limit: {value: 5e6, sense: ">="},
      note: "tier, shard, row and epoch of each; one core, fastest of 500 passes"
    },
    {
      name: "Sampler: 28 tiers, 28,000 shards, draws in order",
      value: drawsPerSecond(many),
      unit: "draws/s",
      limit: {value: 5e6, sense: ">="}
    },
    {
      name: "Sampler: draws of one rank of 64, 4 tiers",
      value: drawsPerSecond(sampler, 64),
      unit: "draws/s",
      note: "each goes through the tiers of 64"
    },
    {name: "Sampler: time to build over 4,000 shards", value: fastest(20, () => createSampler(four, mix)), unit: "ms"},
    {
      name: "Sampler: time to find a draw beyond 10^12, 4 tiers",
      value: 1000 * fastest(2000, () => sampler.at(position++)),
      unit: "µs"
    },
    {
      name: "Sampler: time to find a draw beyond 10^12, 28 tiers",
      value: 1000 * fastest(2000, () => many.at(position++)),
      unit: "µs"
    }
  ];
}
