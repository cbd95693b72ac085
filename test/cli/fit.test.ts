import {execFile} from "node:child_process";
import {mkdtempSync, readFileSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {beforeAll, describe, expect, test} from "vitest";
import {command} from "../../lib/cli/fit.js";
import {Misuse} from "../../lib/cli/command.js";
import {sha256} from "../../lib/io/sha256.js";
import {Fit} from "../../lib/schema/fit.js";
import {createRandom} from "../../lib/text/random.js";

const folder = mkdtempSync(join(tmpdir(), "ballast-fit-"));
const at = (name: string) => join(folder, name);
const main = new URL("../../lib/cli/main.ts", import.meta.url).pathname;

function ballast(...args: string[]): Promise<{status: number; stdout: string; stderr: string}> {
  return new Promise((resolve) => {
    const command = ["--import", import.meta.resolve("tsx"), main, ...args];
    execFile(process.execPath, command, {encoding: "utf8"}, (error, stdout, stderr) =>
      resolve({status: error === null ? 0 : Number(error.code), stdout, stderr})
    );
  });
}

/** The same command without a process of its own: what main makes of its errors is seen in two cases below. */
async function refused(...args: string[]): Promise<{status: number; message: string}> {
  try {
    return {status: await command.run(args), message: ""};
  } catch (error) {
    return {status: error instanceof Misuse ? 2 : 1, message: (error as Error).message};
  }
}

/** A table of runs; a value is written as it is. */
function write(name: string, head: readonly string[], rows: readonly (readonly unknown[])[]): void {
  writeFileSync(at(name), [head, ...rows].map((row) => row.join()).join("\n") + "\n");
}

const sizes = [1e7, 3e7, 1e8, 3e8];
const budgets = [1e9, 4e9, 16e9];
const shares = [0, 0.2, 0.4, 0.6, 0.8];

/** Losses of the Chinchilla form, E 1.8, A 400, B 2000, alpha .34, beta .37, with noise of half a percent. */
const scaled = (() => {
  const random = createRandom("fit-cli");
  return sizes.flatMap((n) =>
    budgets.map((d) => [n, d, (1.8 + 400 / n ** 0.34 + 2000 / d ** 0.37) * (1 + 0.005 * random.normal())])
  );
})();

const mixed = (change: (row: number[], i: number) => unknown[] = (row) => row) =>
  shares.flatMap((x, i) => [0, 1].map((seed) => change([x, 1 - x, seed, 2 - x + x * x + 0.01 * seed], 2 * i + seed)));

const head = ["share_T0", "share_T2", "seed", "loss"];

beforeAll(() => {
  write("scaled.csv", ["Model Size", "tokens D", "loss"], scaled);
  write("mixed.csv", head, mixed());
  write(
    "word.csv",
    head,
    mixed((row, i) => (i === 6 ? [row[0], row[1], row[2], "n/a"] : row))
  );
  write(
    "sum.csv",
    head,
    mixed((row, i) => (i === 3 ? [row[0], row[1] + 0.1, row[2], row[3]] : row))
  );
  write(
    "nan.csv",
    head,
    mixed((row, i) => (i === 4 ? [row[0], row[1], row[2], "nan"] : row))
  );
  write("one.csv", head, mixed().slice(0, 1));
  write("same.csv", head, new Array(6).fill(mixed()[0]));
  write(
    "negative.csv",
    ["n", "d", "loss"],
    scaled.map((row, i) => (i === 5 ? [row[0], row[1], -1] : row))
  );
  write(
    "oneSize.csv",
    ["n", "d", "loss"],
    scaled.filter(([n]) => n === 1e8).concat([[1e8, 64e9, 3]], [[1e8, 1e11, 2.9]], [[1e8, 2e11, 2.88]])
  );
  write(
    "bound.csv",
    ["w1", "w2", "w3", "loss"],
    shares.map((x, i) => [x / 2, x / 2, 1 - x, 2 + 0.1 * i])
  );
  write(
    "corpus.csv",
    ["Model Size", "tokens D", "extra"],
    [...scaled.slice(1).map(([n, d], i) => [n, d, 2 + i]), [5, 5, 5]]
  );
  writeFileSync(at("runs.yaml"), "loss: 1\n");
  write(
    "percent.csv",
    head,
    mixed(([t0, t2, ...rest]) => [100 * t0, 100 * t2, ...rest])
  );
  write(
    "twiceNamed.csv",
    ["x", "x", "loss"],
    mixed((row) => row.slice(1))
  );
  write("fewNames.csv", ["x", "y", "loss"], mixed());
  write(
    "short.csv",
    head,
    mixed((row, i) => (i === 3 ? row.slice(1) : row))
  );
  writeFileSync(at("latin.csv"), Buffer.from("share,loss\n0,\xe9\n", "latin1"));
  writeFileSync(at("empty.csv"), "");
  writeFileSync(at("word.jsonl"), '{"x":0,"loss":1}\n{"x":1,"loss":"a"}\n{"x":0.5,"loss":2}\n');
  write("twice.csv", ["Model Size", "tokens D", "extra"], [...scaled, scaled[3]]);
});

describe("a fit from the terminal", () => {
  const chinchilla = [
    "--target",
    "loss",
    "--n",
    '"Model Size"',
    "--d",
    "tokens D",
    "--law",
    "chinchilla",
    "--bootstrap",
    "100"
  ];

  test.concurrent("--json is one document that holds the schema, and nothing else", async () => {
    const {status, stdout, stderr} = await ballast(
      "fit",
      at("scaled.csv"),
      ...chinchilla,
      "--json",
      "--out",
      at("fit.json")
    );
    expect(stderr).toBe("");
    expect(status).toBe(0);
    const fit = Fit.parse(JSON.parse(stdout));
    expect(stdout).toBe(readFileSync(at("fit.json"), "utf8"));
    expect([fit.inputs, fit.roles]).toEqual([
      ["n", "d"],
      ["n", "d"]
    ]);
    expect(fit.n).toBe(12);
    expect(fit.data.sha256).toBe(sha256(readFileSync(at("scaled.csv"))));
    expect(fit.coefficients.E.interval[0]).toBeLessThan(1.8);
    expect(fit.coefficients.E.interval[1]).toBeGreaterThan(1.8);
  });

  test.concurrent(
    "a joined table gives its columns; what found no partner is counted, and both files are hashed",
    async () => {
      const join = ["--join", at("corpus.csv"), "--on", '"Model Size",tokens D'];
      const {stdout, stderr} = await ballast(
        "fit",
        at("scaled.csv"),
        ...join,
        "--target",
        "extra",
        "--n",
        "Model Size",
        "--law",
        "constant",
        "--bootstrap",
        "100",
        "--better",
        "lower",
        "--objective",
        "squares",
        "--json"
      );
      expect(stderr).toBe("corpus.csv: 1 runs without a partner there were left out; 1 of its rows have no run\n");
      const {n, data} = Fit.parse(JSON.parse(stdout));
      expect(n).toBe(11);
      expect(data.source).toBe("scaled.csv, corpus.csv");
      expect(data.sha256).toBe(["scaled.csv", "corpus.csv"].map((name) => sha256(readFileSync(at(name)))).join(", "));
    }
  );

  test.concurrent(
    "words name the held-out error, extrapolation, and the coefficients that are not identified",
    async () => {
      const {stdout, status} = await ballast("fit", at("scaled.csv"), ...chinchilla, "--holdout", '"Model Size" > 2e8');
      expect(status).toBe(0);
      expect(stdout).toContain("chosen by: asked for by name");
      expect(stdout).toMatch(/held out: 3 runs, rmse [\d.]+, mean relative error [\d.]+/);
      expect(stdout).toContain("warning: 3 of the 3 held-out runs lie outside the range");
      expect(stdout).toContain("Cook's distance");
    }
  );

  test.concurrent("shares may be named expressions, and the plateau is told", async () => {
    const named = ["--shares", "human = share_T0", "--shares", "made=1 - share_T0"];
    const {stdout, stderr} = await ballast(
      "fit",
      at("mixed.csv"),
      "--target",
      "loss",
      ...named,
      "--law",
      "mix-quadratic",
      "--bootstrap",
      "100"
    );
    expect(stderr).toBe("");
    expect(stdout).toContain("mix-quadratic: loss over human, made, 10 runs");
    expect(stdout).toContain("best by the law of 5 mixes that were run");
  });
});

describe("what the process says", () => {
  test.concurrent("bad input: the reason on stderr, nothing on stdout, exit 1", async () => {
    const {status, stdout, stderr} = await ballast("fit", at("word.csv"), "--target", "loss", "--shares", "share_T*");
    expect(stderr).toBe(
      `ballast fit: ${at("word.csv")}: row 7: loss: expected a number, got "n/a"; try_cast("loss" AS DOUBLE) makes nothing of such a value\n`
    );
    expect([status, stdout]).toEqual([1, ""]);
  });

  test.concurrent("misuse: the usage on stderr, exit 2", async () => {
    const {status, stdout, stderr} = await ballast("fit", at("mixed.csv"), "--target", "loss", "--law", "chincilla");
    expect(stderr).toMatch(/did you mean chinchilla\?\nusage: ballast fit RUNS/);
    expect([status, stdout]).toEqual([2, ""]);
  });
});

describe("bad input is told, with its place, and exits 1", () => {
  test.concurrent.for([
    {
      what: "a word among numbers",
      args: ["word.csv", "--shares", "share_T*"],
      says: 'word.csv: row 7: loss: expected a number, got "n/a"'
    },
    {
      what: "a column that is not there",
      args: ["mixed.csv", "--target", "los", "--shares", "share_T*"],
      says: "target: los: expected a column of mixed.csv, got los; did you mean loss?"
    },
    {
      what: "shares that do not sum to 1",
      args: ["sum.csv", "--shares", "share_T*", "--where", "seed = 1"],
      says: "sum.csv: row 4: expected share_T0 + share_T2 to be 1, got 1.1000 (off by 0.1000)"
    },
    {
      what: "NaN",
      args: ["nan.csv", "--shares", "share_T*"],
      says: "nan.csv: row 5: loss: expected a finite number, got NaN"
    },
    {what: "one run", args: ["one.csv", "--shares", "share_T*"], says: "expected at least 3 runs to fit, got 1"},
    {
      what: "identical runs",
      args: ["same.csv", "--shares", "share_T*"],
      says: "expected runs at two different mixes or more; all 6 are at share_T0 = 0, share_T2 = 1"
    },
    {
      what: "a negative loss under a law of losses",
      args: ["negative.csv", "--n", "n", "--d", "d", "--law", "chinchilla"],
      says: "negative.csv: row 6: loss: expected a positive number"
    },
    {
      what: "a logarithm of a negative loss",
      args: ["negative.csv", "--n", "n", "--d", "d", "--objective", "huber-log"],
      says: "negative.csv: row 6: loss: expected a positive number"
    },
    {
      what: "shares that are bound to each other",
      args: ["bound.csv", "--shares", "w*"],
      says: "move together in every run"
    },
    {
      what: "a key that names two rows",
      args: ["scaled.csv", "--n", "Model Size", "--join", "twice.csv", "--on", "Model Size,tokens D"],
      says: `twice.csv: expected one row for each Model Size, tokens D, got 2 for Model Size = ${scaled[3][0]}`
    },
    {
      what: "a pattern that fits nothing",
      args: ["mixed.csv", "--shares", "weight_*"],
      says: "expected two columns or more that match weight_*, got none of share_T0, share_T2, seed, loss"
    },
    {
      what: "shares in per cent",
      args: ["percent.csv", "--shares", "share_T*"],
      says: 'expected shares of 1, got per cent: share_T0 + share_T2 is 100 in the first run; divide by 100 in SQL, as in "share_T0 / 100"'
    },
    {
      what: "a share in per cent",
      args: ["percent.csv", "--share", "share_T2"],
      says: "got per cent: share_T2 goes up to 100"
    },
    {
      what: "a name over two columns",
      args: ["twiceNamed.csv", "--share", "x"],
      says: "twiceNamed.csv: expected a name for each column, got x for two of them"
    },
    {
      what: "fewer names than columns",
      args: ["fewNames.csv", "--share", "x"],
      says: "fewNames.csv:1: expected a name for each of the 4 columns, got 3: x, y, loss"
    },
    {
      what: "a line of another length",
      args: ["short.csv", "--shares", "share_T*"],
      says: "short.csv:5: Original Line: "
    },
    {what: "another encoding", args: ["latin.csv", "--share", "share"], says: "This file is not utf-8 encoded"},
    {
      what: "an empty file",
      args: ["empty.csv", "--share", "x"],
      says: "empty.csv: expected at least one run, found none"
    },
    {what: "no file", args: ["nowhere*.csv", "--share", "x"], says: "nowhere*.csv: expected a file, got nothing there"},
    {
      what: "a word in JSONL",
      args: ["word.jsonl", "--share", "x"],
      says: 'word.jsonl: row 2: loss: expected a number, got "a"; try_cast'
    },
    {
      what: "runs that are all held out",
      args: ["mixed.csv", "--shares", "share_T*", "--holdout", "seed >= 0"],
      says: "mixed.csv: expected at least 3 runs to fit, got 0; 10 are held out"
    },
    {
      what: "a holdout that is no condition",
      args: ["mixed.csv", "--shares", "share_T*", "--holdout", "share_T0"],
      says: "mixed.csv: row 3: holdout share_T0: expected true or false, got 0.2"
    },
    {
      what: "a condition that cannot be worked out",
      args: ["mixed.csv", "--shares", "share_T*", "--where", "seed = 'a'"],
      says: `"loss" where seed = 'a': Conversion Error`
    },
    {what: "a file of another kind", args: ["runs.yaml", "--share", "x"], says: "expected a file ending in .csv"},
    {
      what: "SQL that reads a file",
      args: ["mixed.csv", "--share", "(SELECT count(*) FROM read_text('/etc/hostname'))"],
      says: "disabled"
    }
  ])("$what", async ({args: [file, ...rest], says}) => {
    const target = rest.includes("--target") ? [] : ["--target", "loss"];
    const files = rest.map((arg) => (arg.endsWith(".csv") ? at(arg) : arg));
    const {status, message} = await refused(at(file), ...target, ...files, "--bootstrap", "100", "--json");
    expect(message).toContain(says);
    expect(status).toBe(1);
  });

  test.concurrent("runs of one size alone: what their size does is not identified", async () => {
    const args = ["--target", "loss", "--n", "n", "--d", "d", "--law", "chinchilla", "--bootstrap", "100", "--json"];
    const {status, stdout, stderr} = await ballast("fit", at("oneSize.csv"), ...args);
    expect(status, stderr).toBe(0);
    const {coefficients} = Fit.parse(JSON.parse(stdout));
    for (const name of ["E", "A", "alpha"]) expect(coefficients[name]?.identified ?? false, name).toBe(false);
  });
});

describe("misuse exits 2", () => {
  test.concurrent.for([
    {args: ["--target", "loss", "--law", "chincilla"], says: "did you mean chinchilla?"},
    {args: ["--share", "share_T2"], says: "--target: expected the column to fit, got none"},
    {args: ["--target", "loss", "--share", "a", "--shares", "b*"], says: "expected --share or --shares, got both"},
    {args: ["--target", "loss", "--join", "x.csv"], says: "expected --on KEY for each --join FILE"},
    {args: ["--target", "loss", "--bootstrap", "many"], says: "--bootstrap: expected a whole number"}
  ])("$says", async ({args, says}) => {
    const {status, message} = await refused(at("mixed.csv"), ...args);
    expect(message).toContain(says);
    expect(status).toBe(2);
  });
});

test("laws are listed with formula, parameters and source", async () => {
  const {status, stdout} = await ballast("laws", "--json");
  expect(status).toBe(0);
  const list = JSON.parse(stdout) as {id: string; formula: string; source: string; parameters: {bounds: number[]}[]}[];
  expect(list.map(({id}) => id)).toEqual(expect.arrayContaining(["chinchilla", "repeats", "tier"]));
  for (const {formula, source, parameters} of list) {
    expect(formula.length * source.length).toBeGreaterThan(0);
    for (const {bounds} of parameters) expect(bounds[0]).toBeLessThan(bounds[1]);
  }
});
