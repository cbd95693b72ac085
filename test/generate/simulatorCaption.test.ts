import {expect, test} from "vitest";
import {simulatorCaption} from "../../lib/generate/simulatorCaption.js";
import {excerpts} from "../../lib/generate/simulatorCaption/excerpts.js";
import {trajectories} from "../../lib/generate/trajectories.js";
import {checkSpans} from "../../lib/curate/spans.js";
import {draftsOf, seedOf, stateSeeds} from "./context.js";
import {speakingModel, valueAfter, type Said} from "./speakingModel.js";

const rows = Array.from({length: 9}, (_, i) => `${i}.00, ${20 - i}.50, -${i}.25`);
const log = ["A stone falls; gravity is 9.81 m/s^2.", "t [s], y [m], v [m/s]", ...rows, "Q: How high?"].join("\n");
const seed = seedOf(log, {kind: "simulator", domain: "physics"});
const reason = async (said: Said) =>
  (await draftsOf(simulatorCaption, seed, {models: [speakingModel(() => said)]}))[0].failed?.reason ?? "";

test("a log is cut into parts of its rows, each under its head", () => {
  expect(excerpts(log, 4)).toEqual([
    ["A stone falls; gravity is 9.81 m/s^2.", "t [s], y [m], v [m/s]", ...rows.slice(0, 4)].join("\n"),
    ["A stone falls; gravity is 9.81 m/s^2.", "t [s], y [m], v [m/s]", ...rows.slice(4, 8)].join("\n"),
    ["A stone falls; gravity is 9.81 m/s^2.", "t [s], y [m], v [m/s]", ...rows.slice(7, 9)].join("\n")
  ]);
  expect(excerpts("No numbers here.", 4)).toEqual([]);
});

test("every log that trajectories writes has rows, without its question and answer", async () => {
  const logs = (
    await Promise.all(
      stateSeeds(3).map((state) => draftsOf(trajectories, state, {options: {scenes: ["fall", "throw"]}}))
    )
  ).flat();
  for (const {text} of logs) {
    const [part] = excerpts(text, 1000);
    expect(text.startsWith(part)).toBe(true);
    expect(text.slice(part.length).trim().split("\n")).toHaveLength(2);
  }
});

test("log, caption and reasoning are its text, and the log is a copy", async () => {
  const model = speakingModel(() => ({caption: "It falls from 20.50 m.", reasoning: "Then 20.50 - 12.50 = 8.00 m."}));
  const [draft] = await draftsOf(simulatorCaption, seed, {models: [model]});
  const shown = valueAfter(model.asked[0], "one JSON string:");
  expect(draft.text).toBe(
    `@log\n${shown}\n\n@caption\nIt falls from 20.50 m.\n\n@reasoning\nThen 20.50 - 12.50 = 8.00 m.`
  );
  expect(checkSpans(draft, () => seed)).toBeNull();
  expect(draft.spans[0].end - draft.spans[0].start).toBe(shown.length);
});

test("numbers from elsewhere and wrong sums are refused", async () => {
  expect(await reason({caption: "It falls from 21.50 m.", reasoning: "One sees it."})).toBe("changed-number");
  expect(await reason({caption: "It falls.", reasoning: "20.50 - 12.50 = 9.00 m"})).toBe("wrong-arithmetic");
  expect(await reason({caption: "It falls.", reasoning: "So:\n@caption\nIt rises."})).toBe("broken-form");
  expect(await reason("It falls.")).toBe("wrong-form");
  const [{failed}] = await draftsOf(simulatorCaption, seedOf("No log."), {models: [speakingModel(() => "")]});
  expect(failed?.reason).toBe("no-log");
});
