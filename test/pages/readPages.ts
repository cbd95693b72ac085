import {expect} from "vitest";
import {databaseAnswered} from "./chromium.js";
import type {OpenSite} from "./openSite.js";

/** The text of the pages over a data set or a table of runs; fails where one shows an error. */
export async function readPages(site: OpenSite): Promise<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (const name of [
    "",
    "shards",
    "verification",
    "duplicates",
    "leakage",
    "teachers",
    "critics",
    "curves",
    "mixer"
  ]) {
    const page = await site.open(name);
    if (name === "shards") await databaseAnswered(page);
    expect(await page.locator(".observablehq--error").allTextContents()).toEqual([]);
    texts[name] = (await page.locator("main").textContent()) ?? "";
    await page.close();
  }
  return texts;
}
