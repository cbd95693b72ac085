import {existsSync} from "node:fs";
import {mkdtemp, readFile, rm} from "node:fs/promises";
import {createRequire} from "node:module";
import {tmpdir} from "node:os";
import {join} from "node:path";
import type {Browser, BrowserContext, Download, Page} from "playwright-core";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {serve, type Served} from "../../lib/run/serve.js";
import {buildSite} from "../../lib/run/site.js";
import {databaseAnswered, findChromium, fitted, launch} from "./chromium.js";
import {hostile, writeDataset, writeRuns} from "./fixture.js";

const chromium = findChromium();
if (chromium === null)
  process.stderr.write("pages were not opened: no Chromium found; set CHROMIUM to one, or install it\n");

const names = ["", "shards", "curves", "scaling", "mixer", "laws", "tier-law", "proxy"].filter(
  (name) => name === "" || existsSync(`docs/${name}.md`)
);
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

describe.skipIf(chromium === null)("pages in Chromium", () => {
  let folder: string;
  let served: Served;
  let browser: Browser;
  const elsewhere: string[] = [];
  const errors: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "ballast-pages-"));
    await writeDataset(join(folder, "data"));
    await writeRuns(join(folder, "data"));
    await buildSite({data: join(folder, "data"), out: join(folder, "site")});
    served = await serve(join(folder, "site"), {port: 0});
    browser = await launch(chromium!);
  });

  afterAll(async () => {
    await browser?.close();
    await served?.close();
    await rm(folder, {recursive: true, force: true});
  });

  async function open(
    name: string,
    {width = 1280, scheme = "light" as "light" | "dark"} = {}
  ): Promise<{page: Page; context: BrowserContext}> {
    const context = await browser.newContext({viewport: {width, height: 900}, colorScheme: scheme});
    const page = await context.newPage();
    page.on("request", (request) => {
      if (!/^(blob|data):/.test(request.url()) && !request.url().startsWith(served.url)) elsewhere.push(request.url());
    });
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") errors.push(`${name}: ${message.text()}`);
    });
    page.on("pageerror", (error) => errors.push(`${name}: ${error.message}`));
    await page.goto(served.url + name, {waitUntil: "networkidle"});
    await page.waitForFunction(() => document.querySelector("#stamp")?.textContent !== "");
    await page.waitForFunction(() => document.querySelector(".observablehq--loading") === null);
    if (name === "shards") await databaseAnswered(page);
    if (name === "scaling") await fitted(page);
    return {page, context};
  }

  const cases = names.flatMap((name) =>
    [1280, 400].flatMap((width) => (["light", "dark"] as const).map((scheme) => ({name, width, scheme})))
  );

  test.each(cases)("/$name at $width px, $scheme: whole, accessible, nothing overflows", async (at) => {
    const {page, context} = await open(at.name, at);
    expect(await page.locator(".observablehq--error").allTextContents()).toEqual([]);
    const {scroll, client} = await page.evaluate(() => ({
      scroll: document.documentElement.scrollWidth,
      client: document.documentElement.clientWidth
    }));
    expect(scroll).toBeLessThanOrEqual(client);
    await page.addScriptTag({path: axe});
    const violations = await page.evaluate(async () => {
      const {axe} = globalThis as unknown as {axe: {run(): Promise<{violations: Violation[]}>}};
      return (await axe.run()).violations;
    });
    const serious = violations.filter(({impact}) => impact === "serious" || impact === "critical");
    expect(serious.map(({id, nodes}) => `${id}: ${nodes.map((node) => node.html).join(" ")}`)).toEqual([]);
    await context.close();
  });

  test("hostile text is shown and does nothing", async () => {
    const {page, context} = await open("shards");
    const editor = page.locator("#query-shards");
    await editor.fill("SELECT text FROM shards ORDER BY id");
    await editor.press("Control+Enter");
    const cells = () => page.locator(".editor td").allTextContents();
    await expect.poll(async () => (await cells()).some((text) => text.startsWith(hostile[0]))).toBe(true);
    const seen = new Set<string>();
    for (let i = 0; i < 12; i++) {
      for (const text of await page.locator(".sample pre").allTextContents()) seen.add(text);
      await page.getByRole("button", {name: "Other samples"}).click();
      await page.waitForTimeout(100);
    }
    const all = [...seen].join("\n");
    expect(all).toContain(hostile[0]);
    expect(all).toContain(hostile[1]);
    expect(all).toContain("U+202Eright to leftU+202C, a bell U+0007 and a zeroU+200Bwidth space");
    expect(await page.evaluate(() => (globalThis as unknown as {broken?: string}).broken)).toBeUndefined();
    expect(await page.locator(".sample script, .sample img, .sample iframe, td img, td script").count()).toBe(0);
    await context.close();
  });

  test("a long text unfolds at a click", async () => {
    const {page, context} = await open("shards");
    const button = page.getByRole("button", {name: /show all 30,0\d\d characters/}).first();
    for (let i = 0; i < 12 && (await button.count()) === 0; i++) {
      await page.getByRole("button", {name: "Other samples"}).click();
      await page.waitForTimeout(150);
    }
    const text = button.locator("xpath=preceding-sibling::pre");
    expect((await text.textContent())!.length).toBeLessThan(1000);
    await button.click();
    const open30 = page.getByRole("button", {name: "show less"}).first().locator("xpath=preceding-sibling::pre");
    expect((await open30.textContent())!.length).toBeGreaterThan(30_000);
    await context.close();
  });

  test("the editor answers SQL, says what is wrong with it, and reaches nothing outside", async () => {
    const {page, context} = await open("shards");
    const editor = page.locator("#query-shards");
    await editor.fill("SELECT tier, count(*) AS n FROM shards GROUP BY tier ORDER BY tier");
    await page.getByRole("button", {name: "Run", exact: true}).click();
    await page.locator(".editor tbody tr").nth(3).waitFor();
    await expect
      .poll(() => page.locator(".editor tbody td").allTextContents())
      .toEqual(["T0", "40", "T1", "40", "T2", "40", "T3", "40"]);
    await editor.fill("SELECT nothing FROM shards");
    await editor.press("Control+Enter");
    await expect.poll(() => page.locator(".editor .error").textContent()).toContain("nothing");
    await editor.fill("SELECT * FROM 'https://elsewhere.invalid/x.parquet'");
    await editor.press("Control+Enter");
    await expect.poll(() => page.locator(".editor .error").textContent()).not.toContain("nothing");
    await context.close();
  });

  test("a table sorts by a column, up and then down", async () => {
    const {page, context} = await open("shards");
    const editor = page.locator("#query-shards");
    await editor.fill("SELECT * FROM (VALUES (10, 'b'), (9, 'a'), (100, 'c')) AS t(n, name)");
    await editor.press("Control+Enter");
    const header = page.locator(".editor th").first();
    await expect.poll(() => header.textContent()).toBe("n");
    const numbers = () => page.locator(".editor tbody td:first-child").allTextContents();
    await expect.poll(numbers).toEqual(["10", "9", "100"]);
    await header.getByRole("button").click();
    expect(await numbers()).toEqual(["9", "10", "100"]);
    expect(await header.getAttribute("aria-sort")).toBe("ascending");
    await header.getByRole("button").press("Enter");
    expect(await numbers()).toEqual(["100", "10", "9"]);
    await context.close();
  });

  test("every figure hands over its data and its picture", async () => {
    const {page, context} = await open("curves");
    const figures = page.locator("figure.figure");
    expect(await figures.count()).toBeGreaterThanOrEqual(4);
    const first = figures.first();
    const save = async (name: string) => {
      const [file] = await Promise.all([page.waitForEvent("download"), first.getByRole("button", {name}).click()]);
      return {name: file.suggestedFilename(), bytes: await bytesOf(file)};
    };
    const csv = await save("download ballast-share-bpb_test.csv");
    expect(csv.bytes.toString()).toMatch(/^experiment,arm,benchmark,synthetic_share,seed,value\r\nshare,bowl/);
    expect(csv.bytes.toString().trim().split("\r\n")).toHaveLength(1 + 36);
    const json = await save("download ballast-share-bpb_test.json");
    expect(JSON.parse(json.bytes.toString())).toHaveLength(36);
    const svg = await save("download ballast-share-bpb_test.svg");
    expect(svg.bytes.toString()).toMatch(/^<svg/);
    expect(svg.bytes.toString()).not.toContain("var(--");
    const png = await save("download ballast-share-bpb_test.png");
    expect(png.bytes.subarray(1, 4).toString()).toBe("PNG");
    await context.close();
  });

  test("the curves page says where the measured best is, a corner by its name", async () => {
    const {page, context} = await open("curves");
    const items = await page.locator("main ul:not(.legend) li").allTextContents();
    expect(items.find((text) => text.startsWith("bowl"))).toContain("best measured at 60 %");
    expect(items.find((text) => text.startsWith("corner"))).toContain("0 %, the lowest that was run: a corner");
    expect(await page.locator("main").textContent()).toContain(
      "replace gets worse over 4 generations. replace+anchor does not."
    );
    await context.close();
  });

  test("a keyboard moves a slider, a broken rule lights up, the optimum comes back", async () => {
    const {page, context} = await open("mixer");
    const anchor = page.locator('.rules li[data-rule="anchor"]');
    await expect.poll(() => anchor.getAttribute("class")).toBe("kept");
    const before = await page.locator(".predicted .value").textContent();
    const slider = page.getByLabel(/^T3/);
    await slider.focus();
    await page.keyboard.press("End");
    await expect.poll(() => anchor.getAttribute("class")).toBe("broken");
    expect(await page.locator(".verdict").textContent()).toContain("breaks anchor");
    expect(await page.locator(".predicted .value").textContent()).not.toBe(before);
    const sum = await page.locator(".slider output").allTextContents();
    expect(sum.reduce((total, text) => total + parseFloat(text), 0)).toBeCloseTo(100, 0);
    await page.keyboard.press("Tab");
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe("Optimum");
    await page.keyboard.press("Enter");
    await expect.poll(() => anchor.getAttribute("class")).toBe("kept");
    expect(await page.locator(".predicted .value").textContent()).toBe(before);
    await context.close();
  });

  test("the plan and the configurations are for the weights as they stand", async () => {
    const {page, context} = await open("mixer");
    const slider = page.getByLabel(/^T3/);
    await slider.focus();
    await page.keyboard.press("End");
    const save = async (name: string) => {
      const [file] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", {name, exact: true}).click()
      ]);
      return (await bytesOf(file)).toString();
    };
    const plan = JSON.parse(await save("plan.json")) as {weights: Record<string, number>; rules: {ok: boolean}[]};
    expect(plan.weights).toEqual({T0: 0, T1: 0, T2: 0, T3: 1});
    expect(plan.rules.some(({ok}) => !ok)).toBe(true);
    await context.close();
  });

  test("another rule is another optimum, found in a worker; rules that no mix keeps are named", async () => {
    const {page, context} = await open("mixer");
    const optimum = page.locator("#optimum");
    const before = await optimum.textContent();
    await page.locator(".aim summary").click();
    await page.getByLabel("least T0 + T1").fill("0.8");
    await expect.poll(() => optimum.textContent(), {timeout: 60_000}).not.toBe(before);
    const weights = [...(await optimum.textContent())!.matchAll(/([\d.]+)\s% (T[01])/g)].slice(0, 2);
    expect(weights.reduce((sum, [, share]) => sum + Number(share), 0)).toBeGreaterThanOrEqual(79.9);
    expect(page.workers().some((worker) => worker.url().includes("mixWorker"))).toBe(true);
    await page.getByLabel("tokens to train on").fill("1000000000");
    const message = page.locator(".mixer [role=alert]");
    await expect.poll(() => message.textContent(), {timeout: 60_000}).toContain("cannot be kept together");
    expect(await message.textContent()).toContain("repetition");
    await page.getByLabel("least T0 + T1").fill("2");
    await expect.poll(() => message.textContent()).toContain('expected a number from 0 to 1, got "2"');
    await context.close();
  });

  // Last: everything above adds to these lists.
  test("no request went to another host, and no console said an error", () => {
    expect(elsewhere).toEqual([]);
    expect(errors).toEqual([]);
  });
});

interface Violation {
  id: string;
  impact: string;
  nodes: {html: string}[];
}

async function bytesOf(file: Download): Promise<Buffer> {
  return readFile(await file.path());
}
