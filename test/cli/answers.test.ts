import {existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {gunzipSync} from "node:zlib";
import {afterEach, beforeEach, describe, expect, it, vi} from "vitest";
import {command} from "../../lib/cli/answers.js";
import {Misuse} from "../../lib/cli/command.js";
import {openAnswers} from "../../lib/endpoints/answerCache.js";
import {sha256} from "../../lib/io/sha256.js";
import {answered} from "../endpoints/answered.js";

let folder: string;
const at = (name: string) => join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ballast-answers-"));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, {recursive: true, force: true});
});

async function run(...args: string[]): Promise<{code: number; out: string; err: string}> {
  let out = "";
  let err = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => ((out += String(text)), true));
  vi.spyOn(process.stderr, "write").mockImplementation((text) => ((err += String(text)), true));
  try {
    return {code: await command.run(args), out, err};
  } finally {
    vi.restoreAllMocks();
  }
}

async function store(name: string, numbers: readonly number[], by = "a"): Promise<void> {
  const cache = await openAnswers(at(name));
  for (const n of numbers) {
    const {key, request, answer} = answered(n, by);
    await cache.put(key, request, answer);
  }
  await cache.close();
}

const upTo = (n: number) => Array.from({length: n}, (_, i) => i);
const linesOf = (name: string) =>
  gunzipSync(readFileSync(at(name)))
    .toString()
    .split("\n")
    .slice(0, -1);

/** Writes lines to a file and imports it into an empty folder: why it was refused. */
async function refusal(lines: readonly string[]): Promise<string> {
  writeFileSync(at("wrong.jsonl"), lines.join("\n"));
  rmSync(at("empty"), {recursive: true, force: true});
  const error = await run("import", at("wrong.jsonl"), "--into", at("empty")).then(
    () => new Error("none"),
    (error: Error) => error
  );
  expect(existsSync(at("empty")), error.message).toBe(false);
  return error.message.replace(at("wrong.jsonl"), "FILE");
}

describe("ballast answers", () => {
  it("exports the same bytes from the same answers, whatever was stored when and how often", async () => {
    await store("one", upTo(50));
    await store("two", upTo(50).reverse());
    // What comes later under a key does not count.
    await store("two", upTo(50), "b");
    const {out, code} = await run("export", "--from", at("one"), "--out", at("one.jsonl.gz"), "--json");
    await run("export", "--from", at("two"), "--out", at("two.jsonl.gz"));
    expect(readFileSync(at("one.jsonl.gz")).equals(readFileSync(at("two.jsonl.gz")))).toBe(true);
    expect(statSync(at("one.jsonl.gz")).mode & 0o777).toBe(0o600);
    const text = gunzipSync(readFileSync(at("one.jsonl.gz")));
    expect([code, JSON.parse(out)]).toEqual([0, {answers: 50, sha256: sha256(text)}]);
    await run("export", "--from", at("one"), "--out", at("one.jsonl"));
    expect(readFileSync(at("one.jsonl")).equals(text)).toBe(true);
  });

  it("imports what was exported: the same answers, and the same export again", async () => {
    await store("one", upTo(300));
    await run("export", "--from", at("one"), "--out", at("one.jsonl.gz"));
    await store("two", [7, 8]);
    const first = await run("import", at("one.jsonl.gz"), "--into", at("two"), "--json");
    expect(JSON.parse(first.out)).toEqual({answers: 300, added: 298});
    const again = await run("import", at("one.jsonl.gz"), "--into", at("two"));
    expect(again.out).toContain("300 answers verified, 0 of them new");
    const cache = await openAnswers(at("two"));
    for (const n of upTo(300)) expect(cache.get(answered(n).key)).toEqual(answered(n).answer);
    await cache.close();
    await run("export", "--from", at("two"), "--out", at("two.jsonl.gz"));
    expect(readFileSync(at("two.jsonl.gz")).equals(readFileSync(at("one.jsonl.gz")))).toBe(true);
  });

  it("exports the answers of listed keys alone, and refuses to leave one out", async () => {
    await store("one", upTo(20));
    writeFileSync(at("keys"), `${answered(3).key}\n\n${answered(4).key}\n`);
    const listed = ["--keys", at("keys")];
    await run("export", "--from", at("one"), "--out", at("some.jsonl.gz"), ...listed);
    const keys = linesOf("some.jsonl.gz").map((line) => (JSON.parse(line) as {key: string}).key);
    expect(keys).toEqual([answered(3).key, answered(4).key].sort());
    writeFileSync(at("keys"), `${answered(3).key}\n${answered(99).key}`);
    await expect(run("export", "--from", at("one"), "--out", at("none.jsonl.gz"), ...listed)).rejects.toThrow(
      `none for 1 of 2: ${answered(99).key}`
    );
    expect(existsSync(at("none.jsonl.gz"))).toBe(false);
    writeFileSync(at("keys"), "abc");
    await expect(run("export", "--from", at("one"), "--out", at("none.jsonl.gz"), ...listed)).rejects.toThrow(
      "keys:1:"
    );
  });

  it("refuses a file with a wrong line by its number, and stores nothing of it", async () => {
    await store("one", upTo(5));
    await run("export", "--from", at("one"), "--out", at("one.jsonl.gz"));
    const lines = linesOf("one.jsonl.gz");
    const with3 = (change: (line: string) => string) => lines.map((line, i) => (i === 2 ? change(line) : line));
    const key = /^FILE:3: key: expected [0-9a-f]{64}, the hash of the request, got [0-9a-f]{64}$/;
    expect(await refusal(with3((line) => line.replace('"temperature":0', '"temperature":1')))).toMatch(key);
    expect(await refusal(with3((line) => line.slice(0, -9)))).toMatch(/^FILE:3: expected JSON/);
    expect(await refusal(with3((line) => line.replace('"answer":', '"answers":')))).toMatch(/^FILE:3: .*answer/);
    expect(await refusal(with3((line) => line.replace('"finish":"stop"', '"finish":0')))).toMatch(
      /^FILE:3: answer\.finish: .*expected string/
    );
    expect(await refusal(with3((line) => line.replace('"answer":{', '"answer":{"headers":{},')))).toMatch(
      /^FILE:3: answer: .*headers/
    );
    expect(await refusal([...lines, lines[4]])).toMatch(/^FILE:6: key: expected one after /);
    expect(await refusal(with3((line) => line.replace(/"answer":.*/, `"answer":[]}`)))).toBe(
      "FILE:3: answer: expected an object"
    );
    const deep = `{"x":${"[".repeat(200_000)}${"]".repeat(200_000)}}`;
    expect(await refusal(with3((line) => line.replace(/"request":.*/, `"request":${deep},"answer":{}}`)))).toMatch(
      /^FILE:3: request: expected JSON of less depth/
    );
  });

  it("refuses an answer other than the one that is there, which would count", async () => {
    await store("one", upTo(5), "a");
    await store("two", [3], "b");
    await run("export", "--from", at("one"), "--out", at("one.jsonl.gz"));
    await expect(run("import", at("one.jsonl.gz"), "--into", at("two"))).rejects.toThrow(
      /jsonl\.gz:\d: answer: expected the one that is there/
    );
    const cache = await openAnswers(at("two"));
    expect([cache.size, cache.get(answered(3).key)]).toEqual([1, answered(3, "b").answer]);
    await cache.close();
  });

  it("tells damaged lines and goes on without them", async () => {
    await store("one", upTo(3));
    const path = join(at("one"), "answers.jsonl");
    writeFileSync(path, readFileSync(path, "utf8").replace("stand-in-1", "stand-in-2"));
    const {code, err, out} = await run("export", "--from", at("one"), "--out", at("one.jsonl.gz"));
    expect(code).toBe(0);
    expect(err).toContain("1 damaged lines are passed over");
    expect(err).toContain(`${path}:2: expected the checksum`);
    expect(out).toContain("2 answers in");
  });

  it("is misused without a verb, a folder or a file", async () => {
    for (const args of [
      [],
      ["list"],
      ["export", "--from", folder],
      ["export", "--out", at("a.jsonl")],
      ["export", "--from", folder, "--out", at("a.txt")],
      ["import", "--into", folder],
      ["import", at("a.jsonl")]
    ])
      await expect(run(...args), args.join(" ")).rejects.toThrow(Misuse);
    await expect(run("export", "--from", at("nowhere"), "--out", at("a.jsonl"))).rejects.toThrow(/got none there/);
    expect(existsSync(at("nowhere"))).toBe(false);
  });
});
