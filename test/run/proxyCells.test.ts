import {describe, expect, it} from "vitest";
import type {Cell} from "../../lib/proxy/experiments/experiment.js";
import {runCells} from "../../lib/run/proxyCells.js";

const cells: Cell[] = [1, 2, 3, 4].flatMap((seed) =>
  ["a", "b"].map((part) => ({experiment: "share" as const, seed, part}))
);
const name = async ({seed, part}: Cell) => `${seed}${part}`;
/** A clock on which every cell takes a second. */
function clock() {
  let time = 0;
  return {now: () => time, run: async (cell: Cell) => ((time += 1000), name(cell))};
}

describe("running cells", () => {
  it("gives results in the cells' order, however many run at once", async () => {
    for (const workers of [1, 3, 20]) {
      const {results, dropped} = await runCells(cells, name, {workers});
      expect(results).toEqual(["1a", "1b", "2a", "2b", "3a", "3b", "4a", "4b"]);
      expect(dropped).toEqual([]);
    }
  });

  it("drops whole seeds that would end beyond the limit", async () => {
    const {now, run} = clock();
    // A seed takes 2 s: at 4 s the third would end at 6 s, the fourth is not asked.
    const {results, dropped} = await runCells(cells, run, {workers: 1, timeLimit: 5, now});
    expect(results).toEqual(["1a", "1b", "2a", "2b"]);
    expect(dropped).toEqual([3, 4]);
  });

  it("always runs the first seed", async () => {
    const {now, run} = clock();
    const {results, dropped} = await runCells(cells, run, {workers: 1, timeLimit: 0, now});
    expect(results).toEqual(["1a", "1b"]);
    expect(dropped).toEqual([2, 3, 4]);
  });

  it("stops at the first failure and says it", async () => {
    const ran: string[] = [];
    const run = async (cell: Cell) => {
      ran.push(await name(cell));
      if (cell.seed === 2) throw new RangeError("no text");
    };
    await expect(runCells(cells, run, {workers: 1})).rejects.toThrow("no text");
    expect(ran).toEqual(["1a", "1b", "2a"]);
  });
});
