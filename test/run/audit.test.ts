import {spawnSync} from "node:child_process";
import {cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {afterAll, beforeAll, expect, test} from "vitest";
import {literal, rows, withDuckDB} from "../../lib/io/duckdb.js";
import {writeParquet} from "../../lib/io/parquet.js";
import {auditApply} from "../../lib/run/auditApply.js";
import {auditPlan} from "../../lib/run/auditPlan.js";
import {auditScore} from "../../lib/run/auditScore.js";
import {auditTasks, planHash, tasksJsonl} from "../../lib/run/auditTasks.js";
import {check} from "../../lib/run/check.js";
import {runFactory} from "../../lib/run/factory.js";
import {parseRecipe} from "../../lib/run/recipe.js";
import type {AuditLabel, AuditPlan} from "../../lib/schema/audit.js";
import {DataCard} from "../../lib/schema/card.js";
import {canonicalJson} from "../../lib/text/json.js";

const bin = fileURLToPath(new URL("../../bin/ballast.js", import.meta.url));
const recipe = parseRecipe(`
name: audited
license: CC0-1.0
seeds:
  - {id: sotu, source: sotu, license: CC0-1.0, kind: human, domain: prose, limit: 12}
  - {id: states, source: states, license: CC0-1.0, kind: simulator, domain: math, options: {count: 30}}
generate:
  - {generator: human, from: sotu}
  - {generator: word-problems, from: states}
  - {generator: noisy-problems, from: states}
policy:
  prose: {require: [quality]}
  example: {require: [javascript-tests]}
  problem: {promote: [arithmetic]}
`);
const options = {
  rule: {plan: "zero-defect", defects: 0.1, confidence: 0.95} as const,
  ...{seed: 7, double: 0.2, labellers: ["anna", "ben"], floor: 5, disagreements: Infinity}
};
let folder: string;
let made: string;
let plan: AuditPlan;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "ballast-audit-"));
  made = join(folder, "made");
  await runFactory({recipe, folder, out: made, workers: 1});
  plan = await auditPlan(made, options);
}, 120_000);
afterAll(() => rmSync(folder, {recursive: true, force: true}));

function labels(bad: (sample: AuditPlan["samples"][number]) => boolean): AuditLabel[] {
  return plan.samples.flatMap((sample) =>
    sample.labellers.map((labeller): AuditLabel => {
      const word = bad(sample) ? {label: "defect" as const, reason: "wrong-answer"} : {label: "accept" as const, reason: ""}; // prettier-ignore
      return {plan: planHash(plan), id: sample.id, labeller, ...word, note: "", at: ""};
    })
  );
}

/** A copy of the data set with the plan, and files of labels. */
function copy(name: string, words: readonly AuditLabel[]): {out: string; labels: string} {
  const out = join(folder, name);
  cpSync(made, out, {recursive: true, filter: (path) => !path.endsWith(".store")});
  writeFileSync(join(out, "audit-plan.json"), canonicalJson(plan));
  const path = join(folder, `${name}.jsonl`);
  writeFileSync(path, words.map((word) => `${JSON.stringify(word)}\n`).join(""));
  return {out, labels: path};
}

async function count(out: string, where: string): Promise<number> {
  const from = `read_parquet(${literal(join(out, "data/*/*/*.parquet"))})`;
  const [{n}] = await withDuckDB((connection) => rows(connection, `SELECT count(*) AS n FROM ${from} WHERE ${where}`));
  return n as number;
}

test("the same seed draws the same plan, of T2 and T3 alone, and each person gets their own tasks with the texts", async () => {
  expect(canonicalJson(await auditPlan(made, options))).toBe(canonicalJson(plan));
  expect(plan.votes).toBe(false);
  expect(new Set(plan.strata.map(({tier}) => tier))).toEqual(new Set(["T2", "T3"]));
  const [anna, ben] = await auditTasks(made, plan);
  expect(anna.tasks).toHaveLength(plan.samples.length);
  expect(ben.tasks.map(({id}) => id)).toEqual(plan.samples.filter((one) => one.labellers.length > 1).map(({id}) => id));
  expect(anna.tasks.every(({text, source}) => text.length > 10 && source.includes("state"))).toBe(true);
  expect(tasksJsonl(ben).split("\n").length).toBe(ben.tasks.length + 2);
});

test("samples on which judges disagree are a stratum of their own", async () => {
  const {out} = copy("votes", []);
  const [{origin, other}] = await withDuckDB((connection) =>
    rows(
      connection,
      `SELECT min(origin) AS origin, max(origin) AS other FROM read_parquet(${literal(join(made, "data/math/T2/*.parquet"))})`
    )
  );
  const votes = [["a", "pass"], ["b", "fail"], ["c", "abstain"]]; // prettier-ignore
  await writeParquet(
    join(out, "meta", "votes.parquet"),
    {origin: "VARCHAR", critic: "VARCHAR", judge: "VARCHAR", answer: "VARCHAR"},
    [
      ...votes.map(([judge, answer]) => ({origin, critic: "support", judge, answer})),
      // Another critic's word is on another question.
      ...votes.slice(0, 2).map(([judge, answer]) => ({origin: other, critic: judge, judge, answer}))
    ]
  );
  const apart = await auditPlan(out, options);
  expect(apart.votes).toBe(true);
  expect(apart.strata.filter(({disagreement}) => disagreement)).toMatchObject([
    {id: "disagreement/T2", size: 1, chosen: 1}
  ]);
  expect(apart.samples.find((one) => one.stratum === "disagreement/T2")).toMatchObject({origin, place: null});
});

test("an accepted audit is on the card, what people accepted carries their word, and the check passes", async () => {
  const {out, labels: file} = copy(
    "accepted",
    labels(() => false)
  );
  const scored = await auditScore(out, [file]);
  expect(scored.result.decision).toBe("accept");
  const before = await count(out, "tier = 'T2'");
  const moved = await auditApply(out, scored.plan, scored.labels, scored.result);
  expect(moved).toEqual({out: 0, down: 0, up: 0});
  expect(await count(out, "tier = 'T2'")).toBe(before);
  expect(await count(out, "len(list_filter(verdicts, v -> v.verifier = 'audit' AND v.ok)) = 1")).toBe(
    plan.samples.length
  );
  const card = DataCard.parse(JSON.parse(readFileSync(join(out, "data-card.json"), "utf8")));
  expect(card.audit).toMatchObject({decision: "accept", gate: {defects: 0}});
  expect((await check(out)).findings).toEqual([]);
  // Nothing was moved, so that it can be applied again: to the same bytes.
  const again = await auditScore(out, [file]);
  const bytes = readFileSync(join(out, "data-card.json"), "utf8");
  await auditApply(out, again.plan, again.labels, again.result);
  expect(readFileSync(join(out, "data-card.json"), "utf8")).toBe(bytes);
  // A run in the folder makes the data set without it, and says so; then it can be applied once more.
  const told: string[] = [];
  cpSync(join(made, ".store"), join(out, ".store"), {recursive: true});
  await runFactory({recipe, folder, out, workers: 1, log: (line) => void told.push(line)});
  expect(told.filter((line) => line.includes("audit"))).toEqual([
    expect.stringMatching(
      /what people said in an audit is not in .* ballast audit score .*accepted --labels FILE --apply$/
    )
  ]);
  expect(existsSync(join(out, "meta/audit.json"))).toBe(false);
  const third = await auditScore(out, [file]);
  await auditApply(out, third.plan, third.labels, third.result);
  expect(readFileSync(join(out, "data-card.json"), "utf8")).toBe(bytes);
});

test("a refused stratum goes from T2 to T3, defects to the rejects, and counts add up", async () => {
  const target = plan.strata.find(({tier, generator}) => tier === "T2" && generator === "word-problems")!;
  const [defect] = plan.samples.filter(({stratum}) => stratum === target.id);
  const {out, labels: file} = copy("refused", labels(({id}) => id === defect.id)); // prettier-ignore
  const args = ["audit", "score", out, "--labels", file, "--apply", "--json"];
  const {status, stdout} = spawnSync(process.execPath, [bin, ...args], {encoding: "utf8"});
  expect(status).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({decision: "reject", applied: {out: 1, down: target.size - 1, up: 0}});
  expect(await count(out, "tier = 'T2' AND generator = 'word-problems'")).toBe(0);
  const card = DataCard.parse(JSON.parse(readFileSync(join(out, "data-card.json"), "utf8")));
  expect(card.counts.byReason["audit:wrong-answer"]).toBe(1);
  const {findings, rejected} = await check(out);
  expect(findings).toEqual([]);
  expect(rejected).toBe(card.counts.rejected);
  expect(readFileSync(join(out, "README.md"), "utf8")).toContain("## What people said");
  await expect(auditScore(out, [file])).rejects.toThrow("draw a new plan");
});

test("an open decision is not applied, and the data set stays as it was", async () => {
  const {out, labels: file} = copy("open", labels(() => false).slice(0, 5)); // prettier-ignore
  const before = readFileSync(join(out, "data-card.json"), "utf8");
  const scored = await auditScore(out, [file]);
  await expect(auditApply(out, scored.plan, scored.labels, scored.result)).rejects.toThrow("got none yet for the gate");
  expect(readFileSync(join(out, "data-card.json"), "utf8")).toBe(before);
});
