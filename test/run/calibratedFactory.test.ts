import {mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, expect, test, vi} from "vitest";
import {rows, withDuckDB} from "../../lib/io/duckdb.js";
import {judgeGold} from "../../lib/run/calibration.js";
import {fittingCalibrations} from "../../lib/run/calibrationFit.js";
import {readGold} from "../../lib/run/calibrationGold.js";
import {withJudges} from "../../lib/run/calibrationJudges.js";
import {calibrationReport} from "../../lib/run/calibrationReport.js";
import {check} from "../../lib/run/check.js";
import {criticBasis} from "../../lib/run/criticBasis.js";
import {runFactory} from "../../lib/run/factory.js";
import {parseRecipe} from "../../lib/run/recipe.js";
import {declaredJudges, runCalibrations} from "../../lib/run/runCalibrations.js";
import type {Calibration} from "../../lib/schema/calibration.js";
import {clopperPearson} from "../../lib/stats/proportion.js";
import {roganGladen} from "../../lib/stats/roganGladen.js";
import {criticRelevance} from "../../lib/verify/criticRelevance.js";
import {serveModels, type AskedModel, type Reply} from "../endpoints/modelServer.js";
import {askedModel, askingRecipe, writeNotes} from "./askedModels.js";

const folder = mkdtempSync(join(tmpdir(), "ballast-calibrated-"));
vi.stubEnv("ASKED_KEY", "sk-asked-secret");
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, {recursive: true, force: true});
});

/** Judges err by their own rule: mistral fails right texts that hold a 7, gemma passes wrong ones that do, phi passes all. */
function judging(asked: AskedModel): Reply {
  const reply = askedModel(asked);
  const shown = /^TEXT: (.*)$/m.exec(asked.body.messages[1].content)?.[1];
  if (shown === undefined) return reply;
  const {model} = asked.body;
  const wrong = shown.includes("wrong");
  const seven = shown.includes("7");
  const fails = model.startsWith("phi") ? false : seven ? model.startsWith("mistral") !== wrong : wrong;
  return JSON.stringify({...(JSON.parse(reply as string) as object), verdict: fails ? "fail" : "pass"});
}

const gold = Array.from({length: 40}, (_, i) => ({
  text: `What is said of number ${i} is ${i % 4 === 0 ? "wrong" : "right"}.`,
  source: "",
  label: i % 4 === 0 ? "fail" : "pass"
}));
writeFileSync(join(folder, "gold.jsonl"), gold.map((row) => JSON.stringify(row)).join("\n"));

test("a run's card tells how its judges did on gold sets, what is right by that, and what it leaves out; votes are weighed by it", async () => {
  writeNotes(folder, 6);
  const server = await serveModels(judging);
  const recipe = (critics: string) =>
    parseRecipe(askingRecipe(server.url, "perSeed: 1").replace("critics: {", `critics: {${critics}`));
  const calibrated = async (critics: string) => {
    const read = recipe(critics);
    return withJudges(read, {folder, critics: [criticRelevance]}, async ({judges, critics: options}) => {
      const set = await readGold(join(folder, "gold.jsonl"));
      const judged = await judgeGold(set, criticRelevance, {judges, critics: options});
      return calibrationReport(set, await criticBasis(criticRelevance, options), judged, judges);
    });
  };
  const write = (name: string, reports: readonly Calibration[]) =>
    writeFileSync(join(folder, name), JSON.stringify({version: 1, reports}));
  try {
    const named = "calibration: [found.json], ";
    const report = await calibrated(named);
    const {judges, panel} = report;
    // Of 0 to 39 those that hold a 7 are 7, 17, 27, 37, all right; the wrong ones are 0, 4, … 36.
    expect(judges.map(({confusion}) => Object.values(confusion))).toEqual([[26, 4, 10, 0], [30, 0, 10, 0], [30, 0, 0, 10]]); // prettier-ignore
    expect(Object.values(panel.confusion)).toEqual([30, 0, 10, 0]);
    const others = {...report, asked: {...report.asked, version: "0"}, gold: "of old"};
    const stranger = {...report.judges[2], model: "phi-3"};
    write("found.json", [report, others, {...report, judges: [...judges.slice(0, 2), stranger], gold: "strange", goldSha256: "0".repeat(64)}]); // prettier-ignore
    const out = join(folder, "out");
    const {card} = await runFactory({recipe: recipe(named), folder, out, workers: 1});
    const {calibration, yields, agreement} = card.models!;
    expect(calibration.map(({judge, gold: set, n, right}) => [judge, set, n, right])).toEqual([
      ["j0", "gold", 40, 30],
      ["j0", "strange", 40, 30],
      ["j1", "gold", 40, 30],
      ["j1", "strange", 40, 30],
      ["j2", "gold", 40, 30]
    ]);
    expect(calibration[0]).toMatchObject({
      sensitivity: 26 / 30,
      specificity: 1,
      weights: "none-api",
      family: "mistral"
    });
    expect(calibration[0].intervals).toEqual({
      sensitivity: clopperPearson(26, 30),
      specificity: clopperPearson(10, 10)
    });
    expect(yields).toHaveLength(1);
    const [{drafts, passed, corrected}] = yields;
    expect(yields[0]).toMatchObject({critic: "critic-relevance", judges: ["j0", "j1", "j2"], drafts: 4, passed: 4});
    const {prevalence, interval} = roganGladen({positives: passed, trials: drafts}, panel.confusion);
    expect(corrected).toMatchObject([{gold: "gold", sensitivity: 1, specificity: 1, share: prevalence, interval}]);
    expect(agreement).toEqual([{critic: "critic-relevance", alpha: null, interval: null, drafts: 4, votes: 12}]);
    expect(card.warnings.filter((one) => one.includes("found.json"))).toEqual([
      "found.json: critic-relevance on of old is left out: measured with another version, prompt or file of the critic",
      "found.json: critic-relevance on strange: j2 (phi-3) is left out: no judge here of this model, weights and family"
    ]);
    expect((await check(out)).findings).toEqual([]);
    const told = readFileSync(join(out, "README.md"), "utf8");
    expect(told).toMatch(/\| critic-relevance \| j0 \| gold \| 40 \| 86\.7 % \\\[69\.3 %, 96\.2 %\\\] \| 100\.0 % /);
    expect((await runFactory({recipe: recipe(named), folder, out, workers: 1})).changed).toBe(false);

    const weighed = `${named}aggregate: dawid-skene, prior: 0.4, `;
    const again = await runFactory({recipe: recipe(weighed), folder, out, workers: 1});
    expect(again.changed).toBe(true);
    const scores = again.card.models!.yields.map((one) => [one.passed, one.corrected]);
    // The panel was measured by its median: it says nothing of this one.
    expect(scores).toEqual([[4, []]]);
    // Jeffreys' means over both gold sets, of phi over one; all three passed.
    const odds = (0.4 / 0.6) * (52.5 / 61 / (0.5 / 21)) * (60.5 / 61 / (0.5 / 21)) * (30.5 / 31 / (10.5 / 11));
    const scored = await withDuckDB((db) => rows(db, `SELECT DISTINCT v.score AS score FROM (SELECT unnest(verdicts) AS v FROM '${join(out, "data/*/T2/*.parquet")}')`)); // prettier-ignore
    expect(scored).toEqual([{score: Number((2 * (odds / (1 + odds)) - 1).toFixed(4))}]);
    expect(again.card.warnings).toContain("found.json: critic-relevance on gold: the panel is left out: votes were put together in another way"); // prettier-ignore
    // Measured as it is weighed now, the panel fits: its report changes no rates.
    const own = await calibrated(weighed);
    expect(own.aggregation).toMatchObject({aggregate: "dawid-skene", rates: expect.stringMatching(/^[0-9a-f]{64}$/) as string}); // prettier-ignore
    write("weighed.json", [own]);
    const both = recipe(weighed.replace("[found.json]", "[found.json, weighed.json]"));
    const {calibrations} = await runCalibrations(both, folder, [criticRelevance]);
    expect(calibrations.critics[0]).toEqual({critic: own.critic, asked: own.asked, aggregation: own.aggregation});
    expect(fittingCalibrations(calibrations, declaredJudges(both)).panels("critic-relevance", declaredJudges(both))).toEqual([own]); // prettier-ignore
    write("few.json", [{...report, judges: report.judges.slice(0, 2)}]);
    await expect(
      runFactory({recipe: recipe(weighed.replace("found", "few")), folder, out, workers: 1})
    ).rejects.toThrow(
      "dawid-skene needs for critic-relevance a report in critics.calibration on each judge, over right texts and wrong ones, got none on j2 (phi-4)"
    );
    writeFileSync(join(folder, "few.json"), "{}");
    await expect(runFactory({recipe: recipe(named.replace("found", "few")), folder, out, workers: 1})).rejects.toThrow(
      "few.json: expected what ballast verify GOLD --calibrate --out writes: version: "
    );
  } finally {
    server.close();
  }
}, 60_000);
