import {mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it, vi} from "vitest";
import {Misuse} from "../../lib/cli/command.js";
import {command} from "../../lib/cli/verify.js";
import {writeParquet} from "../../lib/io/parquet.js";

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

async function run(...args: string[]): Promise<{code: number; out: string}> {
  let out = "";
  const write = vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    out += String(text);
    return true;
  });
  try {
    return {code: await command.run(args), out};
  } finally {
    write.mockRestore();
  }
}

interface Report {
  verifiers: Record<string, {ok: number; no: number; reasons: Record<string, number>}>;
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
