import {mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it, vi} from "vitest";
import {Misuse} from "../../lib/cli/command.js";
import {command} from "../../lib/cli/verify.js";
import {readParquet, writeParquet} from "../../lib/io/parquet.js";
import type {VerifierTally} from "../../lib/run/verifyTally.js";
import {collect} from "../collect.js";

let folder: string;
let file: string;
const problem = (answer: number) =>
  `8 years ago, Bea was 36 years old. How old will Bea be 5 years from now?\n\nAge now: 36 + 8 = 44\nAge then: 44 + 5 = 49\nAnswer: ${answer}`;
const rows = [
  {text: problem(49), kind: "problem", domain: "math"},
  {text: problem(50), kind: "problem", domain: "math"},
  {text: "a\0b", kind: "problem", domain: "math"}
];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ballast-verify-"));
  file = join(folder, "samples.jsonl");
  writeFileSync(file, rows.map((row) => JSON.stringify(row)).join("\n"));
});
afterAll(() => rmSync(folder, {recursive: true, force: true}));

async function run(...args: string[]): Promise<{code: number; out: string; err: string}> {
  const said = {out: "", err: ""};
  const hear = (stream: NodeJS.WriteStream, name: "out" | "err") =>
    vi.spyOn(stream, "write").mockImplementation((text) => {
      said[name] += String(text);
      return true;
    });
  const heard = [hear(process.stdout, "out"), hear(process.stderr, "err")];
  try {
    return {code: await command.run(args), ...said};
  } finally {
    for (const write of heard) write.mockRestore();
  }
}

interface Report {
  verifiers: Record<string, VerifierTally>;
}

describe("ballast verify", () => {
  it("counts verdicts by verifier and reason, and writes every one with its place", async () => {
    const {code, out} = await run(file, "--with", "arithmetic", "--json", "--out", folder);
    expect(code).toBe(0);
    const {arithmetic} = (JSON.parse(out) as Report).verifiers;
    expect([arithmetic.ok, arithmetic.no, arithmetic.reasons.nul]).toEqual([1, 2, 1]);
    const lines = readFileSync(join(folder, "verdicts.jsonl"), "utf8").trim().split("\n");
    const verdicts = lines.map((line) => JSON.parse(line) as {at: string; ok: boolean; verifier: string});
    expect(verdicts.map(({at, ok, verifier}) => [at, ok, verifier])).toEqual(
      [true, false, false].map((ok, i) => [`${file}:${i + 1}`, ok, "arithmetic"])
    );
  });

  it("says in a line each which tools its verifiers found, and which not", async () => {
    const {err} = await run(file, "--with", "python-tests,mutation,proof,final-answer");
    const python = err.split("\n").filter((line) => line.startsWith("Python runs in "));
    expect(python).toHaveLength(1);
    expect(err).toMatch(/^(proofs run in bubblewrap\/coq|not there: .*(coqc|bwrap|bubblewrap))/m);
    expect(err).toMatch(/^(sympy \d|not there: sympy)/m);
  });

  it("reads Parquet as it reads JSONL", async () => {
    const path = join(folder, "samples.parquet");
    await writeParquet(path, {text: "VARCHAR", kind: "VARCHAR", domain: "VARCHAR"}, rows);
    expect((await run(path, "--with", "arithmetic")).out).toBe((await run(file, "--with", "arithmetic")).out);
  });

  it("names file, line and field of a row that is no sample", async () => {
    const path = join(folder, "bad.jsonl");
    writeFileSync(path, '{"text":"a","kind":"problem","domain":"math"}\n{"text":"a","domain":"math"}');
    await expect(run(path, "--with", "arithmetic")).rejects.toThrow(`${path}:2: kind: expected string, got undefined`);
    await expect(run(join(folder, "no.jsonl"), "--with", "arithmetic")).rejects.toThrow(
      "expected a file, got nothing there"
    );
    await expect(run(import.meta.filename ?? "a.ts", "--with", "arithmetic")).rejects.toThrow(
      "expected a .parquet, .jsonl, .jsonl.gz, .json or .yaml file"
    );
  });

  it("takes text, label, name and generator from columns named in SQL, and holds its words against the labels", async () => {
    const path = join(folder, "theirs.csv");
    const cell = (answer: number) => `"${problem(answer)}"`;
    const lines = [49, 50, 49, 51].map((answer, i) => `${i},${cell(answer)},${i !== 2},m${i % 2}`);
    writeFileSync(path, ["n,said,good,model", ...lines].join("\n"));
    const out = join(folder, "theirs");
    const columns = ["--text", "said", "--label", "good", "--name", "'no ' || n", "--generator", "model"];
    const report = await run(path, "--with", "arithmetic", ...columns, "--json", "--out", out);
    const {arithmetic} = (JSON.parse(report.out) as Report).verifiers;
    expect([arithmetic.ok, arithmetic.no]).toEqual([2, 2]);
    expect(arithmetic.generators).toEqual({m0: {ok: 2, no: 0}, m1: {ok: 0, no: 2}});
    // Right: 0 (accepted), 1 and 3 (refused); wrong: 2 (accepted).
    expect(arithmetic.labels).toMatchObject({
      of: 4,
      agree: 1,
      sensitivity: {of: 3, n: 1},
      specificity: {of: 1, n: 0},
      differ: ["no 1", "no 2", "no 3"]
    });
    expect((await run(path, "--with", "arithmetic", ...columns)).out).toContain("1 of 4 published labels reproduced");
    const samples = await collect(readParquet(join(out, "evidence.parquet")));
    expect(samples.flat()).toHaveLength(4);
    expect(samples.flat()[1]).toMatchObject({
      name: "no 1",
      text: problem(50),
      label: true,
      verdicts: [{verifier: "arithmetic", ok: false, reason: "unfinished"}]
    });
    expect(JSON.parse(readFileSync(join(out, "verification.json"), "utf8"))).toHaveProperty(
      "verifiers.arithmetic.no",
      2
    );
    expect(
      readFileSync(join(out, "meta", "run.jsonl"), "utf8")
        .trim()
        .split("\n")
    ).toHaveLength(1);
  });

  it("writes the same bytes whatever the number of workers", async () => {
    const bytes = async (workers: string) => {
      const out = join(folder, `with ${workers}`);
      await run(file, "--with", "arithmetic,quality", "--workers", workers, "--out", out);
      return ["verdicts.jsonl", "evidence.parquet", "verification.json"].map((name) =>
        readFileSync(join(out, name), "hex")
      );
    };
    expect(await bytes("7")).toEqual(await bytes("1"));
  });

  it("joins a second table, and puts sections together from its columns", async () => {
    const path = join(folder, "programs.jsonl");
    writeFileSync(path, '{"task": 1, "code": "function twice(n) { return 2 * n; }"}\n');
    const tests = join(folder, "tests.csv");
    const lines = [1, 2, 3].map((n) => `assert.deepEqual(twice(${n}), ${2 * n});`).join("\n");
    writeFileSync(tests, `task,tests\n1,"${lines}"\n`);
    const columns = ["--solution", "code", "--test", "tests", "--join", tests, "--on", "task"];
    const {out} = await run(path, "--with", "javascript-tests", ...columns, "--json");
    expect((JSON.parse(out) as Report).verifiers["javascript-tests"]).toMatchObject({ok: 1, no: 0});
  });

  it("names row and column of a label or a text that is none", async () => {
    const path = join(folder, "labels.csv");
    writeFileSync(path, "said,good\na,1\nb,2\n");
    await expect(run(path, "--with", "arithmetic", "--text", "said", "--label", "good")).rejects.toThrow(
      `${path}, row 2: label: expected true or false, got 2`
    );
    await expect(run(path, "--with", "arithmetic", "--text", "sad")).rejects.toThrow("did you mean said?");
    await expect(run(path, "--with", "arithmetic", "--label", "good")).rejects.toThrow(Misuse);
    await expect(run(path, "--with", "arithmetic", "--as", "unknown")).rejects.toThrow(Misuse);
  });

  it("refuses a verifier of the sample's own family", async () => {
    const path = join(folder, "own.jsonl");
    writeFileSync(path, JSON.stringify({...rows[0], family: "exact-rational"}));
    await expect(run(path, "--with", "arithmetic")).rejects.toThrow(`${path}:1: family: expected another`);
  });

  it("is misused without a verifier, with an unknown one, or without a file", async () => {
    await expect(run(file)).rejects.toThrow(Misuse);
    await expect(run(file, "--with", "arithmetics")).rejects.toThrow(
      /--with: expected one of .*arithmetic.*, got "arithmetics"/
    );
    await expect(run("--with", "arithmetic")).rejects.toThrow(Misuse);
  });
});
