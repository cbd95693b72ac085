import {writeFile} from "node:fs/promises";
import {join, resolve} from "node:path";
import {createScalingPool} from "../lib/run/scalingPool.js";
import {hashesOf} from "./published/groups.js";
import {outcomes, type Outcome} from "./rollout/study.js";
import {studies} from "./rollout/studies.js";

// BALLAST_DATA=… npx tsx scripts/rollout.ts [ID…]: makes data/rollout.json anew, every law's error on runs it has not seen.
const data = process.env.BALLAST_DATA;
if (data === undefined)
  throw new Error("expected BALLAST_DATA to name the folder of the public data sets, got nothing");
const pool = createScalingPool();
const asked = process.argv.slice(2);
const made = [];
try {
  for (const study of studies) {
    if (asked.length > 0 && !asked.includes(study.id)) continue;
    const started = performance.now();
    const targets = await study.targets((name) => join(data, study.set, name));
    const results: ({target: string} & Awaited<ReturnType<typeof outcomes>>)[] = [];
    for (const target of targets)
      results.push({target: target.name, ...(await outcomes(target, {...study, run: pool.run}))});
    const ids = [...new Set(results.flatMap(({laws}) => laws.map(({law}) => law)))];
    const laws = ids.map((law) => {
      const all = results.flatMap((result) => result.laws.filter((one) => one.law === law));
      return {
        law,
        k: all[0].k,
        targets: all.length,
        runs: all.reduce((sum, {heldOut}) => sum + heldOut.n, 0),
        meanRelativeError: mean(all, ({heldOut}) => heldOut.meanRelativeError),
        rmse: mean(all, ({heldOut}) => heldOut.rmse),
        spearman: mean(all, ({heldOut}) => heldOut.spearman),
        ranks: mean(all, ({ranks}) => ranks),
        picked: results.filter(({pick}) => pick === law).length
      };
    });
    made.push({
      id: study.id,
      title: study.title,
      set: study.set,
      ...hashesOf(study.set, study.files, data),
      split: study.split,
      lowerIsBetter: study.lowerIsBetter,
      targets: targets.length,
      laws,
      auto: {
        targets: targets.length,
        meanRelativeError: mean(
          results,
          picked((one) => one.heldOut.meanRelativeError)
        ),
        rmse: mean(
          results,
          picked((one) => one.heldOut.rmse)
        ),
        spearman: mean(
          results,
          picked((one) => one.heldOut.spearman)
        ),
        ranks: mean(
          results,
          picked((one) => one.ranks)
        ),
        picks: results.map(({target, pick, chosenBy}) => ({target, law: pick, chosenBy}))
      }
    });
    process.stderr.write(`${study.title} (${((performance.now() - started) / 1000).toFixed(1)} s)\n`);
    for (const row of laws)
      process.stderr.write(
        `  ${row.law} ${row.targets} ${row.meanRelativeError} ${row.rmse} ${row.spearman} ${row.ranks} ${row.picked}\n`
      );
  }
} finally {
  await pool.close();
}
const path = resolve(import.meta.dirname, "..", "data", "rollout.json");
if (asked.length === 0) await writeFile(path, JSON.stringify({version: 1, studies: made}, null, 2) + "\n");

/** The outcome of the law that was picked. */
function picked(of: (outcome: Outcome) => number | null) {
  return ({pick, laws}: {pick: string; laws: readonly Outcome[]}): number | null => {
    const one = laws.find(({law}) => law === pick);
    return one === undefined ? null : of(one);
  };
}

/** The mean of a figure, to six digits, or null where a part of it is not defined. */
function mean<T>(items: readonly T[], of: (item: T) => number | null): number | null {
  const values = items.map(of);
  if (values.length === 0 || values.includes(null)) return null;
  return Number(((values as number[]).reduce((a, b) => a + b, 0) / values.length).toPrecision(6));
}
