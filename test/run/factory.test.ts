import {spawn, spawnSync, type ChildProcess} from "node:child_process";
import {once} from "node:events";
import {cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {setTimeout as sleep} from "node:timers/promises";
import {fileURLToPath} from "node:url";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {Misuse} from "../../lib/cli/command.js";
import {command} from "../../lib/cli/run.js";
import {readParquet} from "../../lib/io/parquet.js";
import {runFactory} from "../../lib/run/factory.js";
import type {Manifest} from "../../lib/run/manifest.js";
import {readRecipe} from "../../lib/run/recipe.js";
import {DataCard} from "../../lib/schema/card.js";
import {createRandom} from "../../lib/text/random.js";
import {collect} from "../collect.js";
import {tree} from "./tree.js";

const bin = fileURLToPath(new URL("../../bin/ballast.js", import.meta.url));
let folder: string;
let recipe: string;

const yaml = `name: tiny
license: CC0-1.0
seeds:
  - {id: notes, source: text, path: notes, license: CC0-1.0, kind: human, domain: prose, heldOut: {test: 0.2, dev: 0.1}}
  - {id: states, source: states, license: CC0-1.0, kind: simulator, domain: math, options: {count: 300}}
generate:
  - {generator: human, from: notes}
  - {generator: word-problems, from: states, perSeed: 3}
  - {generator: noisy-problems, from: states}
policy:
  prose: {}
  example: {}
  problem: {require: [arithmetic], promote: [arithmetic]}
rules: {anchor: 0.05}
shard: {rows: 250}
`;

/** Passages that share no five words with one another: each has words of its own. */
function writeNotes(path: string): void {
  mkdirSync(path);
  const random = createRandom("notes");
  for (let i = 0; i < 60; i++) {
    const words = Array.from(
      {length: 150},
      () => `${random.pick(["ka", "lo", "mi", "ter", "un", "so"])}${random.int(500)}`
    );
    writeFileSync(join(path, `${i}.txt`), `Note ${i}. ${words.join(" ")}.\n`);
  }
  writeFileSync(
    join(path, "script.txt"),
    "<script>alert(document.cookie)</script> and some words of the note around it. Ask mara.quill@harbour.org."
  );
  writeFileSync(join(path, "nul.txt"), "nothing\0ness");
  writeFileSync(join(path, "twin.txt"), readFileSync(join(path, "7.txt")));
}

function ballast(...args: string[]) {
  return spawnSync(process.execPath, [bin, ...args], {encoding: "utf8", maxBuffer: 2 ** 26});
}

/** The same command without a process of its own, which is most of its time: what main makes of errors is seen above. */
async function run(...args: string[]): Promise<{status: number; message: string}> {
  try {
    return {status: await command.run(args), message: ""};
  } catch (error) {
    return {status: error instanceof Misuse ? 2 : 1, message: (error as Error).message};
  }
}

const start = (...args: string[]): ChildProcess => spawn(process.execPath, [bin, ...args], {stdio: "ignore"});

const card = (out: string) => DataCard.parse(JSON.parse(readFileSync(join(out, "data-card.json"), "utf8")));

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ballast-factory-"));
  writeNotes(join(folder, "notes"));
  recipe = join(folder, "recipe.yaml");
  writeFileSync(recipe, yaml);
  const made = ballast("run", recipe, "--out", join(folder, "one"), "--workers", "1");
  expect(made.stderr).not.toContain("expected");
  expect(made.status).toBe(0);
});
afterAll(() => rmSync(folder, {recursive: true, force: true}));

describe("ballast run", () => {
  it("gives the same bytes with two workers as with one", async () => {
    const made = ballast("run", recipe, "--out", join(folder, "two"), "--workers", "2", "--json");
    expect(made.status).toBe(0);
    expect((JSON.parse(made.stdout) as {changed: boolean}).changed).toBe(true);
    const hashes = await tree(join(folder, "one"));
    expect(Object.keys(hashes).length).toBeGreaterThan(8);
    expect(await tree(join(folder, "two"))).toEqual(hashes);
  });

  it("says so when nothing has changed, and mends a data set that was", async () => {
    const again = async () =>
      (await runFactory({...(await readRecipe(recipe)), out: join(folder, "two"), workers: 2})).changed;
    expect(await again()).toBe(false);
    const shard = join(folder, "two/data/prose/T0/part-00000.parquet");
    writeFileSync(shard, readFileSync(shard).fill(0, 100, 101));
    expect(await again()).toBe(true);
    expect(await tree(join(folder, "two"))).toEqual(await tree(join(folder, "one")));
    expect(readFileSync(join(folder, "two/meta/run.jsonl"), "utf8").trim().split("\n")).toHaveLength(2);
  });

  it("ends with the same bytes after it was killed at any moment", async () => {
    const out = join(folder, "killed");
    const expected = await tree(join(folder, "one"));
    const random = createRandom("kill");
    for (let i = 0; i < 6; i++) {
      const child = start("run", recipe, "--out", out, "--workers", "2");
      const ended = once(child, "exit");
      await Promise.race([sleep(800 + 3200 * random()), ended]);
      child.kill("SIGKILL");
      await ended;
      // What looks whole is whole.
      if (existsSync(join(out, "data-card.json"))) expect(await tree(out)).toEqual(expected);
      if (i % 2 === 1) rmSync(join(out, "data-card.json"), {force: true});
    }
    expect(await run(recipe, "--out", out)).toEqual({status: 0, message: ""});
    expect(await tree(out)).toEqual(expected);
    expect(readdirSync(join(out, ".store")).sort()).toEqual(
      ["finished", "pii.key", expect.stringMatching(/^[0-9a-f]{16}$/)].sort()
    );
  });

  it("refuses a second run in the same folder, naming the first one's process", async () => {
    const out = join(folder, "shared");
    const first = start("run", recipe, "--out", out, "--workers", "1");
    const ended = once(first, "exit");
    while (!existsSync(join(out, ".store/lock"))) await sleep(20);
    const second = await run(recipe, "--out", out);
    expect(second.status).toBe(1);
    expect(second.message).toContain(`process ${first.pid} is at work in it`);
    expect((await ended)[0]).toBe(0);
    expect(await tree(out)).toEqual(await tree(join(folder, "one")));
  });

  it("keeps or rejects every draft, with counts that add up", async () => {
    const out = join(folder, "one");
    const {counts, files, seeds, tiers, tokens} = card(out);
    expect(counts.generated).toBe(counts.kept + counts.rejected);
    expect(Object.values(counts.byReason).reduce((a, b) => a + b, 0)).toBe(counts.rejected);
    const rows = async (root: string) =>
      (
        await Promise.all(
          Object.keys(files)
            .filter((path) => path.startsWith(root) && path.endsWith(".parquet"))
            .map((path) => collect(readParquet(join(out, path))))
        )
      ).flat(2);
    const kept = await rows("data/");
    const rejects = await rows("rejects/");
    expect([kept.length, rejects.length]).toEqual([counts.kept, counts.rejected]);
    expect(kept.reduce((sum, row) => sum + (row.tokens as number), 0)).toBe(tokens);
    expect(Object.values(tiers).reduce((sum, tier) => sum + tier.tokens, 0)).toBe(tokens);
    for (const {reason, stage} of rejects) expect([reason, stage]).not.toContain("");
    const trained = seeds.find(({id}) => id === "notes")!;
    expect(counts.byGenerator.human.generated).toBe(trained.train);
    expect(counts.byGenerator["word-problems"].generated).toBe(900);
    // 63 files: one holds NUL, one is a copy.
    expect(trained.train + trained.heldOut).toBe(61);
    expect(new Set([...kept, ...rejects].map(({origin}) => origin)).size).toBe(counts.generated);
  });

  it("redacts personal data of the seeds, and says how much", async () => {
    const rows = [];
    for (const path of Object.keys(card(join(folder, "one")).files).filter((path) => path.endsWith(".parquet")))
      rows.push(...(await collect(readParquet(join(folder, "one", path)))).flat());
    const text = JSON.stringify(rows);
    expect(text).toContain("around it. Ask <EMAIL>.");
    expect(text).not.toContain("quill");
    const manifest = readFileSync(join(folder, "one/meta/manifest.json"), "utf8");
    expect((JSON.parse(manifest) as Manifest).seeds.map(({redacted}) => redacted)).toEqual([{EMAIL: 1}, {}]);
  });

  it("shows no generator what is held out", async () => {
    const out = join(folder, "one");
    const heldOut = (await collect(readParquet(join(out, "meta/heldout.parquet")))).flat();
    const train = (await collect(readParquet(join(out, "meta/seeds.parquet")))).flat();
    expect(heldOut.length).toBeGreaterThan(5);
    for (const {split} of heldOut) expect(["dev", "test"]).toContain(split);
    const secret = new Set(heldOut.map(({sha256}) => sha256));
    for (const {sha256, split} of train) expect([split, secret.has(sha256)]).toEqual(["train", false]);
  });

  it("leaves an older data set as it was when a rule refuses the new one, and nothing where there was none", async () => {
    const strict = join(folder, "strict.yaml");
    writeFileSync(strict, yaml.replace("anchor: 0.05", "anchor: 0.9"));
    const old = join(folder, "old");
    cpSync(join(folder, "one"), old, {recursive: true});
    for (const out of [old, join(folder, "fresh")]) {
      const refused = await run(strict, "--out", out);
      expect(refused.status).toBe(1);
      expect(refused.message).toMatch(/rule anchor refused: T0 \+ T1 ≥ 0\.9; value 0\.\d+, bound 0\.9/);
    }
    expect(await tree(old)).toEqual(await tree(join(folder, "one")));
    expect(await tree(join(folder, "fresh"))).toEqual({});
  });

  it.each([
    ["no --out", ["none.yaml"], 2, "--out: expected a folder"],
    ["no workers", ["none.yaml", "--out", "x", "--workers", "0"], 2, "--workers: expected a whole number from 1"],
    ["unknown flag", ["none.yaml", "--outt", "x"], 2, "--outt"]
  ])("exits clearly: %s", async (_, args, status, message) => {
    const refused = await run(...args);
    expect(refused.status).toBe(status);
    expect(refused.message).toContain(message);
  });

  it("says what is missing in a line, and no more", () => {
    const {status, stdout, stderr} = ballast("run", "none.yaml", "--out", "x");
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toBe("ballast run: none.yaml: expected a recipe, got nothing there\n");
  });

  it("names a missing file, a broken Parquet file and a broken line of the seeds", async () => {
    const refused = async (source: string) => {
      const path = join(folder, "bad.yaml");
      writeFileSync(path, yaml.replace("source: text, path: notes", source));
      const {status, message} = await run(path, "--out", join(folder, "bad"));
      expect(status).toBe(1);
      expect(existsSync(join(folder, "bad/data-card.json"))).toBe(false);
      return message;
    };
    expect(await refused("source: text, path: nowhere")).toContain(
      `${join(folder, "nowhere")}: expected a file or folder, got nothing there`
    );
    writeFileSync(join(folder, "broken.parquet"), "PAR1");
    expect(await refused("source: parquet, path: broken.parquet")).toContain(
      `${join(folder, "broken.parquet")}: expected a Parquet file`
    );
    writeFileSync(join(folder, "broken.jsonl"), '{"text":"fine"}\n{"text":\n');
    expect(await refused("source: jsonl, path: broken.jsonl")).toContain(
      `${join(folder, "broken.jsonl")}:2: expected JSON`
    );
  });
});

const root = process.getuid?.() === 0;
const disk =
  root &&
  spawnSync("sh", ["-c", "d=$(mktemp -d) && mount -t tmpfs -o size=64k tmpfs $d && umount $d; rmdir $d"]).status === 0;

// Needs a small disk of its own: mounting one takes root.
describe.skipIf(!disk)("on a full disk", () => {
  it("says so, loses nothing, and goes on when there is room", async () => {
    const mount = join(folder, "disk");
    mkdirSync(mount);
    expect(spawnSync("mount", ["-t", "tmpfs", "-o", "size=700k", "tmpfs", mount]).status).toBe(0);
    try {
      const out = join(mount, "out");
      const full = ballast("run", recipe, "--out", out, "--workers", "1");
      expect(full.status).toBe(1);
      expect(full.stderr).toContain(`${out}: expected room on the disk, got none left`);
      expect(existsSync(join(out, "data-card.json"))).toBe(false);
      expect(spawnSync("mount", ["-o", "remount,size=200m", mount]).status).toBe(0);
      expect((await run(recipe, "--out", out)).status).toBe(0);
      expect(await tree(out)).toEqual(await tree(join(folder, "one")));
    } finally {
      spawnSync("umount", [mount]);
    }
  });
});
