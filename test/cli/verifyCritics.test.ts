import {mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test, vi} from "vitest";
import {command} from "../../lib/cli/verify.js";
import {Calibrations} from "../../lib/schema/calibration.js";
import {standIns} from "../../scripts/calibration/panels.js";
import {replyOf, shownBy, truthOf} from "../../scripts/calibration/standIns.js";
import {serveModels} from "../endpoints/modelServer.js";

const rows = Array.from({length: 12}, (_, i) => ({
  text: `Patient number ${i} has a cough.`,
  source: `This is patient number ${i}. There is a dry cough since May.`,
  label: i % 3 === 0 ? "fail" : "pass"
}));

let folder: string;
let server: Awaited<ReturnType<typeof serveModels>>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "ballast-verify-critics-"));
  const truth = truthOf(rows.map((row) => ({...row, label: row.label === "pass"})));
  server = await serveModels(
    ({body}) =>
    JSON.stringify(replyOf(standIns.find(({family}) => body.model === `${family}-stand-in`)!, shownBy(body.messages), truth, 1)) // prettier-ignore
  );
  const endpoints = standIns.map(({id, family}) => ({
    ...{id, url: server.url, model: `${family}-stand-in`, family},
    output: {train: false, jurisdictions: ["world"], terms: "none"}
  }));
  const recipe = {
    ...{name: "judged", license: "CC0-1.0", policy: {example: {}, prose: {}}, endpoints},
    seeds: [{id: "own", source: "text", path: "own.txt", license: "CC0-1.0", kind: "human", domain: "notes"}],
    generate: [{generator: "human", from: "own"}],
    critics: {judges: standIns.map(({id}) => id)}
  };
  writeFileSync(join(folder, "recipe.yaml"), JSON.stringify(recipe));
  writeFileSync(join(folder, "gold.jsonl"), rows.map((row) => JSON.stringify(row)).join("\n"));
  const samples = rows.map(({label, ...row}) => ({...row, kind: "prose", domain: "notes", label: label === "pass"}));
  writeFileSync(join(folder, "samples.jsonl"), samples.map((row) => JSON.stringify(row)).join("\n"));
});
afterAll(() => {
  server.close();
  rmSync(folder, {recursive: true, force: true});
});

const at = (name: string) => join(folder, name);

/** What the command writes to stdout. */
async function said(...args: string[]): Promise<string> {
  let out = "";
  const heard = vi.spyOn(process.stdout, "write").mockImplementation((text) => ((out += String(text)), true));
  try {
    expect(await command.run(args)).toBe(0);
  } finally {
    heard.mockRestore();
  }
  return out;
}

test("judges are calibrated on a gold set, and their answers are paid once", async () => {
  const calibrate = [at("gold.jsonl"), "--with", "critic-support", "--judges", at("recipe.yaml"), "--calibrate"];
  const found = Calibrations.parse(JSON.parse(await said(...calibrate, "--json", "--out", at("found.json"))));
  expect(found.reports).toMatchObject([{gold: "gold", critic: "critic-support", n: 12, right: 8, wrong: 4}]);
  expect(found.reports[0].judges.map(({judge}) => judge)).toEqual(["judge-a", "judge-b", "judge-c"]);
  expect(JSON.parse(readFileSync(join(folder, "found.json"), "utf8"))).toEqual(found);
  expect(server.counts.chat).toBe(36);
  expect(await said(...calibrate)).toMatch(
    /gold, critic-support: 12 texts, 8 right, 4 wrong\n.*\njudge-a +llama +12 of 12 /
  );
  const {verifiers} = JSON.parse(
    await said(at("samples.jsonl"), "--with", "critic-support", "--judges", at("recipe.yaml"), "--json")
  ) as {verifiers: Record<string, {ok: number; no: number}>};
  const {confusion} = found.reports[0].panel;
  expect(verifiers["critic-support"]).toMatchObject({ok: confusion.truePositive + confusion.falsePositive});
  expect(server.counts.chat).toBe(36);
}, 30_000);

test("critics without judges, and verifiers that ask none, are misuse that says what is missing", async () => {
  const misuse = (...args: string[]) => expect(command.run(args)).rejects;
  await misuse(at("samples.jsonl"), "--with", "critic-support").toThrow(/--judges: expected a recipe whose critics\.judges critic-support can ask/); // prettier-ignore
  await misuse(at("gold.jsonl"), "--with", "quality", "--calibrate", "--judges", at("recipe.yaml")).toThrow(/--calibrate: expected critics that ask judges alone, got quality/); // prettier-ignore
  await misuse(at("gold.jsonl"), "--with", "quality", "--calibrate").toThrow(/--calibrate/);
});
