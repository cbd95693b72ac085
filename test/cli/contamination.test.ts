import {mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, expect, test, vi} from "vitest";
import {Misuse} from "../../lib/cli/command.js";
import {command} from "../../lib/cli/contamination.js";
import {serveChat} from "../endpoints/chatServer.js";

const folder = mkdtempSync(join(tmpdir(), "ballast-contamination-cli-"));
afterAll(() => rmSync(folder, {recursive: true, force: true}));

const benchmark = join(folder, "benchmark.jsonl");
const data = join(folder, "data.jsonl");
const question =
  "A mill packs seventeen crates of barley flour every morning, three of which go to the harbour. How many are left?";
const jsonl = (rows: readonly object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join("");
const others = [
  "Which planet of the solar system has the shortest day, and how many hours does it last there?",
  "A train leaves the northern station at noon and meets another after two hours; how fast do both travel?",
  "Name the treaty that ended the long war between the two island kingdoms in the seventeenth century."
];
writeFileSync(benchmark, jsonl([question, ...others].map((text) => ({question: text, answer: "14 crates"}))));
writeFileSync(
  data,
  jsonl([
    {
      text: "Every morning three of seventeen crates of barley flour that a mill packs are left at the harbour by a carter."
    },
    {text: "Winds over the northern coast weaken slowly toward the evening while the sea stays rough."}
  ])
);

async function printed(...args: string[]): Promise<string> {
  const said: string[] = [];
  const write = vi.spyOn(process.stdout, "write").mockImplementation((text) => said.push(String(text)) > 0);
  try {
    expect(await command.run([data, "--against", benchmark, ...args])).toBe(0);
  } finally {
    write.mockRestore();
  }
  return said.join("");
}

test("--judge puts what is nominated to a model, with the key of the environment, and blocks what it does not call different", async () => {
  const asked: string[] = [];
  for (const verdict of ["same", "different"]) {
    const server = await serveChat(({headers}) => {
      asked.push(String(headers.authorization));
      return JSON.stringify({verdict, passage_quote: "barley flour", item_quote: "barley flour", reason: "r"});
    });
    vi.stubEnv("JUDGE_API_KEY", "judge-secret");
    const out = join(folder, verdict);
    try {
      const words = await printed("--judge", server.url, "--model", "m", "--block", "tfidf", "--out", out);
      expect(words).toContain(
        verdict === "same"
          ? "calls 1 of 1 nominated pairs the same, 0 different"
          : "calls 0 of 1 nominated pairs the same, 1 different"
      );
      expect(words).toContain(`; ${verdict === "same" ? 1 : 0} taken out`);
      expect(words + readFileSync(join(out, "contamination.json"), "utf8")).not.toContain("judge-secret");
    } finally {
      vi.unstubAllEnvs();
      server.close();
    }
  }
  expect(asked).toEqual(["Bearer judge-secret", "Bearer judge-secret"]);
});

test.each([
  [["--judge", "http://127.0.0.1:1"], "--judge and --model together"],
  [["--judge", "ftp://127.0.0.1", "--model", "m"], "expected an http(s) address"]
])("%j is misuse", async (flags, message) => {
  const run = command.run([data, "--against", benchmark, ...flags]);
  await expect(run).rejects.toThrow(Misuse);
  await expect(run).rejects.toThrow(message);
});
