import {fitRuns} from "../run/fitRuns.js";
import {resultJson, writeResult} from "../run/fitFile.js";
import {createScalingPool} from "../run/scalingPool.js";
import type {RunsSelection} from "../run/selection.js";
import {laws} from "../scaling/laws.js";
import {objectives, type ObjectiveName} from "../scaling/objective.js";
import {nearest} from "../text/nearest.js";
import {integer, Misuse, parse, type Command} from "./command.js";
import {aboutRuns, fitInWords} from "./fitInWords.js";
import {joinsOf} from "./joinsOf.js";
import {shownRun} from "./shownRun.js";

const text = {type: "string"} as const;
const several = {type: "string", multiple: true} as const;

/** Flags that name a variable of one number. */
const scalars = ["n", "d", "u", "loss", "generation", "samples", "cut"] as const;

/** What --cluster knows by name; anything else is SQL. */
const clusters = ["mix", "run", "seed"] as const;

const objectiveNames = Object.keys(objectives) as ObjectiveName[];

/** `ballast fit`: runs to a law with intervals. */
export const command: Command = {
  usage:
    "RUNS --target SQL [--law NAME|auto] [--n SQL] [--d SQL] [--u SQL] [--share SQL | --shares 'GLOB'|NAME=SQL…] [--supplies 'GLOB'] [--loss SQL | --via SQL] [--generation SQL] [--samples SQL] [--cut SQL] [--where SQL] [--holdout SQL] [--sd SQL] [--join FILE --on KEY[,KEY]] [--objective NAME] [--better lower|higher] [--cluster mix|run|seed|SQL] [--bootstrap 1000] [--interval percentile|bca] [--level 0.95] [--seed 1] [--json] [--out FILE]",
  summary:
    "Fits a law to a table of runs (CSV, TSV, Parquet, JSONL), with intervals. SQL is a column or a DuckDB expression over the columns.",
  async run(args) {
    const {values, positionals} = parse(
      args,
      {
        target: text,
        law: {...text, default: "auto"},
        n: text,
        d: text,
        u: text,
        loss: text,
        generation: text,
        samples: text,
        cut: text,
        via: text,
        share: text,
        shares: several,
        supplies: text,
        where: text,
        holdout: text,
        sd: text,
        join: several,
        on: several,
        objective: text,
        better: text,
        cluster: {...text, default: "mix"},
        interval: {...text, default: "percentile"},
        bootstrap: {...text, default: "1000"},
        level: {...text, default: "0.95"},
        seed: {...text, default: "1"},
        json: {type: "boolean"},
        out: text
      },
      {least: 1}
    );
    const {target, law, via, share, supplies, where, holdout, sd, objective, better, cluster} = values;
    if (target === undefined || target.trim() === "")
      throw new Misuse("--target: expected the column to fit, got none");
    if (law !== "auto") oneOf("--law", law, ["auto", ...laws.map(({id}) => id)]);
    if (share !== undefined && values.shares !== undefined) throw new Misuse("expected --share or --shares, got both");
    if (via !== undefined && values.loss !== undefined) throw new Misuse("expected --loss or --via, got both");
    const known = clusters.find((one) => one === cluster);
    const selection: RunsSelection = {
      target,
      scalars: Object.fromEntries(
        scalars.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]]))
      ),
      share,
      shares: sharesOf(values.shares),
      supplies,
      via,
      where,
      holdout,
      sd,
      ...(known === undefined && {group: cluster}),
      joins: joinsOf(values.join ?? [], values.on ?? [])
    };
    const pool = createScalingPool();
    const shown = shownRun(pool.run);
    const result = await fitRuns(positionals[0], {
      run: shown.run,
      ...selection,
      law,
      ...(better !== undefined && {lowerIsBetter: oneOf("--better", better, ["lower", "higher"]) === "lower"}),
      ...(objective !== undefined && {objective: oneOf("--objective", objective, objectiveNames)}),
      cluster: known ?? "group",
      method: oneOf("--interval", values.interval, ["percentile", "bca"]),
      bootstrap: integer("--bootstrap", values.bootstrap, {min: 100, max: 100_000}),
      level: level(values.level),
      seed: integer("--seed", values.seed)
    }).finally(() => {
      shown.end();
      return pool.close();
    });
    if (values.out !== undefined) await writeResult(values.out, result.fit);
    if (values.json) {
      process.stderr.write(aboutRuns(result));
      process.stdout.write(resultJson(result.fit));
    } else process.stdout.write(fitInWords(result));
    return 0;
  }
};

/** A glob, or named expressions: NAME=SQL. */
function sharesOf(given: readonly string[] | undefined): RunsSelection["shares"] {
  if (given === undefined) return undefined;
  const named = given.map((one) => /^([\w ./-]+?)\s*=(?![=>])(.+)$/s.exec(one));
  if (named.every((match) => match !== null)) return Object.fromEntries(named.map(([, name, sql]) => [name, sql]));
  if (named.some((match) => match !== null))
    throw new Misuse(`--shares: expected globs or NAME=SQL, got both: ${given.join(" ")}`);
  return given.join(",");
}

function level(value: string): number {
  const number = Number(value);
  if (!(number >= 0.5 && number < 1))
    throw new Misuse(`--level: expected a number from 0.5 to below 1, got ${JSON.stringify(value)}`);
  return number;
}

function oneOf<const T extends string>(flag: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((item) => item === value);
  if (found !== undefined) return found;
  const near = nearest(value, allowed);
  throw new Misuse(
    `${flag}: expected ${allowed.slice(0, -1).join(", ")} or ${allowed.at(-1)}, got ${JSON.stringify(value)}${near === null ? "" : `; did you mean ${near}?`}`
  );
}
