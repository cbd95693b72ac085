import {spawnSync} from "node:child_process";
import {mkdtempSync, readFileSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {describe, expect, test} from "vitest";
import {Misuse} from "../../lib/cli/command.js";
import {command} from "../../lib/cli/optimize.js";
import {sha256} from "../../lib/io/sha256.js";
import {parseConstraintsYaml} from "../../lib/run/readConstraints.js";
import {Plan} from "../../lib/schema/plan.js";
import {createRandom} from "../../lib/text/random.js";
import {madeFit} from "../mix/madeFit.js";

const folder = mkdtempSync(join(tmpdir(), "ballast-optimize-"));
const at = (name: string) => join(folder, name);
const main = new URL("../../lib/cli/main.ts", import.meta.url).pathname;

function ballast(...args: string[]) {
  return spawnSync(process.execPath, ["--import", import.meta.resolve("tsx"), main, "optimize", ...args], {
    encoding: "utf8"
  });
}

const random = createRandom("cli");
const theta = [1.2, -0.3, -0.8, -2, -0.6, 1];
writeFileSync(at("loss.json"), JSON.stringify(madeFit("mixing-exponential", theta, {random, draws: 50})));
writeFileSync(
  at("human.json"),
  JSON.stringify(madeFit("mixing-exponential", [1.2, -2, -0.8, -0.3, -0.6, 1], {random, draws: 50, target: "human"}))
);

test("a plan in words shows weights, certificate, prices, trade-off, the draws' mean, plateau and risk", () => {
  writeFileSync(
    at("rules.yaml"),
    [
      "anchor: 0.35",
      "reference: {T0: 1, T1: 1, T2: 2, T3: 1}",
      "divergence: {lambda: 0.01}",
      "heldOut: [human]",
      "minimum:",
      "  - {benchmark: human, value: 1.7}",
      ""
    ].join("\n")
  );
  const {stdout, stderr, status} = ballast(
    at("loss.json"),
    at("human.json"),
    "--constraints",
    at("rules.yaml"),
    "--out",
    at("plan.json")
  );
  expect(stderr).toBe("");
  expect(status).toBe(0);
  for (const words of [
    "best for loss:",
    "certificate: convex, gap at most",
    "T0 + T1 ≥ 0.35",
    "human ≤ 1.7",
    "price",
    "nearness to the reference:",
    "mean of the best mixes of 50 draws: T0",
    "plateau:",
    "collapse risk:",
    "over training:"
  ])
    expect(stdout).toContain(words);
  const plan = Plan.parse(JSON.parse(readFileSync(at("plan.json"), "utf8")));
  expect(plan.predicted.human.value).toBeLessThanOrEqual(1.7 + 1e-6);
}, 60_000);

test("under --json a plan is one document and nothing else", () => {
  const {stdout, status} = ballast(at("loss.json"), at("human.json"), "--objective", "worst", "--json");
  expect(status).toBe(0);
  const {objective} = Plan.parse(JSON.parse(stdout));
  expect(objective).toMatchObject({kind: "worst", unit: "standard deviations between replicates, above the baseline"});
  expect(Object.keys(objective.benchmarks)).toEqual(["loss", "human"]);
}, 60_000);

test("rules in conflict are told by name; an objective that is none is misuse", async () => {
  writeFileSync(at("conflict.yaml"), "bounds: {T0: [0.6, 1], T1: [0.6, 1]}\n");
  await expect(command.run([at("loss.json"), "--constraints", at("conflict.yaml")])).rejects.toThrow(
    "least T0 (T0 ≥ 0.6), least T1 (T1 ≥ 0.6); with the others kept, least T0 would have to be ≥ 0.4"
  );
  await expect(command.run([at("loss.json"), "--objective", "best"])).rejects.toThrow(Misuse);
});

/** The plan of the same command without a process of its own, and its exit code. */
async function plan(text: string, ...args: string[]): Promise<{status: number; plan: Plan}> {
  const name = `case-${sha256(text + args.join()).slice(0, 8)}`;
  writeFileSync(at(`${name}.yaml`), text);
  const status = await command.run([...args, "--constraints", at(`${name}.yaml`), "--out", at(`${name}.json`)]);
  return {status, plan: Plan.parse(JSON.parse(readFileSync(at(`${name}.json`), "utf8")))};
}

const fits = [at("loss.json"), at("human.json")];
const sum = (plan: Plan) => Object.values(plan.weights).reduce((a, b) => a + b, 0);
const entropy = ({weights}: Plan) => -Object.values(weights).reduce((h, w) => h + (w > 0 ? w * Math.log(w) : 0), 0);
const nats = ({weights}: Plan) => Object.values(weights).reduce((d, w) => d + (w > 0 ? w * Math.log(w / 0.25) : 0), 0);
/** Each weight is written to nine digits, and the barrier keeps rules to 1e-7; a prediction may move by some times as much. */
const rounding = 1e-5;

describe("each rule from the terminal is kept, binds where it must, and stands in the plan by name", () => {
  const cases: {rule: string; text: string; binds?: boolean; left: (plan: Plan) => number}[] = [
    {rule: "anchor", text: "anchor: 0.6", left: ({weights: w}) => w.T0 + w.T1 - 0.6},
    {rule: "least T3", text: "bounds: {T3: [0.2, 1]}", left: ({weights: w}) => w.T3 - 0.2},
    {rule: "most T2", text: "bounds: {T2: [0, 0.25]}", left: ({weights: w}) => 0.25 - w.T2},
    {
      rule: "repetition T2",
      text: "supply: {T2: 1e9}\ntokens: 1e10\nrepetition: 2",
      left: ({weights: w}) => 0.2 - w.T2
    },
    {
      rule: "cost",
      text: "tokens: 1e6\ncost: {perToken: {T0: 3, T1: 2, T2: 1, T3: 0}, budget: 900000}",
      left: ({weights: w}) => 0.9 - 3 * w.T0 - 2 * w.T1 - w.T2
    },
    {
      rule: "generator big",
      text: "generators: {T1: {big: 1}, T2: {big: 3, small: 1}, T3: {small: 1}}\ngeneratorCaps: {big: 0.5}",
      // Generated tokens: 15 % of T1, all of T2 and T3.
      left: ({weights: w}) => 0.5 * (0.15 * w.T1 + w.T2 + w.T3) - 0.15 * w.T1 - 0.75 * w.T2
    },
    {
      rule: "more T3 than T1",
      text: "rules: [{name: more T3 than T1, coefficients: {T1: -1, T3: 1}, least: 0.1}]",
      left: ({weights: w}) => w.T3 - w.T1 - 0.1
    },
    {
      rule: "divergence",
      text: "reference: {T0: 1, T1: 1, T2: 1, T3: 1}\ndivergence: {most: 0.1}",
      left: (plan) => 0.1 - nats(plan)
    },
    {rule: "entropy", text: "entropy: 1.3", left: (plan) => entropy(plan) - 1.3},
    {
      rule: "minimum human",
      text: "minimum: [{benchmark: human, value: 1.5}]",
      left: ({predicted}) => 1.5 - predicted.human.value
    },
    {
      rule: "minimum human",
      text: "heldOut: [human]\nminimum: [{benchmark: human, of: interval, tolerance: 0.05}]",
      binds: false,
      left: ({predicted, risk}) => risk.baseline + 0.05 - predicted.human.interval[1]
    }
  ];
  test.for(cases)("$text", async ({rule, text, left, binds = true}) => {
    const {status, plan: made} = await plan(text, ...fits);
    expect(status).toBe(0);
    expect(sum(made)).toBeCloseTo(1, 12);
    const check = made.rules.filter((one) => one.rule === rule);
    expect(check.map(({ok}) => ok)).toContain(true);
    expect(left(made)).toBeGreaterThan(-rounding);
    if (!binds) return;
    // The rule costs something here: the best mix lies on it, to the barrier's last step.
    expect(Math.abs(left(made))).toBeLessThan(1e-3);
    expect(check.some(({binding, shadowPrice}) => binding && shadowPrice !== null && shadowPrice > 0)).toBe(true);
    expect(made.unconstrained.gap).toBeGreaterThan(0);
  });
});

describe("each objective from the terminal", () => {
  test.for(["one", "sum", "worst", "quantile"] as const)(
    "%s: the plan is no worse for it than those for the others",
    async (kind) => {
      const value = async (other: string) => {
        const {plan: made} = await plan(
          "measured: false",
          ...fits,
          "--objective",
          other,
          "--benchmarks",
          other === "one" || other === "quantile" ? "loss" : "loss=1,human=2"
        );
        return made;
      };
      const own = await value(kind);
      expect(own.objective.kind).toBe(kind);
      expect(own.certificate.gap).not.toBeNull();
      expect(sum(own)).toBeCloseTo(1, 12);
      if (kind !== "sum" && kind !== "worst") return;
      // More is better for both: in standard deviations above the baseline.
      const scored = ({predicted}: Plan) => {
        const above = Object.entries(own.objective.benchmarks).map(([name, {weight, from, scale}]) => ({
          weight,
          gain: (from - predicted[name].value) / scale
        }));
        return kind === "sum"
          ? above.reduce((total, {weight, gain}) => total + weight * gain, 0)
          : above.reduce((least, {weight, gain}) => Math.min(least, weight * gain), Infinity);
      };
      expect(own.objective.value).toBeCloseTo(scored(own), 6);
      for (const other of ["one", "sum", "worst"]) expect(scored(await value(other))).toBeLessThan(scored(own) + 1e-3);
    }
  );
});

test("tiers of domains that were fitted apart are weighed together, each domain at its share", async () => {
  const text = [
    "domains: {math: {share: 0.4, benchmarks: [loss]}, code: {share: 0.6, benchmarks: [human]}}",
    "bounds: {code/T3: [0.1, 1]}",
    "objective: {kind: sum}"
  ].join("\n");
  const {status, plan: made} = await plan(text, ...fits);
  expect(status).toBe(0);
  const {math, code} = made.byDomain!;
  const total = (weights: Record<string, number>) => Object.values(weights).reduce((a, b) => a + b, 0);
  expect(total(math)).toBeCloseTo(0.4, 6);
  expect(total(code)).toBeCloseTo(0.6, 6);
  expect(code.T3).toBeGreaterThan(0.1 - rounding);
  for (const tier of ["T0", "T1", "T2", "T3"]) expect(made.weights[tier]).toBeCloseTo(math[tier] + code[tier], 8);
});

test("constraints that are none are refused by line and field", () => {
  const refuse = (text: string) => expect(() => parseConstraintsYaml(text, "rules.yaml"));
  refuse("bounds:\n  T0: [0, 1]\nanchor: 2\n").toThrow(/^rules\.yaml:3:9: anchor: .*got 2$/);
  refuse("anchor: 0.3\nrepitition: 4\n").toThrow("rules.yaml:2:1: repitition: unknown field; did you mean repetition?");
  refuse("objective:\n  kind: best\n").toThrow(/^rules\.yaml:2:9: objective\.kind: /);
  refuse("rules:\n  - {name: a, coeffs: {T0: 1}}\n").toThrow("rules.yaml:2:15: rules[0].coeffs: unknown field");
  refuse("- 1\n").toThrow("rules.yaml:1:1: expected fields such as bounds and anchor");
  refuse("a: [1\n").toThrow("expected YAML");
});
