import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, expect, test, vi} from "vitest";
import {command} from "../../lib/cli/verify.js";
import {Calibrations} from "../../lib/schema/calibration.js";
import {drawPng} from "../endpoints/drawPng.js";
import {serveModels} from "../endpoints/modelServer.js";

const folder = mkdtempSync(join(tmpdir(), "ballast-verify-pictures-"));
afterAll(() => rmSync(folder, {recursive: true, force: true}));

test("judges that see are calibrated on captioned pictures", async () => {
  const captions = Array.from({length: 8}, (_, i) => `A boat with ${"I".repeat(i + 1)} on its sail.`);
  // Every second picture is of another caption.
  const gold = captions.map((text, i) => {
    const label = i % 2 === 0 ? "pass" : "fail";
    writeFileSync(join(folder, `${i}.png`), drawPng(label === "pass" ? text : "something else", {width: i + 1}));
    return {text, label, pictures: [`${i}.png`]};
  });
  writeFileSync(join(folder, "boats.jsonl"), gold.map((row) => `${JSON.stringify(row)}\n`).join(""));
  const server = await serveModels(({body: {messages}}) => {
    const [shown, asked] = messages[1].content as unknown as {image_url: {url: string}; text: string}[];
    const caption = JSON.parse(asked.text.slice("CAPTION: ".length)) as string;
    const own = drawPng(caption, {width: captions.indexOf(caption) + 1}).toString("base64");
    const [verdict, seen] = shown.image_url.url.endsWith(`,${own}`) ? ["pass", "yes"] : ["fail", "no"];
    const claims = [{words: caption, shown: seen}];
    return JSON.stringify({claims, verdict, confidence: 0.9, evidence: caption, reason: "as it is seen"});
  });
  const endpoint = (id: string, model: string) =>
    `  - {id: ${id}, url: "${server.url}", model: ${model}, output: {train: false, jurisdictions: [EU], terms: none}}`;
  writeFileSync(
    join(folder, "recipe.yaml"),
    `name: seen
license: CC0-1.0
seeds: [{id: own, source: text, path: own.txt, license: CC0-1.0, kind: human, domain: notes}]
generate: [{generator: human, from: own}]
policy: {example: {}, prose: {}}
endpoints:
${endpoint("a", "mistral-small")}
${endpoint("b", "gemma-3-27b")}
${endpoint("c", "phi-4")}
critics: {judges: [a, b, c]}
`
  );
  let out = "";
  const heard = vi.spyOn(process.stdout, "write").mockImplementation((text) => ((out += String(text)), true));
  const judges = ["--judges", join(folder, "recipe.yaml"), "--calibrate", "--json"];
  try {
    expect(await command.run([join(folder, "boats.jsonl"), "--with", "critic-caption", ...judges])).toBe(0);
  } finally {
    heard.mockRestore();
    server.close();
  }
  const [report] = Calibrations.parse(JSON.parse(out)).reports;
  expect(report).toMatchObject({gold: "boats", critic: "critic-caption", n: 8, right: 4, wrong: 4});
  expect(report.panel.confusion).toMatchObject({truePositive: 4, trueNegative: 4, falsePositive: 0, falseNegative: 0});
  writeFileSync(join(folder, "0.png"), "<html>");
  await expect(command.run([join(folder, "boats.jsonl"), "--with", "critic-caption", ...judges])).rejects.toThrow(
    /boats\.jsonl:1: pictures: .*0\.png: expected a PNG, JPEG or WebP/
  );
});
