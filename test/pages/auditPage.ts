import type {Page} from "playwright-core";
import {expect} from "vitest";
import {AuditLabel, type AuditHead, type AuditTask} from "../../lib/schema/audit.js";
import {sha256} from "../../lib/io/sha256.js";
import {hostile} from "./fixture.js";
import {saved} from "./openSite.js";

const head: AuditHead = {
  ...{plan: sha256("plan"), labeller: "anna", dataset: "hostile", tasks: 6},
  rule: {plan: "sprt", p0: 0.01, p1: 0.2, alpha: 0.05, beta: 0.05, most: 40},
  strata: [
    {
      id: "T2/teacher/prose",
      tier: "T2",
      generator: "teacher",
      domain: "prose",
      disagreement: false,
      size: 90,
      chosen: 6
    }
  ],
  reasons: ["wrong-answer", "off-topic"]
};
const tasks = hostile.slice(0, 6).map((text, i): AuditTask => ({
  ...{id: sha256(text), origin: `teacher/${i}`, stratum: "T2/teacher/prose", place: i + 1, tier: "T2", kind: "prose"},
  ...{generator: "teacher", domain: "prose", text, source: hostile[0]},
  verdicts: [{verifier: "quality", ok: false, reason: "too-short", score: null, detail: hostile[1]}]
}));
const file = {
  name: "plan.anna.jsonl",
  mimeType: "application/jsonl",
  buffer: Buffer.from([head, ...tasks].map((line) => `${JSON.stringify(line)}\n`).join(""))
};

/** A person labels six hostile samples: each key is kept at once, also where the page is left and opened again. */
export async function auditedPage(open: () => Promise<Page>): Promise<void> {
  const page = await open();
  expect(await page.locator("main").textContent()).toContain("No audit of people is in this data set.");
  const picker = page.getByLabel("File of tasks");
  await picker.setInputFiles({...file, buffer: Buffer.from('{"plan": 1}\n')});
  await expect
    .poll(() => page.locator(".labeller [role=alert]").textContent())
    .toContain("plan.anna.jsonl:1: expected");
  await picker.setInputFiles(file);
  const title = page.locator(".labeller h3");
  await expect.poll(() => title.innerText()).toBe("Sample 1 of 6");
  expect(await page.locator(".labeller pre").allTextContents()).toEqual([hostile[0], hostile[0]]);
  expect(await page.locator(".labeller details[open]").count()).toBe(0);

  // The test's lines for 1 % and 20 %: one defect of three leaves it open.
  for (const key of ["a", "2", "n"]) await page.keyboard.press(key);
  await page.keyboard.type("a note");
  await page.keyboard.press("Escape");
  await page.keyboard.press("s");
  await expect.poll(() => title.innerText()).toBe("Sample 4 of 6");
  await page.keyboard.press("u");
  await expect.poll(() => title.innerText()).toBe("Sample 3 of 6");
  expect(await page.locator(".labeller textarea").inputValue()).toBe("a note");
  await page.keyboard.press("a");
  await expect.poll(() => page.locator(".labeller [role=status]").textContent()).toBe("accepted; sample 4 of 6");
  await expect.poll(() => page.locator("main").innerText()).toContain("1 defect in 3 samples lie between the lines");
  expect(await page.locator("figure.figure", {hasText: "The way of the test"}).count()).toBe(1);

  await page.reload({waitUntil: "networkidle"});
  await expect.poll(() => title.innerText()).toBe("Sample 4 of 6");
  await page.getByRole("button", {name: "Accept (a)"}).press("Enter");
  await expect.poll(() => title.innerText()).toBe("Sample 5 of 6");
  const lines = (await saved(page, () => page.getByRole("button", {name: "Save labels"}).click())).toString();
  const labels = lines.trim().split("\n").map((line) => AuditLabel.parse(JSON.parse(line))); // prettier-ignore
  expect(labels.map(({id, label, reason, note, labeller}) => [id, label, reason, note, labeller])).toEqual([
    [tasks[0].id, "accept", "", "", "anna"],
    [tasks[1].id, "defect", "off-topic", "", "anna"],
    [tasks[2].id, "accept", "", "a note", "anna"],
    [tasks[3].id, "accept", "", "", "anna"]
  ]);
  expect(await page.evaluate(() => (globalThis as {broken?: string}).broken)).toBeUndefined();
  expect(await page.locator(".labeller img, .labeller script, .labeller iframe").count()).toBe(0);
  await page.close();
}
