import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {gzipSync} from "node:zlib";
import {afterAll, beforeAll, expect, test, vi} from "vitest";
import {Misuse} from "../../lib/cli/command.js";
import {command} from "../../lib/cli/dedup.js";
import {createRandom} from "../../lib/text/random.js";
import {randomText} from "../dedup/perturb.js";

let folder: string;
let path: string;
const random = createRandom("dedup command");
const [a, b, c] = [randomText(random, 60), randomText(random, 60), randomText(random, 60)];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ballast-dedup-cli-"));
  path = join(folder, "in.jsonl");
  const texts = [a, b, a, `${b.toUpperCase()}.`, `${c}\n${a}`];
  writeFileSync(path, texts.map((text) => JSON.stringify({text}) + "\n").join(""));
});
afterAll(() => rmSync(folder, {recursive: true, force: true}));

/** What the command prints. */
const printed = (...args: string[]) => run(path, "--out", join(folder, "out"), ...args);

async function run(...args: string[]): Promise<string> {
  const said: string[] = [];
  const write = vi.spyOn(process.stdout, "write").mockImplementation((text) => said.push(String(text)) > 0);
  try {
    expect(await command.run(args)).toBe(0);
  } finally {
    write.mockRestore();
  }
  return said.join("");
}

test.each([
  [
    ["--workers", "1"],
    "removed   2: 1 equal, 1 near, in 2 clusters, the largest of 2 texts",
    ["clusters", "kept", "rejects"]
  ],
  [
    ["--by", "text", "--workers", "1"],
    "removed   2: 1 equal, 1 read alike, in 2 clusters",
    ["clusters", "kept", "rejects"]
  ],
  [["--by", "line"], "cut         3 lines, ", ["cuts", "kept"]],
  [["--by", "span"], "kept      3: 2 as they came, 1 without what repeats", ["kept", "rejects", "spans"]],
  [
    ["--by", "semantic", "--threshold", "0.95"],
    "removed   2: 1 equal, 1 near in meaning",
    ["clusters", "kept", "rejects"]
  ],
  [["--by", "span", "--annotate"], "repeated  180 of 360 tokens, in 3 spans", ["annotated", "spans"]]
])("%s says what became of every row and which files hold it", async (args, words, names) => {
  const text = await printed(...args);
  expect(text).toMatch(/^read +5 rows of 1 file\n/);
  expect(text).toContain(words);
  expect(readdirSync(join(folder, "out")).sort()).toEqual(names.map((name) => `${name}.parquet`));
  for (const name of names) expect(text).toContain(join(folder, "out", `${name}.parquet`));
});

test("one JSON document under --json, and --semantic is a kind", async () => {
  expect(JSON.parse(await printed("--by", "text", "--json", "--workers", "1"))).toMatchObject({
    rows: 5,
    kept: 3,
    normalised: 1
  });
  expect(JSON.parse(await printed("--semantic", "--json"))).toMatchObject({rows: 5, vectors: "terms"});
});

test.each([
  [["--by", "line", "--threshold", "0.5"], "--threshold: expected none with --by line, which takes --normalise, "],
  [["--by", "text", "--bands", "4", "--rows", "4"], "--bands: expected none with --by text"],
  [["--by", "span", "--index", "x"], "--index: expected none with --by span"],
  [["--by", "words"], "--by: expected one of near, text, line, paragraph, span, semantic, got"],
  [["--by", "near", "--semantic"], "--semantic: expected --by semantic or none, got --by near"],
  [["--by", "span", "--size", "1"], "--size: expected a whole number from 2 to 65536"],
  [["--by", "span", "--most", "0"], "--most: expected a number in (0, 1]"],
  [["--preset", "web"], "--preset: expected one of ballast, "]
])("%s is misuse, and no flag is passed over in silence", async (args, message) => {
  const run = command.run([path, "--out", join(folder, "misuse"), ...args]);
  await expect(run).rejects.toThrow(Misuse);
  await expect(run).rejects.toThrow(message);
});

test("JSON lines that are gzipped are read as those that are not", async () => {
  const zipped = join(folder, "zipped.jsonl.gz");
  writeFileSync(zipped, gzipSync(readFileSync(path)));
  const kept = [];
  for (const input of [path, zipped]) {
    const out = join(folder, "gz");
    expect(await run(input, "--out", out, "--workers", "1")).toContain("removed   2: 1 equal, 1 near");
    kept.push(readFileSync(join(out, "kept.parquet")));
  }
  expect(kept[1].equals(kept[0])).toBe(true);
});
