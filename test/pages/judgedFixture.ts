import {readFile, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {writeParquet} from "../../lib/io/parquet.js";
import {sha256} from "../../lib/io/sha256.js";
import {calibrationReport} from "../../lib/run/calibrationReport.js";
import type {DataCard} from "../../lib/schema/card.js";
import type {Vote} from "../../lib/schema/vote.js";
import {hostile, panel} from "./fixture.js";

/**
 * Writes what three judges said of the 40 samples of T2 and of 4 rejects: the first passes samples by what their seed
 * says, the second fails every fourth, the third passes all; all words are hostile. Beside it lie a card that knows how
 * the first two did on a gold set, and a report on another.
 */
export async function writeJudged(folder: string): Promise<void> {
  const vote = (origin: string, judge: string, word: Partial<Vote> & {kept?: boolean}) => ({
    ...{origin, critic: "critic-support", judge, model: hostile[0], family: "made", answer: "pass", confidence: 0.9},
    ...{quote: "", reason: "", detail: hostile[1], kept: true, ...word}
  });
  const samples = Array.from({length: 40}, (_, i) => {
    const origin = `teacher-3/T2/${i}`;
    return [
      vote(origin, "ada", {quote: (i % 2 === 0 ? hostile[1] : hostile[0]).slice(0, 20)}),
      vote(origin, "bee", i % 4 === 0 ? {answer: "fail", confidence: 0.6 + i / 200, quote: `hostile T2 ${i}`} : {}),
      vote(origin, "yes", i % 5 === 1 ? {answer: "void", confidence: 1, reason: "quote-not-found"} : {})
    ];
  });
  const rejects = Array.from({length: 4}, (_, i) => {
    const [fails, passes] = [{answer: "fail", kept: false}, {kept: false}] as const;
    return ["ada", "bee", "yes"].map((judge) => vote(`teacher-3/${i}`, judge, judge === "yes" ? passes : fails));
  });
  await writeParquet(join(folder, "meta", "votes.parquet"), voteColumns, [...samples, ...rejects].flat());

  await writeFile(join(folder, "calibration.json"), JSON.stringify({version: 1, reports: [reportOfTheirs()]}));

  const path = join(folder, "data-card.json");
  const card = JSON.parse(await readFile(path, "utf8")) as DataCard;
  const measured = {
    ...{critic: "critic-support", model: hostile[0], family: "made", weights: "none-api", gold: "hand-made"},
    ...{goldSha256: sha256("gold"), n: 50, right: 30}
  };
  const rates = {sensitivity: 0.9, specificity: 0.8};
  const intervals: {sensitivity: [number, number]; specificity: [number, number]} = {
    ...{sensitivity: [0.73, 0.98], specificity: [0.56, 0.94]}
  };
  const interval: [number, number] = [0.55, 0.83];
  card.models = {
    ...{families: "1", asked: [], votes: [], disagreements: 14},
    calibration: ["ada", "bee"].map((judge) => ({...measured, ...rates, judge, intervals})),
    yields: [
      {
        ...{critic: "critic-support", judges: ["ada", "bee", "yes"], drafts: 44, passed: 31, share: 31 / 44, interval},
        corrected: [{gold: "hand-made", goldSha256: sha256("gold"), ...rates, share: 0.72, interval: [0.5, 0.9]}]
      }
    ],
    agreement: [{critic: "critic-support", alpha: 0.21, interval: [-0.02, 0.41], drafts: 44, votes: 124}]
  };
  await writeFile(path, JSON.stringify(card));
}

/** 40 texts of a gold set, of which every third is wrong: one judge knows, one errs on every fifth, a third quotes nothing. */
function reportOfTheirs() {
  const rows = Array.from({length: 40}, (_, i) => ({name: `${i}`, text: `${i}`, source: "", label: i % 3 > 0}));
  const judges = ["ada", "bee", "cat"].map((id) => ({id, weights: "none-api"}));
  const vote = {critic: "critic-support", model: hostile[0], family: "made", quote: "", detail: ""};
  const judged = rows.map((row, i) => {
    const votes = judges.map(({id: judge}) => {
      const right = judge === "ada" || i % 5 > 0;
      const answer: Vote["answer"] = judge === "cat" ? "void" : row.label === right ? "pass" : "fail";
      return {...vote, judge, answer, confidence: 0.6 + (i % 4) / 10, reason: judge === "cat" ? "no-quote" : ""};
    });
    const ok = votes[1].answer === "pass";
    return {row, votes, verdict: {...panel, ok, reason: ok ? "" : "unsupported"}};
  });
  const basis = {
    critic: "critic-support",
    asked: {version: "1", prompts: {}, files: []},
    aggregation: {aggregate: "median" as const, least: 2, pass: 0, rates: null}
  };
  return calibrationReport({set: "theirs", rows, left: {"answered maybe": 3}}, basis, judged, judges);
}

const voteColumns = {
  ...{origin: "VARCHAR", critic: "VARCHAR", judge: "VARCHAR", model: "VARCHAR", family: "VARCHAR", answer: "VARCHAR"},
  ...{confidence: "DOUBLE", quote: "VARCHAR", reason: "VARCHAR", detail: "VARCHAR", kept: "BOOLEAN"}
} as const;
