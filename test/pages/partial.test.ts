import {mkdir, mkdtemp, readFile, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import type {Browser} from "playwright-core";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {serve} from "../../lib/run/serve.js";
import {buildSite} from "../../lib/run/site.js";
import {databaseAnswered, findChromium, launch} from "./chromium.js";
import {writeDataset} from "./fixture.js";

const chromium = findChromium();

describe.skipIf(chromium === null)("pages over part of what they can show", () => {
  let folder: string;
  let browser: Browser;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "ballast-partial-"));
    browser = await launch(chromium!);
  });

  afterAll(async () => {
    await browser?.close();
    await rm(folder, {recursive: true, force: true});
  });

  /** The text of every page of a site over some data; fails on any error in a page. */
  async function read(data: string): Promise<Record<string, string>> {
    const site = `${data}-site`;
    await buildSite({data, out: site});
    const served = await serve(site, {port: 0});
    const texts: Record<string, string> = {};
    const errors: string[] = [];
    try {
      for (const name of ["", "shards", "verification", "duplicates", "curves", "mixer"]) {
        const page = await browser.newPage();
        page.on("console", (message) => {
          if (message.type() === "error") errors.push(`${name}: ${message.text()}`);
        });
        page.on("pageerror", (error) => errors.push(`${name}: ${error.message}`));
        await page.goto(served.url + name, {waitUntil: "networkidle"});
        await page.waitForFunction(() => document.querySelector("observablehq-loading") === null);
        if (name === "shards") await databaseAnswered(page);
        errors.push(...(await page.locator(".observablehq--error").allTextContents()));
        texts[name] = (await page.locator("main").textContent()) ?? "";
        await page.close();
      }
    } finally {
      await served.close();
    }
    expect(errors).toEqual([]);
    return texts;
  }

  test("a user's table of runs, with columns of their own, becomes curves and a mixer", async () => {
    const path = join(folder, "mine.csv");
    const lines = ["synthetic_share,seed,my_score"];
    for (const seed of [1, 2, 3])
      for (const x of [0, 0.25, 0.5, 0.75, 1])
        lines.push([x, seed, 0.5 - (x - 0.5) ** 2 + 0.001 * Math.sin(37 * seed + 11 * x)].join(","));
    await writeFile(path, lines.join("\n") + "\n");
    const texts = await read(path);
    expect(texts[""]).toContain("No data set was given, only a table of runs");
    expect(texts.shards).toContain("There are no shards here");
    expect(texts.verification).toContain("Nothing here was verified");
    expect(texts.duplicates).toContain("No data set with a cluster map");
    expect(texts.curves).toContain("my_score: higher is better");
    expect(texts.curves).toContain("best measured at 50 %");
    expect(texts.mixer).toMatch(
      /The optimum under the rules is 5\d\.\d % T0 and (4|5)\d\.\d % T2|50\.0 % T0 and 50\.0 % T2/
    );
  });

  test("a data set without runs, whose text may not be published, shows its shards and says what is not there", async () => {
    const data = join(folder, "unmeasured");
    await mkdir(data);
    await writeDataset(data, {n: 5});
    const card = JSON.parse(await readFile(join(data, "data-card.json"), "utf8")) as {publishText: boolean};
    await writeFile(join(data, "data-card.json"), JSON.stringify({...card, publishText: false}));
    const texts = await read(data);
    expect(texts[""]).toContain("came without a runs table");
    expect(texts.shards).toContain("20 samples were kept and 12 rejected");
    expect(texts.shards).toContain("does not allow the samples' text to be published");
    expect(texts.shards).not.toContain("window.broken");
    expect(texts.verification).toContain("text not published");
    expect(texts.verification).not.toContain("window.broken");
    expect(texts.duplicates).toMatch(/4 of [\d,]+ samples \([\d.]+ %\) were removed as duplicates, in 2 clusters/);
    expect(texts.duplicates).toContain("text not published");
    expect(texts.duplicates).not.toContain("window.broken");
    expect(texts.curves).toContain("No runs came with this data");
    expect(texts.mixer).toContain("There is no runs table, so nothing was fitted");
  });
});
