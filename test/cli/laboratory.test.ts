import {spawnSync} from "node:child_process";
import {mkdtempSync, readFileSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {beforeAll, describe, expect, test} from "vitest";
import {Misuse} from "../../lib/cli/command.js";
import {command} from "../../lib/cli/export.js";
import {rows, withDuckDB} from "../../lib/io/duckdb.js";
import {fitRuns} from "../../lib/run/fitRuns.js";
import {Fit} from "../../lib/schema/fit.js";
import {Plan} from "../../lib/schema/plan.js";
import {createRandom} from "../../lib/text/random.js";
import {mixes, simulate, tierNames} from "../scaling/simulate.js";

const folder = mkdtempSync(join(tmpdir(), "ballast-laboratory-"));
const at = (name: string) => join(folder, name);
const main = new URL("../../lib/cli/main.ts", import.meta.url).pathname;

function ballast(...args: string[]) {
  return spawnSync(process.execPath, ["--import", import.meta.resolve("tsx"), main, ...args], {encoding: "utf8"});
}

const head = ["experiment", "seed", "tokens", "supply", ...tierNames, "synthetic_share", "tokenizer", "bpb_dev"];

beforeAll(async () => {
  const columns = simulate("mix-log", [1.5, 1.6, 1.7, 2, -0.01, -0.01, -0.02, 0], mixes, {
    sd: 0.003,
    seeds: 2,
    random: createRandom("laboratory"),
    names: tierNames
  });
  const lines = columns.target.map((y, i) => {
    const w = tierNames.map((name) => columns.inputs[name][i]);
    return ["tiers", columns.seed![i], 1e5, 3e4, ...w, 0.15 * w[1] + w[2] + w[3], "bpe", y];
  });
  const csv = [head, ...lines, ["other", 0, 1e5, 3e4, 1, 0, 0, 0, 0, "bpe", ""]].map((line) => line.join()).join("\n");
  writeFileSync(at("runs.csv"), csv + "\n");
  writeFileSync(at("mixed.csv"), csv.replace("bpe", "words") + "\n");
  const records = lines.map((line) => JSON.stringify(Object.fromEntries(line.map((v, j) => [head[j], v]))));
  writeFileSync(at("runs.jsonl"), records.join("\n") + "\n");
  await withDuckDB((connection) =>
    rows(connection, `COPY (SELECT * FROM read_csv('${at("runs.csv")}')) TO '${at("runs.parquet")}' (FORMAT parquet)`)
  );
});

describe("from runs to a trainer's configuration", () => {
  test("fit, optimize, export", () => {
    const fitted = ballast(
      "fit",
      at("runs.csv"),
      "--target",
      "bpb_dev",
      "--shares",
      "share_T*",
      "--law",
      "mix-log",
      "--out",
      at("fit.json")
    );
    expect(fitted.stderr).toBe("");
    expect(fitted.status).toBe(0);
    expect(fitted.stdout).toContain("1 runs have no value of bpb_dev");
    const fit = Fit.parse(JSON.parse(readFileSync(at("fit.json"), "utf8")));
    expect(fit.law).toBe("mix-log");
    expect(fit.syntheticByTier!.T1).toBeCloseTo(0.15, 9);

    writeFileSync(at("rules.yaml"), "bounds: {T3: [0.05, 0.5]}\nreference: {T0: 0.1, T1: 0.2, T2: 0.5, T3: 0.2}\n");
    const planned = ballast(
      "optimize",
      at("fit.json"),
      "--constraints",
      at("rules.yaml"),
      "--out",
      at("plan.json"),
      "--json"
    );
    expect(planned.status).toBe(0);
    const plan = Plan.parse(JSON.parse(planned.stdout));
    expect(plan).toEqual(JSON.parse(readFileSync(at("plan.json"), "utf8")));
    expect(plan.weights.T3).toBeGreaterThanOrEqual(0.05 - 1e-9);

    const written = ballast("export", at("plan.json"), "--format", "megatron", "--out", at("blend.txt"));
    expect(written.status).toBe(0);
    expect(readFileSync(at("blend.txt"), "utf8").split(/\s+/).filter(Boolean).length % 2).toBe(0);
    expect(readFileSync(at("blend.txt.evidence.txt"), "utf8")).toContain("plan sha256");
  }, 120_000);

  test("a plan that breaks a rule is not exported", async () => {
    const plan = JSON.parse(readFileSync(at("plan.json"), "utf8")) as Plan;
    plan.rules[0].ok = false;
    writeFileSync(at("broken.json"), JSON.stringify(plan));
    await expect(command.run([at("broken.json"), "--format", "mosaic", "--out", at("broken.py")])).rejects.toThrow(
      "expected a plan that keeps its rules; broken:"
    );
  });

  test("a format that is none is misuse", async () => {
    await expect(command.run([at("plan.json"), "--format", "axolotl", "--out", at("x")])).rejects.toThrow(Misuse);
  });
});

describe("runs tables", () => {
  const options = {target: "bpb_dev", shares: "share_T*", law: "mix-linear", bootstrap: 100} as const;

  test("CSV, JSONL and Parquet of the same runs give the same fit", async () => {
    const [csv, jsonl, parquet] = await Promise.all(
      ["runs.csv", "runs.jsonl", "runs.parquet"].map((file) => fitRuns(at(file), options))
    );
    expect({...jsonl.fit, data: null}).toEqual({...csv.fit, data: null});
    expect({...parquet.fit, data: null}).toEqual({...csv.fit, data: null});
  });

  test("clusters that are too few to draw from are told", async () => {
    const {fit} = await fitRuns(at("runs.csv"), {...options, cluster: "seed"});
    expect(fit.bootstrap.kind).toBe("cluster");
    expect(fit.notes).toContain("the draws are of 2 clusters by seed: of so few, intervals are too narrow");
  });

  test("SQL expressions choose and make the columns", async () => {
    const {fit, missing} = await fitRuns(at("runs.csv"), {
      target: "2 * bpb_dev",
      share: "share_T2 + share_T3",
      where: "experiment = 'tiers' -- and a comment",
      holdout: "share_T0 = 1",
      law: "linear",
      lowerIsBetter: true,
      bootstrap: 100
    });
    expect(fit.inputs).toEqual(["share_T2 + share_T3"]);
    expect(missing).toBe(0);
    expect(fit.n).toBe(26);
    expect(fit.heldOut.n).toBe(2);
  });

  test("expressions reach no other file", async () => {
    const target = `(SELECT count(*) FROM read_csv('${at("runs.csv")}'))`;
    await expect(fitRuns(at("runs.csv"), {...options, target})).rejects.toThrow("disabled");
  });

  test("what cannot be fitted is refused with what is wrong", async () => {
    const refuse = (file: string, change: object) => expect(fitRuns(at(file), {...options, ...change})).rejects;
    await refuse("mixed.csv", {}).toThrow("expected runs counted with one tokenizer, got 2: words, bpe");
    await refuse("runs.csv", {target: "nope"}).toThrow(/^target: nope: .*nope/);
    await refuse("runs.csv", {target: "experiment"}).toThrow('row 1: experiment: expected a number, got "tiers"');
    await refuse("runs.csv", {shares: "weight_*"}).toThrow(
      "expected two columns or more that match weight_*, got none"
    );
    await refuse("runs.csv", {where: "experiment = 'none'"}).toThrow("expected runs with a value of bpb_dev");
    await refuse("absent.csv", {}).toThrow("absent.csv");
    await refuse("runs.txt", {}).toThrow("expected a file ending in .csv");
  });
});
