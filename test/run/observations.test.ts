import {mkdtempSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {describe, expect, test} from "vitest";
import {fitRuns} from "../../lib/run/fitRuns.js";
import {readObservations} from "../../lib/run/observations.js";
import {runHere} from "../../lib/scaling/task.js";
import {createRandom} from "../../lib/text/random.js";

const folder = mkdtempSync(join(tmpdir(), "ballast-observations-"));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const mixes = file(
  "mixes.tsv",
  "index\tw_a\tw_b\tsupply of a\tsupply of b\n2\t0.25\t0.75\t10\t20\n1\t0.5\t0.5\t30\t40\n3\t1\t0\t50\t60\n"
);
const small = file("small.csv", "index,loss\n1,3\n2,2.5\n4,9\n");
const large = file("large.csv", "index,loss\n1,2\n2,1.5\n3,1\n");

describe("columns of runs", () => {
  test("rows keep the order of the file, and their number in it, whatever where leaves", async () => {
    const {columns, rows, missing} = await readObservations(mixes, {
      target: "nullif(w_a, 0.5)",
      shares: "w_*",
      where: "index < 3"
    });
    expect(columns).toEqual({inputs: {w_a: [0.25], w_b: [0.75]}, target: [0.25]});
    expect([rows, missing]).toEqual([[1], 1]);
  });

  test("supplies are paired with shares by what their stars stand for", async () => {
    const {columns} = await readObservations(mixes, {target: "index", shares: "w_*", supplies: "supply of *"});
    expect(columns.supplies).toEqual({w_a: [10, 30, 50], w_b: [20, 40, 60]});
    const wrong = readObservations(mixes, {target: "index", shares: "w_*", supplies: "*"});
    await expect(wrong).rejects.toThrow("expected a column that matches * for w_a");
  });

  test("joined columns of one name keep apart by their file's", async () => {
    const joins = [small, large].map((path) => ({path, on: ["index"]}));
    const {columns, unmatched, data} = await readObservations(mixes, {
      target: "large.loss",
      scalars: {loss: "loss"},
      joins
    });
    expect(columns.target).toEqual([1.5, 2]);
    expect(columns.scalars).toEqual({loss: [2.5, 3]});
    expect(unmatched).toEqual([
      {path: small, runs: 1, partners: 1},
      {path: large, runs: 0, partners: 1}
    ]);
    expect(data.source).toBe("mixes.tsv, small.csv, large.csv");
    expect(data.sha256.split(", ")).toHaveLength(3);
  });

  test("joins that say nothing are refused", async () => {
    const join = (path: string, on: string) =>
      readObservations(mixes, {target: "index", scalars: {n: "index"}, joins: [{path, on: [on]}]});
    await expect(join(small, "indx")).rejects.toThrow(
      "mixes.tsv: expected a column indx to join on, got none; did you mean index?"
    );
    await expect(join(file("far.csv", "index,x\n7,1\n"), "index")).rejects.toThrow(
      "expected partners by index for the runs of"
    );
    await expect(join(file("words.csv", "index,x\na,1\n"), "index")).rejects.toThrow(
      "words.csv: index: expected the type that it has in"
    );
  });
});

describe("a chain", () => {
  // Accuracy .25 + .6 / (1 + exp(4 (L − 2.5))) over L = 1.7 + 1e3 / N^.4, the loss known with a noise of .5 %.
  const random = createRandom("chain");
  const lines = Array.from({length: 24}, (_, i) => {
    const n = 1e7 * 1.3 ** i;
    const loss = 1.7 + 1e3 / n ** 0.4;
    const accuracy = 0.25 + 0.6 / (1 + Math.exp(4 * (loss - 2.5)));
    return [n, loss * (1 + 0.005 * random.normal()), accuracy + 0.005 * random.normal()].join();
  });
  const path = file("chain.csv", ["n,loss,accuracy", ...lines].join("\n") + "\n");

  test("a target is fitted over the loss that a law of its own predicts", async () => {
    const {fit} = await fitRuns(path, {
      target: "accuracy",
      lowerIsBetter: false,
      via: "loss",
      scalars: {n: "n"},
      law: "sigmoid",
      holdout: "n > 2e9",
      bootstrap: 50,
      run: runHere
    });
    expect([fit.inputs, fit.roles, fit.target]).toEqual([["loss"], ["loss"], "accuracy"]);
    expect([fit.first!.law, fit.first!.target, fit.first!.inputs]).toEqual(["power-n", "loss", ["n"]]);
    expect(fit.heldOut.n).toBeGreaterThan(2);
    // Three SDs of a target's own noise: the held-out runs are predicted through both laws.
    expect(fit.heldOut.rmse!).toBeLessThan(3 * 0.005);
  });
});
