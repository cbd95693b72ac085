import {objectives, type ObjectiveName} from "../../lib/scaling/objective.js";
import type {Fit} from "../../lib/schema/fit.js";
import {identifier} from "../../lib/text/identifier.js";
import type {RunsColumn} from "../runsDatabase.js";

/** Fields that hold SQL over the columns of the runs; empty where they are not asked. */
export const sqlFields = [
  "target",
  "n",
  "d",
  "u",
  "loss",
  "via",
  "generation",
  "samples",
  "cut",
  "share",
  "where",
  "holdout",
  "sd"
] as const;

/** How intervals are read from draws. */
export const intervals = ["percentile", "bca"] as const satisfies readonly Fit["bootstrap"]["method"][];

type Interval = (typeof intervals)[number];

/** Levels of intervals that the page offers. */
export const levels = [0.8, 0.9, 0.95, 0.99] as const;

/** What to fit, and how: all that the page asks, as a link carries it. */
export interface Choices extends Record<(typeof sqlFields)[number], string> {
  /** columns that are the shares of the tiers, with * and ? */
  readonly shares: string;
  /** columns of the distinct tokens at hand of each tier, with * and ? that stand for what they do in `shares` */
  readonly supplies: string;
  readonly better: "" | "lower" | "higher";
  /** id of a law, or "auto" */
  readonly law: string;
  /** "" for what the law asks for by itself */
  readonly objective: "" | ObjectiveName;
  /** "mix", "run", "seed", or SQL of what a bootstrap draws as one */
  readonly cluster: string;
  readonly interval: Interval;
  /** of the intervals, one of `levels` */
  readonly level: number;
  readonly bootstrap: number;
  readonly seed: number;
}

/** Nothing asked yet. */
export const noChoices: Choices = {
  ...(Object.fromEntries(sqlFields.map((name) => [name, ""])) as Record<(typeof sqlFields)[number], string>),
  shares: "",
  supplies: "",
  better: "",
  law: "auto",
  objective: "",
  cluster: "mix",
  interval: "percentile",
  level: 0.95,
  bootstrap: 1000,
  seed: 1
};

/** Longest text of a field that a link may bring. */
const longest = 2000;

/** Choices from what a link brings: fields of another kind are as if they were not there. */
export function toChoices(value: unknown): Choices {
  const given = (typeof value === "object" && value !== null ? value : {}) as Record<string, unknown>;
  const text = (name: string) => {
    const found = given[name];
    return typeof found === "string" && found.length <= longest ? found : "";
  };
  const whole = (name: "bootstrap" | "seed", least: number, most: number) => {
    const found = given[name];
    return Number.isSafeInteger(found) && Number(found) >= least && Number(found) <= most
      ? Number(found)
      : noChoices[name];
  };
  const better = text("better");
  const objective = text("objective");
  return {
    ...noChoices,
    ...Object.fromEntries(sqlFields.map((name) => [name, text(name)])),
    shares: text("shares"),
    supplies: text("supplies"),
    better: better === "lower" || better === "higher" ? better : "",
    law: /^[a-z-]+$/.test(text("law")) ? text("law") : "auto",
    objective: Object.hasOwn(objectives, objective) ? (objective as ObjectiveName) : "",
    cluster: text("cluster") || noChoices.cluster,
    interval: intervals.find((one) => one === given.interval) ?? noChoices.interval,
    level: levels.find((one) => one === given.level) ?? noChoices.level,
    bootstrap: whole("bootstrap", 100, 20_000),
    seed: whole("seed", 0, 2 ** 31)
  };
}

/** What the names of a table's columns suggest to fit; a person corrects it. */
export function suggest(columns: readonly RunsColumn[]): Choices {
  const numeric = columns.filter((column) => column.numeric).map(({name}) => name);
  const find = (pattern: RegExp) => numeric.find((name) => pattern.test(name));
  const sql = (name: string | undefined) =>
    name === undefined ? "" : /^[a-z_]\w*$/i.test(name) ? name : identifier(name);
  const n = find(/^(n|params?|parameters|model.?size|model.?params?)$/i);
  const flops = find(/^(c|flops?|training.?flops?|compute)$/i);
  const d = find(/^(d|tokens|train(ing)?.?tokens|n.?tokens)$/i);
  const share = find(/^(synthetic.?share|share|synthetic|mix.?ratio)$/i);
  const shares = numeric.filter((name) => /^share_/i.test(name));
  const known = new Set([n, flops, d, share, ...shares, find(/^seed$/i)]);
  const target =
    numeric.find((name) => /loss|bpb|ppl|perplexity|bits|score|acc|exact|error/i.test(name) && !known.has(name)) ??
    numeric.findLast((name) => !known.has(name));
  const both = n !== undefined && d === undefined && flops !== undefined;
  return {
    ...noChoices,
    target: sql(target),
    n: sql(n),
    d: both ? `${sql(flops)} / (6 * ${sql(n)})` : n === undefined ? "" : sql(d),
    ...(n === undefined && (share !== undefined ? {share: sql(share)} : shares.length > 1 && {shares: "share_*"}))
  };
}
