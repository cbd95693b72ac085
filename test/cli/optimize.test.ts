import {spawnSync} from "node:child_process";
import {mkdtempSync, readFileSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {expect, test} from "vitest";
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

test("the objective may be given on the command line", () => {
  const {stdout, status} = ballast(at("loss.json"), at("human.json"), "--objective", "worst", "--json");
  expect(status).toBe(0);
  const {objective} = Plan.parse(JSON.parse(stdout));
  expect(objective).toMatchObject({kind: "worst", unit: "standard deviations between replicates, above the baseline"});
  expect(Object.keys(objective.benchmarks)).toEqual(["loss", "human"]);
}, 60_000);

test("rules in conflict exit 1 with their names, misuse exits 2", () => {
  writeFileSync(at("conflict.yaml"), "bounds: {T0: [0.6, 1], T1: [0.6, 1]}\n");
  const {stderr, status} = ballast(at("loss.json"), "--constraints", at("conflict.yaml"));
  expect(status).toBe(1);
  expect(stderr).toContain(
    "least T0 (T0 ≥ 0.6), least T1 (T1 ≥ 0.6); with the others kept, least T0 would have to be ≥ 0.4"
  );
  expect(ballast(at("loss.json"), "--objective", "best").status).toBe(2);
}, 60_000);

test("constraints that are none are refused by line and field", () => {
  const refuse = (text: string) => expect(() => parseConstraintsYaml(text, "rules.yaml"));
  refuse("bounds:\n  T0: [0, 1]\nanchor: 2\n").toThrow(/^rules\.yaml:3:9: anchor: .*got 2$/);
  refuse("anchor: 0.3\nrepitition: 4\n").toThrow("rules.yaml:2:1: repitition: unknown field; did you mean repetition?");
  refuse("objective:\n  kind: best\n").toThrow(/^rules\.yaml:2:9: objective\.kind: /);
  refuse("rules:\n  - {name: a, coeffs: {T0: 1}}\n").toThrow("rules.yaml:2:15: rules[0].coeffs: unknown field");
  refuse("- 1\n").toThrow("rules.yaml:1:1: expected fields such as bounds and anchor");
  refuse("a: [1\n").toThrow("expected YAML");
});
