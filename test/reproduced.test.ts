import {readFileSync} from "node:fs";
import {describe, expect, test} from "vitest";
import type {Reproduced} from "../scripts/published/figure.js";
import {groups, measure} from "../scripts/published/groups.js";
import {runHere} from "../lib/scaling/task.js";
import {hasPublicData} from "./publicData.js";

const {figures} = JSON.parse(readFileSync(new URL("../data/reproduced.json", import.meta.url), "utf8")) as {
  figures: Reproduced[];
};

test("every group of published figures stands in data/reproduced.json, and where one differs it says why", () => {
  expect([...new Set(figures.map(({group}) => group))]).toEqual(groups.map(({group}) => group));
  for (const {group, figure, agrees, note} of figures)
    if (agrees !== true) expect(note, `${group}: ${figure}`).not.toBe("");
});

describe.runIf(hasPublicData)("figures made anew, from BALLAST_DATA", () => {
  const tools = {run: runHere, python: () => Promise.resolve(null)};

  test.each(groups.filter(({slow}) => slow !== true))("$group", async (group) => {
    const lines = await measure(group, process.env.BALLAST_DATA!, tools);
    const saved = figures.filter((line) => line.group === group.group);
    expect(lines.map(({figure}) => figure)).toEqual(saved.map(({figure}) => figure));
    for (const [i, {ours, agrees, figure}] of lines.entries()) {
      expect(agrees, figure).toBe(saved[i].agrees);
      // The file holds eight digits; the last ones of a search that stops by its step differ between machines.
      if (typeof ours === "number")
        expect(Math.abs(ours - Number(saved[i].ours))).toBeLessThanOrEqual(1e-4 * Math.abs(ours));
      else expect(ours).toBe(saved[i].ours);
    }
  });
});
