import {mkdir, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {findChromium} from "./chromium.js";
import {fitPoolPage, testFitPool} from "./fitPoolPage.js";
import {openSite, type OpenSite} from "./openSite.js";
import {readPages} from "./readPages.js";
import {sweep, testScalingPage} from "./scalingPage.js";

const chromium = findChromium();

// Minutes where the machine does other work beside: what is waited for are fits, not a clock.
describe.skipIf(chromium === null)("pages over a user's table of runs", {timeout: 240_000}, () => {
  let site: OpenSite;

  beforeAll(async () => {
    site = await openSite(chromium!, async (folder) => {
      const pages = join(folder, "pages");
      await mkdir(pages);
      await writeFile(join(pages, "workers.md"), fitPoolPage);
      const data = join(folder, "runs.csv");
      await writeFile(data, sweep.replace("synthetic share,seed,score", "synthetic_share,seed,points"));
      return {data, pages};
    });
  });

  afterAll(() => site?.close());

  test("columns of their own become curves and a mixer, and each page says what is not there", async () => {
    const texts = await readPages(site);
    expect(texts[""]).toContain("No data set was given, only a table of runs");
    expect(texts.shards).toContain("There are no shards here");
    expect(texts.verification).toContain("Nothing here was verified");
    expect(texts.duplicates).toContain("No data set with a cluster map");
    expect(texts.leakage).toContain("No samples came with this site");
    expect(texts.leakage).toContain("80 test questions share 8 words in a row");
    expect(texts.critics).toContain("No judge has voted on this data set");
    expect(texts.curves).toContain("points: higher is better");
    expect(texts.curves).toContain("best measured at 45 %");
    expect(texts.mixer).toMatch(/The optimum under the rules is (49|50)\.\d % T0 and (49|50)\.\d % T2/);
  });

  testFitPool(() => site);
  testScalingPage(() => site);

  // Last: everything above adds to these lists.
  test("no request went to another host, and no console said an error", () => {
    expect(site.elsewhere).toEqual([]);
    expect(site.errors).toEqual([]);
  });
});
