import {writeFile} from "node:fs/promises";
import {join} from "node:path";
import type {Page} from "playwright-core";
import {expect, test} from "vitest";
import {noChoices, type Choices} from "../../docs/components/scaling/choices.js";
import {toHash, type LinkedTable} from "../../docs/components/scaling/link.js";
import {fitRuns} from "../../lib/run/fitRuns.js";
import type {RunsSelection} from "../../lib/run/selection.js";
import type {FitOptions} from "../../lib/scaling/fit.js";
import {Fit} from "../../lib/schema/fit.js";
import {Plan} from "../../lib/schema/plan.js";
import {resultJson} from "../../lib/text/resultJson.js";
import {fitted} from "./chromium.js";
import {saved, type OpenSite} from "./openSite.js";

/** A sweep by formula, best at 50 %; its noise is a fixed wave. */
export const sweep =
  "synthetic share,seed,score\n" +
  [1, 2, 3]
    .flatMap((seed) =>
      [0, 0.15, 0.3, 0.45, 0.6, 0.75, 0.9].map((x) =>
        [x, seed, (0.5 - (x - 0.5) ** 2 + 0.004 * Math.sin(37 * seed + 11 * x)).toFixed(6)].join(",")
      )
    )
    .join("\n") +
  "\n";

/** What most tests ask of it: a law that is solved exactly, few draws. */
const quadratic: Partial<Choices> = {
  target: "score",
  share: '"synthetic share"',
  law: "quadratic",
  bootstrap: 100
};

/** One table that carries every other variable: generations, cut tails, tiers with supplies; losses with their noise. */
const every = (() => {
  const wave = (i: number) => 1 + 0.003 * Math.sin(12.9 * i);
  const lines = ["kind,generation,samples,cut,d,share_T0,share_T2,supply_T0,supply_T2,loss,noise,accuracy,variance"];
  const add = (cells: (string | number)[]) => lines.push(cells.join(","));
  let i = 0;
  for (const g of [1, 2, 3, 4, 6])
    for (const n of [20, 60, 200])
      add(["chain", g, n, "", "", "", "", "", "", "", "", "", 2 * Math.exp(-g / n) * wave(i++)]);
  for (const d of [1e8, 3e8, 1e9, 3e9, 1e10])
    for (const k of [10, 100, 1000, 10_000])
      add(["cut", "", "", k, d, "", "", "", "", (1.5 + 90 / d ** 0.25 + 1 / k ** 0.4) * wave(i++), "", "", ""]);
  for (const d of [1e8, 2e8, 4e8, 8e8, 16e8, 32e8, 64e8, 128e8])
    for (const w of [0, 0.4, 0.6, 1]) {
      const loss = (1.5 + (60 - 8 * w * (1.5 - w)) / d ** 0.2) * wave(i++);
      add(["tiers", "", "", "", d, w, 1 - w, 1e9, 4e9, loss, 0.003 * loss, "", ""]);
    }
  for (let d = 1e7; d < 1e11; d *= 2) {
    const loss = (1.5 + 3 / (1 + (d / 1e9) ** 0.7)) * wave(i++);
    const accuracy = 0.25 + 0.7 / (1 + Math.exp(4 * (loss - 2.3)));
    add(["bend", "", "", "", d, "", "", "", "", loss, "", accuracy, ""]);
  }
  return lines.join("\n") + "\n";
})();

/** What is asked of it: by the page's fields, and as the command line would ask it. */
const asked: readonly (readonly [string, Partial<Choices>, Omit<RunsSelection, "target">])[] = [
  [
    "collapse-replace",
    {target: "variance", generation: "generation", samples: "samples", where: "kind = 'chain'"},
    {scalars: {generation: "generation", samples: "samples"}, where: "kind = 'chain'"}
  ],
  [
    "tail-cut",
    {target: "loss", d: "d", cut: "cut", where: "kind = 'cut'"},
    {scalars: {d: "d", cut: "cut"}, where: "kind = 'cut'"}
  ],
  [
    "power-d",
    {target: "loss", d: "d", where: "share_T0 IN (0.4, 0.6)", holdout: "d > 5e9", sd: "noise"},
    {scalars: {d: "d"}, where: "share_T0 IN (0.4, 0.6)", holdout: "d > 5e9", sd: "noise"}
  ],
  [
    "sigmoid",
    {target: "accuracy", d: "d", via: "loss", where: "kind = 'bend'"},
    {scalars: {d: "d"}, via: "loss", where: "kind = 'bend'"}
  ],
  [
    "goyal",
    {target: "loss", d: "d", shares: "share_*", supplies: "supply_*", where: "kind = 'tiers'"},
    {scalars: {d: "d"}, shares: "share_*", supplies: "supply_*", where: "kind = 'tiers'"}
  ]
];

const mine: LinkedTable = {kind: "text", name: "mine.csv", text: sweep};

/** Tests of the scaling page of a site over any table of runs. */
export function testScalingPage(opened: () => OpenSite): void {
  /** The page at a link that asks for a table and choices. */
  async function follow(from: LinkedTable, choices: Partial<Choices>): Promise<Page> {
    return opened().open(`scaling${(await toHash({table: from, choices: {...noChoices, ...choices}})).hash}`);
  }

  /** Drops a file where a person would; resolves once the page is done with it, whether it shows a fit or an error. */
  async function drop(page: Page, name: string, text: string): Promise<void> {
    const transfer = await page.evaluateHandle(
      ([name, text]) => {
        const made = new DataTransfer();
        made.items.add(new File([text], name, {type: "text/csv"}));
        return made;
      },
      [name, text] as const
    );
    await done(page, () => page.dispatchEvent(".drop-zone", "drop", {dataTransfer: transfer}));
  }

  /** Does something that the page answers with work, and waits until that has begun and ended. */
  async function done(page: Page, act: () => Promise<unknown>): Promise<void> {
    await page.evaluate(() => {
      const form = document.querySelector("form.workbench")!;
      const worked = new Promise<void>((resolve) => {
        let begun = false;
        new MutationObserver(() => {
          const busy = form.getAttribute("aria-busy") === "true";
          if (begun && !busy) resolve();
          begun ||= busy;
        }).observe(form, {attributes: true, attributeFilter: ["aria-busy"]});
      });
      Object.assign(globalThis, {worked});
    });
    await act();
    await page.evaluate(() => (globalThis as unknown as {worked: Promise<void>}).worked);
  }

  const fit = (page: Page) => done(page, () => page.getByRole("button", {name: "Fit", exact: true}).click());
  const finding = (page: Page) => page.locator("#finding").textContent();
  const text = (page: Page, selector: string) => page.locator(selector).textContent();

  /** The page's fit.json, and what the command line writes of the same. */
  async function compare(page: Page, options: RunsSelection & Omit<FitOptions, "target" | "data">) {
    const file = await saved(page, () => page.getByRole("button", {name: "fit.json", exact: true}).click());
    const path = join(opened().folder, "mine.csv");
    const here = await fitRuns(path, options);
    expect(resultJson(JSON.parse(file.toString()))).toBe(resultJson(here.fit));
  }

  const shown = (page: Page) => page.locator(".field-error", {hasText: /./}).allTextContents();

  test("a dropped table is fitted in workers while the page goes on drawing and says what is old", async () => {
    const page = await follow(mine, quadratic);
    await fitted(page);
    await page.evaluate(() => {
      const seen = {busy: 0, stale: ""};
      Object.assign(globalThis, {seen});
      const frame = () => {
        if (document.querySelector("form.workbench")?.getAttribute("aria-busy") === "true") {
          seen.busy++;
          seen.stale = document.querySelector("#stale")!.textContent;
        }
        requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
    });
    await drop(page, "other.csv", sweep.replace("score", "accuracy"));
    expect(await finding(page)).toMatch(/describes accuracy best/);
    expect(await page.inputValue("#choice-target")).toBe("accuracy");
    expect(await page.inputValue("#choice-share")).toBe('"synthetic share"');
    expect(await page.inputValue("#choice-bootstrap")).toBe("100");
    expect(page.workers().some((worker) => worker.url().includes("fitWorker"))).toBe(true);
    const seen = await page.evaluate(() => (globalThis as unknown as {seen: {busy: number; stale: string}}).seen);
    // A fit on the page's own thread would leave no frame between its start and its end.
    expect(seen.busy).toBeGreaterThan(3);
    expect(seen.stale).toContain("score in mine.csv");
    expect(await text(page, "#stale")).toBe("");
    await page.locator("#profile ~ div figure svg").waitFor({timeout: 120_000});
    expect(await page.locator("#draws ~ div figure svg").count()).toBeGreaterThan(0);
    await page.close();
  });

  test("fit.json is what the command line writes of the same table", async () => {
    await writeFile(join(opened().folder, "mine.csv"), sweep);
    // Searches end a rounding apart where two engines differ in the last digit of a power: a law that is solved exactly.
    const page = await follow(mine, {...quadratic, interval: "bca", level: 0.9, cluster: "seed * 2"});
    await fitted(page);
    await compare(page, {
      target: "score",
      share: '"synthetic share"',
      law: "quadratic",
      bootstrap: 100,
      method: "bca",
      level: 0.9,
      group: "seed * 2",
      cluster: "group"
    });
    await page.close();
  });

  test("every variable has its field, and a fit over tokens and supplies its mix under every rule", async () => {
    const path = join(opened().folder, "every.csv");
    await writeFile(path, every);
    const page = await follow(mine, quadratic);
    await fitted(page);
    let last: Buffer = Buffer.alloc(0);
    for (const [law, choices, options] of asked) {
      await page.goto("about:blank");
      const from: LinkedTable = {kind: "text", name: "every.csv", text: every};
      const {hash} = await toHash({table: from, choices: {...noChoices, ...choices, law, bootstrap: 20}});
      await page.goto(`${opened().url}scaling${hash}`);
      await fitted(page);
      expect(await shown(page)).toEqual([]);
      last = await saved(page, () => page.getByRole("button", {name: "fit.json", exact: true}).click());
      const here = Fit.parse(JSON.parse(last.toString()));
      const {fit} = await fitRuns(path, {...options, target: choices.target!, law, bootstrap: 20});
      for (const one of ["law", "inputs", "roles", "n"] as const) expect(here[one]).toEqual(fit[one]);
      expect(here.heldOut.n).toBe(fit.heldOut.n);
      expect(here.first?.law).toBe(fit.first?.law);
      // Two engines may differ in the last digit of a power; a search ends where its steps no longer count, at 1e-8 or so.
      const near = (a = 1, b = 1) => expect(Math.abs(a / b - 1)).toBeLessThan(1e-6);
      near(here.first?.objective, fit.first?.objective);
      // A loss that is predicted moves by the square root of what its fit's objective does.
      if (choices.via === undefined) near(here.objective, fit.objective);
    }
    await page.goto(`${opened().url}mixer`);
    await page.getByText("Mix for fits of your own").click();
    await page.setInputFiles("#fits-file", {name: "fit.json", mimeType: "application/json", buffer: last});
    const status = page.locator(".mixer .buttons [role=status]");
    await status.getByText("optimum found").waitFor({timeout: 60_000});
    await page.getByText("What is to be best, and under which rules").click();
    await page.fill(
      "#aim-rules",
      `
at: {d: 2e9}
minimum: [{benchmark: loss, value: 4}]
syntheticByTier: {T0: 0.2, T2: 1}
generators: {T0: {one: 1}, T2: {one: 3, other: 1}}
generatorCaps: {one: 0.8}`
    );
    await page.press("#aim-rules", "Tab");
    await page.locator(".rules li[data-rule='generator one']").waitFor({timeout: 60_000});
    expect(await text(page, ".mixer [role=alert]")).toBe("");
    const file = await saved(page, () => page.getByRole("button", {name: "plan.json", exact: true}).click());
    const plan = Plan.parse(JSON.parse(file.toString()));
    expect(plan.at.d).toBe(2e9);
    expect(plan.rules.filter(({ok}) => !ok)).toEqual([]);
    expect(plan.rules.map(({rule}) => rule)).toEqual(expect.arrayContaining(["generator one"]));
    expect(plan.rules.some(({rule}) => rule.startsWith("minimum"))).toBe(true);
    await page.close();
  });

  test("what is wrong with a table stands beside the field, and the fit that was there stays", async () => {
    const page = await follow(mine, quadratic);
    await fitted(page);
    const before = await finding(page);
    await drop(page, "bad.csv", sweep.replace(",2,0.", ",2,many 0."));
    expect(await shown(page)).toEqual([expect.stringMatching(/^row \d+: score: expected a number, got "many 0/)]);
    expect(await text(page, "#error-target")).toMatch(/expected a number/);
    expect(await page.locator("#choice-target").getAttribute("aria-invalid")).toBe("true");
    expect(await text(page, "#stale")).toContain("score in mine.csv");
    await drop(page, "<img src=x onerror=broken=1>.zip", "PK");
    expect(await text(page, "#runs-error")).toMatch(/^<img.*expected a file ending in \.csv/);
    await drop(page, "mine.csv", sweep);
    await page.fill("#choice-target", "scor");
    await done(page, () => page.press("#choice-target", "Enter"));
    expect(await text(page, "#error-target")).toContain("did you mean score?");
    await page.fill("#choice-target", "score");
    await page.fill("#choice-where", "score > (SELECT 1 FROM 'https://elsewhere.invalid/x.csv')");
    await done(page, () => page.press("#choice-where", "Enter"));
    expect(await text(page, "#error-where")).toContain("file system operations are disabled");
    expect(await finding(page)).toBe(before);
    await page.close();
  });

  test("a link brings the table, the choices and the same fit", async () => {
    const page = await follow(mine, {...quadratic, interval: "bca"});
    await fitted(page);
    await page.fill("#choice-seed", "7");
    await fit(page);
    const {hash} = new URL(page.url());
    expect(hash).toMatch(/^#runs=[\w-]+$/);
    const other = await opened().open(`scaling${hash}`);
    await fitted(other);
    expect(await finding(other)).toBe(await finding(page));
    expect(await other.inputValue("#choice-seed")).toBe("7");
    expect(await other.inputValue("#choice-interval")).toBe("bca");
    await page.close();
    await other.close();
  });

  test("a table too large for a link is asked for again, its choices kept", async () => {
    let state = 1;
    const noise = () => (state = (state * 48271) % 2147483647).toString(36);
    const [head, ...rows] = sweep.trim().split("\n");
    const large = [`${head},note`, ...rows.map((row) => `${row},${Array.from({length: 60}, noise).join("")}`)].join(
      "\n"
    );
    const page = await follow({kind: "absent", name: "large.csv"}, {...quadratic, seed: 9});
    await expect.poll(() => text(page, "#runs-error")).toContain("large.csv");
    await drop(page, "large.csv", large);
    expect(await page.inputValue("#choice-seed")).toBe("9");
    const {hash} = new URL(page.url());
    expect(hash.length).toBeLessThan(6000);
    const other = await opened().open(`scaling${hash}`);
    await expect.poll(() => text(other, "#runs-error")).toContain("large.csv");
    await drop(other, "large.csv", large);
    expect(await other.inputValue("#choice-seed")).toBe("9");
    expect(await finding(other)).toBe(await finding(page));
    await page.close();
    await other.close();
  });

  test("a keyboard alone gets from the examples to a fit, and stops one", async () => {
    const page = await follow(mine, quadratic);
    await fitted(page);
    await page.focus("#runs-example");
    await done(page, () => page.keyboard.press("ArrowDown"));
    expect(await finding(page)).toContain("describes points best");
    await page.focus("#choice-bootstrap");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Fit");
    await page.keyboard.press("Enter");
    await page.getByRole("button", {name: "Stop", exact: true}).focus();
    await page.keyboard.press("Enter");
    await expect.poll(() => text(page, ".workbench .buttons [role=status]")).toBe("stopped");
    await page.close();
  });
}
