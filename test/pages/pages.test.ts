import {existsSync} from "node:fs";
import {mkdir, readdir, readFile, writeFile} from "node:fs/promises";
import {createRequire} from "node:module";
import {join} from "node:path";
import type {Page} from "playwright-core";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {fitRuns} from "../../lib/run/fitRuns.js";
import {Plan} from "../../lib/schema/plan.js";
import {resultJson} from "../../lib/text/resultJson.js";
import {databaseAnswered, findChromium, fitted} from "./chromium.js";
import {writeAsked} from "./askedFixture.js";
import {auditedPage} from "./auditPage.js";
import {hostile, writeDataset, writeRuns, writeVerified} from "./fixture.js";
import {writeJudged} from "./judgedFixture.js";
import {judgedPage} from "./judgedPage.js";
import {writeLeaks} from "./leaksFixture.js";
import {keptOf, siteBefore} from "./siteBefore.js";
import {openSite, saved, type OpenSite} from "./openSite.js";

const chromium = findChromium();
if (chromium === null)
  process.stderr.write("pages were not opened: no Chromium found; set CHROMIUM to one, or install it\n");

const names = [
  "",
  "shards",
  "verification",
  "duplicates",
  "leakage",
  "audit",
  "teachers",
  "critics",
  "curves",
  "scaling",
  "mixer",
  "laws",
  "tier-law",
  "proxy"
].filter((name) => name === "" || existsSync(`docs/${name}.md`));
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

describe.skipIf(chromium === null)("pages in Chromium", () => {
  let site: OpenSite;
  let before: Awaited<ReturnType<typeof siteBefore>>;

  beforeAll(async () => {
    site = await openSite(chromium!, async (data) => {
      before = await siteBefore(chromium!, data, join(data, "site"));
      const pages = join(data, "pages");
      await mkdir(pages);
      await writeFile(join(pages, "mine.md"), "# Mine\n\n```js\ndisplay(Inputs.range([0, 1]))\n```\n");
      await writeDataset(data);
      await writeRuns(data);
      await writeVerified(data);
      await writeLeaks(data);
      await writeAsked(data);
      await writeJudged(data);
      return {data, pages};
    });
  });

  afterAll(() => site?.close());

  test("a site over another data set shows the other figures, and a page of the user's own stays where it is", async () => {
    expect(before.kept).toBe(20);
    expect(before.curves).toEqual([]);
    expect(await keptOf(join(site.folder, "site"))).toBe(160);
    expect(await readFile(join(site.folder, "site", "mine.html"), "utf8")).toContain("Mine");
    expect(await readdir(join(site.folder, "pages"))).toEqual(["mine.md"]);
    expect((await readdir(site.folder)).filter((name) => name.startsWith("site."))).toEqual([]);
  });

  test("over a data set without runs, whose text may not be published, each page says what is not there", () => {
    const {texts} = before;
    expect(texts[""]).toContain("came without a runs table");
    expect(texts.shards).toContain("20 samples were kept and 12 rejected");
    expect(texts.shards).toContain("does not allow the samples' text to be published");
    expect(texts.verification).toContain("text not published");
    expect(texts.duplicates).toMatch(/4 of [\d,]+ samples \([\d.]+ %\) were removed as duplicates, in 2 clusters/);
    expect(texts.duplicates).toContain("text not published");
    expect(texts.leakage).toContain("No sample of 20 has 13 words in a row from a held-out text.");
    expect(texts.leakage).toContain("text not published");
    expect(texts.teachers).toContain("No model was asked for this data set");
    expect(texts.critics).toContain("No judge has voted on this data set");
    expect(texts.curves).toContain("No runs came with this data");
    expect(texts.mixer).toContain("There is no runs table, so nothing was fitted");
    expect(Object.values(texts).filter((text) => text.includes("window.broken"))).toEqual([]);
  });

  async function open(name: string): Promise<Page> {
    const page = await site.open(name);
    if (name === "shards") await databaseAnswered(page);
    if (name === "scaling") await fitted(page);
    return page;
  }

  test.each(names)("/%s: whole, accessible, nothing overflows, wide and narrow, light and dark", async (name) => {
    const page = await open(name);
    expect(await page.locator(".observablehq--error").allTextContents()).toEqual([]);
    await page.addScriptTag({path: axe});
    for (const width of [1280, 400]) {
      await page.setViewportSize({width, height: 900});
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({colorScheme});
        // Two frames: charts are drawn anew when they hear of their width.
        await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
        const {scroll, client} = await page.evaluate(() => ({
          scroll: document.documentElement.scrollWidth,
          client: document.documentElement.clientWidth
        }));
        expect(scroll).toBeLessThanOrEqual(client);
        // Of what narrow and dark pages are the same in nothing is asked twice.
        const rules = colorScheme === "dark" ? ["color-contrast"] : width === 400 ? ["scrollable-region-focusable", "target-size"] : []; // prettier-ignore
        if (colorScheme === "dark" && width === 400) continue;
        const violations = await page.evaluate(async (only) => {
          const {axe} = globalThis as unknown as {axe: {run(options: object): Promise<{violations: Violation[]}>}};
          return (await axe.run(only.length > 0 ? {runOnly: only} : {})).violations;
        }, rules);
        const serious = violations.filter(({impact}) => impact === "serious" || impact === "critical");
        expect(
          serious.map(({id, nodes}) => `${width} ${colorScheme}: ${id}: ${nodes.map(({html}) => html).join(" ")}`)
        ).toEqual([]);
      }
    }
    await page.close();
  });

  test("hostile text is shown and does nothing", async () => {
    const page = await open("shards");
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
    await page.close();
  });

  test("a long text unfolds at a click", async () => {
    const page = await open("shards");
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
    await page.close();
  });

  test("a cluster is a star, leafed through by keyboard, with what differs as text", async () => {
    const page = await open("duplicates");
    expect(await page.locator(".lead").textContent()).toContain("in 2 clusters; the largest holds 3");
    const removed = page.locator(".sample", {hasText: "removed:"});
    expect(await removed.count()).toBe(2);
    expect(await removed.first().locator("del").count()).toBeGreaterThan(0);
    await page.getByRole("button", {name: "Next cluster"}).press("Enter");
    await expect.poll(() => page.locator("main").textContent()).toContain("cluster 2 of 2 shown here");
    expect(await page.evaluate(() => (globalThis as {broken?: string}).broken)).toBeUndefined();
    await page.close();
  });

  test("what leaked is leafed through by keyboard, marked, as text, beside what the commands found", async () => {
    const page = await open("leakage");
    const lead = await page.locator(".lead").textContent();
    expect(lead).toContain("No sample of 160 has 13 words in a row from a held-out text.");
    // The words of the second hostile text, the name and the tier.
    expect(lead).toContain("has 13 tokens; none of 120 samples reach 50 (at most 3.03 % of such");
    const [pairs, runs] = ["pair", "sample"].map((one) =>
      page.locator("main div", {has: page.locator(`:scope > .choices button:text-is("Next ${one}")`)})
    );
    expect(await pairs.locator("mark").first().textContent()).toMatch(/^img src="http:.*img$/);
    await pairs.getByRole("button", {name: "Next pair"}).press("Enter");
    await expect.poll(() => pairs.textContent()).toContain("pair 2 of ");
    expect(await pairs.locator("article").count()).toBe(2);
    expect(await runs.locator("mark").first().textContent()).toContain("hostile T1");
    await runs.getByRole("button", {name: "Next sample"}).press("Enter");
    await expect.poll(() => runs.textContent()).toContain("sample 2 of ");
    const main = (await page.locator("main").textContent())!;
    expect(main).toContain("What ballast contamination found: 1 of 2 documents copy an item");
    expect(main).toContain("This data set's 2 canaries: 1 of 2 stand in a sample word for word (50 %");
    expect(main).toContain("24 members against 24 others: leak: told from");
    const replays = page.getByRole("region", {name: "personal data of the seeds that samples repeat"});
    expect(await replays.locator("tbody").textContent()).toContain("e-mail");
    expect(main).not.toContain("somebody@example.org");
    // Places without the folders of this machine.
    expect(main).toContain("theirs.jsonl:1");
    expect(main).not.toContain(site.folder);
    const runsTable = page.getByRole("region", {name: "longest common runs with seeds, by generator"});
    const header = runsTable.locator("th", {hasText: "longest run"});
    await header.getByRole("button").press("Enter");
    expect(await header.getAttribute("aria-sort")).toBe("ascending");
    expect(await page.evaluate(() => (globalThis as {broken?: string}).broken)).toBeUndefined();
    expect(await page.locator(".sample img, .sample script, .sample iframe, td img").count()).toBe(0);
    await page.close();
  });

  test("verdicts are counted, and a sample's evidence is leafed through by keyboard and shown as text", async () => {
    const page = await open("verification");
    expect(await page.locator(".lead").textContent()).toContain("1 verifier gave 7 verdicts here");
    const main = (await page.locator("main").textContent())!;
    // Three of seven are refused, each with one of its two mutants alive; labels are right where the place is even.
    expect(main).toContain("low-mutation-score");
    expect(main).toContain("against published labels".replace("a", "A"));
    await page.getByLabel("outcome").selectOption("mutation: low-mutation-score");
    const sample = page.locator(".sample");
    await expect.poll(() => sample.locator("pre").first().textContent()).toContain("<script>");
    expect(await sample.locator("summary").allTextContents()).toEqual(["trusted reference", "2 mutants, 1 survived"]);
    const next = page.getByRole("button", {name: "Next sample"});
    await next.press("Enter");
    await expect.poll(() => page.locator("main").textContent()).toContain("2 of 3 shown here");
    expect(await page.evaluate(() => (globalThis as {broken?: string}).broken)).toBeUndefined();
    await page.close();
  });

  test("what models were asked, cost and came to is told by model and prompt", async () => {
    const page = await open("teachers");
    const text = (await page.locator("main").textContent())!;
    // 20 drafts of a with two prompts each and 30 of the judge, at 1,000 tokens in and 500 out.
    expect(text).toContain("110 answers took 110,000 tokens in and 55,000 out, which cost 0.14 EUR");
    expect(text).toContain("The recipe has no price for");
    expect(await page.locator("figure").count()).toBe(2);
    expect(text).toContain("210");
  });

  test("judges are told by votes, agreement and gold sets, and where they disagree is leafed through by keyboard", () =>
    judgedPage(() => open("critics")));

  test("samples are labelled by keys, kept after each, and saved as lines", () => auditedPage(() => open("audit")));

  test("the editor answers SQL, says what is wrong with it, and reaches nothing outside", async () => {
    const page = await open("shards");
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
    await page.close();
  });

  test("a table sorts by a column, up and then down", async () => {
    const page = await open("shards");
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
    await page.close();
  });

  test("every figure hands over its data and its picture", async () => {
    const page = await open("curves");
    const figures = page.locator("figure.figure");
    await expect.poll(() => figures.count()).toBeGreaterThanOrEqual(4);
    const first = figures.first();
    const save = (name: string) => saved(page, () => first.getByRole("button", {name}).click());
    const csv = await save("download ballast-share-bpb_test.csv");
    expect(csv.toString()).toMatch(/^experiment,arm,benchmark,synthetic_share,seed,value\r\nshare,bowl/);
    expect(csv.toString().trim().split("\r\n")).toHaveLength(1 + 36);
    const json = await save("download ballast-share-bpb_test.json");
    expect(JSON.parse(json.toString())).toHaveLength(36);
    const svg = await save("download ballast-share-bpb_test.svg");
    expect(svg.toString()).toMatch(/^<svg/);
    expect(svg.toString()).not.toContain("var(--");
    const png = await save("download ballast-share-bpb_test.png");
    expect(png.subarray(1, 4).toString()).toBe("PNG");
    await page.close();
  });

  test("the curves page says where the measured best is, a corner by its name", async () => {
    const page = await open("curves");
    await page.locator("main ul:not(.legend) li", {hasText: /^corner/}).waitFor();
    await page.getByText("replace gets worse").waitFor();
    const items = await page.locator("main ul:not(.legend) li").allTextContents();
    expect(items.find((text) => text.startsWith("bowl"))).toContain("best measured at 60 %");
    expect(items.find((text) => text.startsWith("corner"))).toContain("0 %, the lowest that was run: a corner");
    expect(await page.locator("main").textContent()).toContain(
      "replace gets worse over 4 generations. replace+anchor does not."
    );
    await page.close();
  });

  test("a keyboard moves a slider, a broken rule lights up, the optimum comes back", async () => {
    const page = await open("mixer");
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
    await page.close();
  });

  test("the plan and the configurations are for the weights as they stand", async () => {
    const page = await open("mixer");
    const slider = page.getByLabel(/^T3/);
    await slider.focus();
    await page.keyboard.press("End");
    const file = await saved(page, () => page.getByRole("button", {name: "plan.json", exact: true}).click());
    const plan = JSON.parse(file.toString()) as {weights: Record<string, number>; rules: {ok: boolean}[]};
    expect(plan.weights).toEqual({T0: 0, T1: 0, T2: 0, T3: 1});
    expect(plan.rules.some(({ok}) => !ok)).toBe(true);
    await page.close();
  });

  test("another rule is another optimum, found in a worker; rules that no mix keeps are named", async () => {
    const page = await open("mixer");
    const optimum = page.locator("#optimum");
    const before = await optimum.textContent();
    await page.locator(".mixer .aim summary").click();
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
    await page.close();
  });

  test("a mixer takes fits of one's own, and every rule as the constraints' file says it", async () => {
    const page = await open("mixer");
    await page.getByText("Mix for fits of your own").click();
    await page.setInputFiles("#fits-file", {
      name: "none.json",
      mimeType: "application/json",
      buffer: Buffer.from("{}")
    });
    await expect.poll(() => page.locator("#fits-error").textContent()).toContain("none.json: version: ");
    const fits = await Promise.all(
      ["bpb_dev", "bpb_test"].map((target) =>
        fitRuns(join(site.folder, "runs.csv"), {
          target,
          shares: "share_T*",
          where: "experiment = 'tiers'",
          law: "mix-linear",
          bootstrap: 100
        })
      )
    );
    await page.setInputFiles(
      "#fits-file",
      fits.map(({fit}) => ({
        name: `${fit.target}.json`,
        mimeType: "application/json",
        buffer: Buffer.from(resultJson(fit))
      }))
    );
    await expect.poll(() => page.locator("#fits-about").textContent()).toContain("bpb_test (mix-linear, 27 runs)");
    const status = page.locator(".mixer .buttons [role=status]");
    await expect.poll(() => status.textContent(), {timeout: 60_000}).toContain("optimum found");
    await page.getByText("What is to be best, and under which rules").click();
    const ask = async (rules: string) => {
      await page.fill("#aim-rules", rules);
      await page.press("#aim-rules", "Tab");
    };
    await ask("anchr: 0.5");
    const alert = page.locator(".mixer [role=alert]");
    await expect.poll(() => alert.textContent()).toBe("rules:1:1: anchr: unknown field; did you mean anchor?");
    await ask(`
domains: {prose: {share: 0.4, benchmarks: [bpb_dev]}, code: {share: 0.6, benchmarks: [bpb_test]}}
supply: {T0: 1e9, T1: 1e9}
tokens: 1e10
repetition: 2
cost: {perToken: {T0: 3, T1: 2, T2: 1, T3: 1}, budget: 1.6e10}
bounds: {T3: [0.1, 1], code/T0: [0.01, 1]}
rules: [{name: prose before code, coefficients: {prose/T1: 1, code/T1: -1}, least: 0.02}]
divergence: {most: 0.9}
entropy: 0.5
objective: {kind: quantile, tail: 0.2}`);
    await page.locator("#domains").waitFor({timeout: 60_000});
    expect(await alert.textContent()).toBe("");
    expect(await page.locator(".slider").count()).toBe(8);
    const file = await saved(page, () => page.getByRole("button", {name: "plan.json", exact: true}).click());
    const plan = Plan.parse(JSON.parse(file.toString()));
    const kinds = new Set(plan.rules.map(({rule}) => rule.split(" ")[0]));
    for (const kind of ["anchor", "repetition", "cost", "prose", "divergence", "entropy"])
      expect(kinds).toContain(kind);
    expect(plan.rules.filter(({ok}) => !ok)).toEqual([]);
    expect(plan.objective.kind).toBe("quantile");
    expect(await page.locator("#trade-off").count()).toBe(1);
    expect(await page.locator("#thompson").count()).toBe(1);
    await page.close();
  });

  // Last: everything above adds to these lists.
  test("no request went to another host, and no console said an error", () => {
    expect(site.elsewhere).toEqual([]);
    expect(site.errors).toEqual([]);
  });
});

interface Violation {
  id: string;
  impact: string;
  nodes: {html: string}[];
}
