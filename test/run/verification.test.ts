import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {collect} from "../collect.js";
import {readParquet, writeParquet} from "../../lib/io/parquet.js";
import {sha256} from "../../lib/io/sha256.js";
import {rejectColumns, sampleColumns} from "../../lib/run/columns.js";
import {writeEvidence} from "../../lib/run/shownEvidence.js";
import {verification} from "../../lib/run/verification.js";

let folder: string;
let shards: string[];
let rejects: string[];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "ballast-verification-"));
  shards = [join(folder, "kept.parquet")];
  rejects = [join(folder, "refused.parquet")];
  await writeParquet(shards[0], sampleColumns, rows(6, ""));
  await writeParquet(rejects[0], rejectColumns, [
    ...rows(3, "wrong").map(rejected),
    ...rows(1, "slow").map(rejected),
    ...rows(2, null).map(rejected)
  ]);
});
afterAll(() => rmSync(folder, {recursive: true, force: true}));

/** Rows with one verdict of `judge`, ok where the reason is empty; with none where it is null. */
function rows(n: number, reason: string | null) {
  return Array.from({length: n}, (_, i) => {
    const text = `${reason} ${i}`;
    const verdict = {
      family: "f",
      version: "1",
      ok: reason === "",
      reason,
      score: null,
      detail: `of ${text}`,
      sandbox: ""
    };
    return {
      ...{
        id: sha256(text),
        origin: `g/${reason}/${i}`,
        text,
        payload: "{}",
        domain: "d",
        kind: "k",
        tokens: 1,
        generated: 1
      },
      ...{seed: "s", generator: i % 2 === 0 ? "even" : "odd", family: "g", version: "1", ceiling: "T2", tier: "T2"},
      spans: [],
      verdicts: reason === null ? [] : [{verifier: "judge", ...verdict}]
    };
  });
}

function rejected({tier: _, ...row}: ReturnType<typeof rows>[number]) {
  return {...row, stage: "verify", reason: "judge", detail: ""};
}

test("verdicts of kept and refused samples are counted by verifier, reason and generator", async () => {
  const {verifiers, usage} = await verification({source: folder, verification: null, shards, rejects});
  expect(verifiers).toEqual({
    judge: {
      ok: 6,
      no: 4,
      reasons: {slow: 1, wrong: 3},
      sandboxes: {},
      generators: {even: {ok: 3, no: 3}, odd: {ok: 3, no: 1}},
      labels: null,
      mutants: null
    }
  });
  expect(usage).toEqual({});
});

test("a page holds samples of every outcome; without leave no text, nor a detail that may quote it", async () => {
  const path = join(folder, "evidence.parquet");
  expect(await writeEvidence(path, {evidence: null, shards, rejects}, {text: true})).toEqual({rows: 10, of: 10});
  const open = (await collect(readParquet(path))).flat();
  expect(new Set(open.map((row) => row.outcome))).toEqual(new Set(["accepted", "judge: slow", "judge: wrong"]));
  expect(open.every((row) => String(row.verdicts).includes(`of ${String(row.text)}`))).toBe(true);
  await writeEvidence(path, {evidence: null, shards, rejects}, {text: false});
  const closed = (await collect(readParquet(path))).flat();
  expect(closed.map((row) => [row.text, row.mutants])).toEqual(Array(10).fill([null, null]));
  expect(closed.some((row) => String(row.verdicts).includes("of "))).toBe(false);
});

test("without samples there is nothing to show", async () => {
  const path = join(folder, "none.parquet");
  expect(await writeEvidence(path, {evidence: null, shards: [], rejects: []}, {text: true})).toEqual({rows: 0, of: 0});
  expect(await collect(readParquet(path))).toEqual([]);
});
