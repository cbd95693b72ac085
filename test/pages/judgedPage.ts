import type {Page} from "playwright-core";
import {expect} from "vitest";
import {clopperPearson} from "../../lib/stats/proportion.js";
import {hostile} from "./fixture.js";
import {saved} from "./openSite.js";

const percent = (share: number) => `${Number((100 * share).toPrecision(3))} %`;

/** A person reads what three judges said of 44 drafts, and leafs through the 14 on which they disagree. */
export async function judgedPage(open: () => Promise<Page>): Promise<void> {
  const page = await open();
  const main = (await page.locator("main").textContent())!;
  expect(main).toContain("3 judges gave 132 votes on 44 drafts for 1 critic. They were of two minds about 14 (31.8 %;");
  expect(main).toContain("alpha 0.21, 95 % interval −0.02 to 0.41");
  // 40 votes on samples, of which 8 are void, and 4 on rejects.
  const never = percent(clopperPearson(0, 36)[1]);
  expect(main).toContain(`yes passed all 36 texts that it gave a vote on for critic-support: it tells nothing apart here, and with 95 % confidence fails at most ${never} of such texts.`); // prettier-ignore
  expect(main).toContain("Not measured on any text whose truth is known: yes for critic-support.");
  expect(main).toContain("By the same estimate");
  expect(main).toContain("40 texts, 26 of them right and 14 wrong; left out: 3 (answered maybe).");
  expect(main).toContain("whether they were asked with this run's prompts and settings is not known");
  expect(main).toContain("10 of them are kept in T2 or T3 and wait for people: ballast audit plan DIR takes every one");
  const figures = await page.locator("figure .figure-title").allTextContents();
  expect(figures.slice(0, 5)).toEqual([
    "Verdicts of each critic's panel, by reason",
    "Votes of each judge",
    "critic-support: drafts on which two judges say the same",
    "critic-support: rates of its judges",
    "Share of drafts that are right, corrected for the panel's errors"
  ]);
  const name = "download ballast-critics-agreement-critic-support.csv";
  const csv = (await saved(page, () => page.getByRole("button", {name}).click())).toString();
  // ada fails 4 rejects, bee these and 10 samples: they say the same of 34.
  expect(csv.split("\r\n").slice(0, 2).join()).toMatch(/^a,b,cases,same,low,high,ada,bee,44,0\.7727/);

  const table = page.getByRole("region", {name: "drafts on which judges disagree"});
  const header = table.locator("th", {hasText: "panel's score"});
  await header.getByRole("button").press("Enter");
  expect(await header.getAttribute("aria-sort")).toBe("ascending");
  const browser = page.locator("main div", {has: page.locator(':scope > .choices button:text-is("Next case")')});
  expect(await browser.textContent()).toContain("case 1: 1 of 14 chosen here");
  expect(await browser.locator("article").textContent()).toContain("refused: near-duplicate");
  await browser.getByLabel("draft", {exact: true}).selectOption("kept");
  await expect.poll(() => browser.textContent()).toContain("case 5: 1 of 10 chosen here");
  // The surest fail is that of sample 36, whose text is the second of the hostile ones.
  const sample = browser.locator("article");
  expect(await sample.locator(".about").textContent()).toContain("teacher-3/T2/36");
  const seed = `${hostile[1].slice(0, 20)}1`;
  expect(await sample.locator("pre").first().textContent()).toBe(`${seed}${hostile[1].slice(20)} hostile T2 362`);
  expect(await sample.locator("mark.fail").allTextContents()).toEqual(["hostile T2 362"]);
  expect(await sample.locator("details mark").allTextContents()).toEqual([seed]);
  expect(await sample.locator("li").nth(2).textContent()).toContain("its quote does not stand in the text");
  await browser.getByRole("button", {name: "Next case"}).press("Enter");
  await expect.poll(() => browser.textContent()).toContain("case 6: 2 of 10 chosen here");
  const number = browser.getByLabel("case number");
  await number.fill("2");
  await number.press("Enter");
  await expect.poll(() => browser.textContent()).toContain("case 2: 2 of 14 chosen here");
  expect(await page.evaluate(() => (globalThis as {broken?: string}).broken)).toBeUndefined();
  expect(await page.locator(".sample img, .sample script, .sample iframe, td img, td script").count()).toBe(0);
  await page.close();
}
