import {mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it, vi} from "vitest";
import {Misuse} from "../../lib/cli/command.js";
import {command} from "../../lib/cli/privacy.js";
import {readParquet} from "../../lib/io/parquet.js";
import type {PiiMeasure} from "../../lib/curate/pii/measurePii.js";
import type {Privacy} from "../../lib/run/privacy.js";
import type {PrivacyFinding} from "../../lib/run/privacyFindings.js";
import {createRandom, type Random} from "../../lib/text/random.js";
import {collect} from "../collect.js";

let folder: string;
const at = (name: string) => join(folder, name);

/** Notes of one distribution. */
function note(random: Random): string {
  const pick = (list: string) => random.pick(list.split(" "));
  const one = () =>
    `The ${pick("red blue old new tall wide cold warm")} ${pick("crane barge ferry tug skiff yawl")} left berth ${random.int(90)} with ` +
    `${random.int(9000)} crates of ${pick("tea flax rope tin salt figs cork wool rice oats")}, ${pick("early late twice again")}.`;
  return Array.from({length: 5}, one).join(" ");
}

function notes(n: number, seed: string): string[] {
  const random = createRandom("notes", seed);
  return Array.from({length: n}, () => note(random));
}

function write(name: string, texts: readonly string[], column = "text"): string {
  writeFileSync(at(name), texts.map((text) => `${JSON.stringify({[column]: text})}\n`).join(""));
  return at(name);
}

async function run(...args: string[]): Promise<{code: number; out: string}> {
  let out = "";
  const heard = vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    out += String(text);
    return true;
  });
  try {
    return {code: await command.run(args), out};
  } finally {
    heard.mockRestore();
  }
}

const json = (out: string) => JSON.parse(out) as Privacy;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ballast-privacy-"));
  writeFileSync(at("key"), "0123456789abcdef0123456789abcdef");
});
afterAll(() => rmSync(folder, {recursive: true, force: true}));

describe("ballast privacy", () => {
  it("tells personal data, copied runs and near copies by place, and no value anywhere", async () => {
    const [a, b, c, d] = notes(4, "plain");
    const email = "mara.quill@example.org";
    const seeds = write("seeds.jsonl", [`${a} Write to ${email}.`, b], "body");
    const long = `${c} ${b} ${d}`;
    const samples = write("samples.jsonl", [
      `${d} Ask Mara.Quill@example.org or lee.onyx@example.net.`,
      long,
      b.replace("crates", "boxes"),
      ""
    ]);
    const args = [samples, "--seeds", seeds, "--seed-text", "body", "--key", at("key"), "--json"];
    const {code, out} = await run(...args, "--out", at("told"));
    expect(code).toBe(1);
    const found = json(out);
    expect([found.samples, found.seeds]).toEqual([4, 2]);
    expect(found.pii.find(({type}) => type === "EMAIL")).toEqual({
      ...{type: "EMAIL", found: 2, samples: 1},
      ...{seedValues: 1, replayed: 1, replays: 1, replaying: 1},
      // Clopper and Pearson: of 1 in 1 the least is 0.025; of 1 in 4 the ends are beta quantiles.
      ...{ofValues: {share: 1, interval: [expect.closeTo(0.025, 12), 1]}},
      ...{ofSamples: {share: 0.25, interval: [expect.closeTo(0.0063094632, 9), expect.closeTo(0.8058795503, 9)]}}
    });
    expect(found.alarms.map(({kind}) => kind)).toEqual(["pii-replay", "copied-run", "near-copy"]);
    expect(found.memorisation.long.samples).toBe(2);
    expect(found.nearCopies.samples).toBe(1);
    expect(found.nearCopies.recall).toBeGreaterThan(0.999);

    const rows = (await collect(readParquet(at("told/privacy.parquet")))).flat() as unknown as PrivacyFinding[];
    for (const [kind, n] of Object.entries(found.findings))
      expect(rows.filter(({finding}) => finding === kind)).toHaveLength(n);
    const replay = rows.find(({finding, type}) => finding === "pii-replay" && type === "EMAIL")!;
    expect([replay.at, replay.seed]).toEqual([`${samples}:1`, `${seeds}:1`]);
    const text = (JSON.parse(readFileSync(samples, "utf8").split("\n")[0]) as {text: string}).text;
    expect(text.slice(replay.start!, replay.end!)).toBe("Mara.Quill@example.org");
    const run50 = rows.find(({finding, at}) => finding === "copied-run" && at === `${samples}:2`)!;
    expect(long.slice(run50.start!, run50.end!)).toBe(b.slice(0, -1));
    expect(b.slice(run50.seed_start!, run50.seed_end!)).toBe(b.slice(0, -1));
    const near = rows.find(({finding}) => finding === "near-copy")!;
    expect([near.at, near.seed]).toEqual([`${samples}:3`, `${seeds}:2`]);
    // One word of w differs inside the text: 5 of its w − 4 shingles do, so that J = (w − 9) / (w + 1).
    const w = b.match(/[\p{L}\d]+/gu)!.length;
    expect(near.jaccard).toBeCloseTo((w - 9) / (w + 1), 12);

    for (const name of ["privacy.parquet", "privacy.json"])
      expect(readFileSync(at(`told/${name}`), "latin1").toLowerCase(), name).not.toMatch(/quill|lee\.onyx/);
    expect(out).not.toMatch(/quill|lee\.onyx/i);
    expect(JSON.parse(readFileSync(at("told/privacy.json"), "utf8"))).toEqual(found);
    // A hash without a key could be guessed: there is none.
    const bare = await run(samples, "--seeds", seeds, "--seed-text", "body", "--out", at("bare"), "--alarm", "none");
    expect(bare.code).toBe(0);
    expect(bare.out).not.toMatch(/quill|lee\.onyx/i);
    const hashes = (await collect(readParquet(at("bare/privacy.parquet")))).flat().map(({hash}) => hash);
    expect(new Set(hashes)).toEqual(new Set([null]));
    expect(new Set(rows.filter(({type}) => type === "EMAIL").map(({hash}) => hash)).size).toBe(2);
    // The same bytes again.
    await run(...args, "--out", at("again"));
    for (const name of ["privacy.parquet", "privacy.json"])
      expect(readFileSync(at(`again/${name}`))).toEqual(readFileSync(at(`told/${name}`)));
  });

  it("puts canaries into seeds, tells places and no secret, and finds them in what was made of the seeds", async () => {
    const seeds = write("plain-seeds.jsonl", notes(40, "canary seeds"));
    const args = ["--insert-canaries", "2", "--repeats", "1,4", "--key", at("key"), "--out", at("canaried")];
    const {code, out} = await run(seeds, ...args, "--json");
    expect([code, JSON.parse(out)]).toEqual([0, {texts: 40, canaries: 2, copies: 5, bits: 60}]);
    const secrets = (
      JSON.parse(readFileSync(at("canaried/canaries.json"), "utf8")) as {
        canaries: {id: string; secret: string; text: string}[];
      }
    ).canaries;
    expect(statSync(at("canaried/canaries.json")).mode & 0o777).toBe(0o600);
    const text = readFileSync(at("canaried/canary-manifest.json"), "utf8");
    const manifest = JSON.parse(text) as {
      canaries: {id: string; hash: string; places: {at: string; line: number; start: number; end: number}[]}[];
    };
    const changed = readFileSync(at("canaried/seeds.jsonl"), "utf8").trim().split("\n");
    for (const [i, {id, places}] of manifest.canaries.entries()) {
      expect([id, places.length]).toEqual([secrets[i].id, i % 2 === 0 ? 1 : 4]);
      expect(text).not.toContain(secrets[i].secret);
      for (const {at, line, start, end} of places) {
        expect(at).toBe(`${seeds}:${line}`);
        expect((JSON.parse(changed[line - 1]) as {text: string}).text.slice(start, end)).toBe(secrets[i].text);
      }
    }
    const clean = write("clean.jsonl", notes(60, "clean"));
    const spaced = secrets[1].secret.toUpperCase().split("").join(" ");
    const leaky = write("leaky.jsonl", [...notes(60, "clean"), `It was ${spaced}, he said.`]);
    const look = (samples: string) =>
      run(samples, "--seeds", seeds, "--canaries", at("canaried/canaries.json"), "--alarm", "canary", "--json");
    const quiet = await look(clean);
    expect([quiet.code, json(quiet.out).canaries!.verbatim]).toEqual([0, 0]);
    const loud = await look(leaky);
    expect([loud.code, json(loud.out).canaries!.hits, json(loud.out).canaries!.verbatim]).toEqual([1, 1, 1]);
    expect(loud.out).not.toContain(secrets[1].secret);
    // Copied with the sentence and cut after half of the secret: no verbatim canary, but the proxy knows how it goes on.
    const half = secrets[1].text.slice(0, -5);
    const exposed = json((await look(write("half.jsonl", [...notes(60, "clean"), half, half, half]))).out).canaries!;
    expect([exposed.verbatim, exposed.exposed]).toEqual([0, [secrets[1].id]]);
    await expect(run(clean, "--seeds", seeds, "--canaries", clean)).rejects.toThrow(`${clean}: expected JSON`);
  });

  it("sees members in copies of them, and none in texts made without them", async () => {
    const [members, others] = [notes(60, "members"), notes(60, "others")];
    const files = ["--members", write("members.jsonl", members), "--non-members", write("others.jsonl", others)];
    const look = (name: string, texts: readonly string[]) =>
      run(
        write(name, texts),
        "--seeds",
        at("members.jsonl"),
        ...files,
        "--alarm",
        "membership",
        "--draws",
        "300",
        "--json"
      );
    const copied = await look("copies.jsonl", [
      ...members.slice(0, 30).flatMap((text) => [text, text]),
      ...notes(50, "x")
    ]);
    expect(copied.code).toBe(1);
    expect(json(copied.out).membership!.verdict).toBe("leak");
    const fresh = await look("fresh.jsonl", notes(80, "fresh"));
    expect(fresh.code).toBe(0);
    const {verdict, control, attacks} = json(fresh.out).membership!;
    expect([verdict, control.auc > 0.99]).toEqual(["none-seen", true]);
    const [loss] = attacks;
    expect(loss.interval[0]).toBeLessThan(0.5);
    expect(loss.interval[1]).toBeGreaterThan(0.5);
    const words = await run(at("fresh.jsonl"), "--seeds", at("members.jsonl"), ...files, "--draws", "100");
    expect(words.out).toContain(
      "60 non-members are too few for a false positive rate of 0.001: at least 1000 are needed"
    );
    expect(words.out).toContain("no alarm");
  });

  it("takes empty texts, NULs, half a surrogate pair, one text many times, and no sample at all", async () => {
    const [a] = notes(1, "odd");
    const odd = write("odd.jsonl", ["", "\0", "\ud83d", `${a}\0`, ...(Array(300).fill(a) as string[])]);
    const {code, out} = await run(odd, "--seeds", odd, "--json");
    const found = json(out);
    // The text with NUL and its 300 twins are what their seeds are; the others have no word to compare.
    expect([code, found.samples, found.seeds, found.nearCopies.samples]).toEqual([1, 304, 304, 301]);
    // Not each with each: 300 are one text.
    expect(found.nearCopies.compared).toBeLessThan(10);
    const none = json((await run(write("none.jsonl", []), "--seeds", odd, "--json")).out);
    expect([none.samples, none.nearCopies.share, none.alarms]).toEqual([0, null, []]);
  });

  it("redacts files, and measures on marked texts how well it finds", async () => {
    const marked = [{text: "Ask ann@quill.net or Bob.", spans: [{start: 4, end: 17, type: "EMAIL"}]}];
    writeFileSync(at("marked.jsonl"), marked.map((row) => `${JSON.stringify(row)}\n`).join(""));
    const done = await run(
      "redact",
      at("marked.jsonl"),
      "--out",
      at("redacted"),
      "--key",
      at("key"),
      "--style",
      "type"
    );
    expect([done.code, done.out]).toEqual([0, expect.stringContaining("1 of 1 rows redacted; none of 1 found values")]);
    expect(readFileSync(at("redacted/redacted.jsonl"), "utf8")).toContain('"Ask <EMAIL> or Bob."');
    const {types} = JSON.parse((await run("measure", at("marked.jsonl"), "--json")).out) as {types: PiiMeasure[]};
    expect(types.find(({type}) => type === "EMAIL")).toMatchObject({marked: 1, recalled: 1, found: 1, right: 1});
    for (const [args, words] of [
      [["redact"], "expected at least 1 argument"],
      [["redact", at("marked.jsonl")], "--out: expected a folder, got nothing"],
      [
        ["redact", at("marked.jsonl"), "--out", folder, "--style", "x"],
        "--style: expected stand-in, tag or type, got x"
      ],
      [["measure", at("marked.jsonl"), "--match", "x"], "--match: expected half or exact, got x"]
    ] as const)
      await expect(run(...args)).rejects.toThrow(words);
  });

  it("says what it expected of wrong options and files", async () => {
    const samples = write("one.jsonl", ["a"]);
    const refused = async (args: string[], words: string) => {
      const error = await run(samples, ...args).catch((e: unknown) => e);
      expect(error).toBeInstanceOf(Misuse);
      expect((error as Misuse).message).toContain(words);
    };
    await refused([], "--seeds: expected a file of seeds, got nothing");
    await refused(["--seeds", samples, "--members", samples], "--members and --non-members together");
    await refused(["--seeds", samples, "--alarm", "smoke"], 'membership, got "smoke"');
    await refused(["--seeds", samples, "--threshold", "2"], 'expected a number in (0, 1], got "2"');
    await refused(["--insert-canaries", "3", "--out", folder], "--key: expected a file with a key, got nothing");
    await expect(run(samples, "--seeds", samples, "--text", "body")).rejects.toThrow(
      `${samples}:1: body: expected text, got nothing`
    );
    writeFileSync(at("short"), "short");
    await expect(run(samples, "--seeds", samples, "--key", at("short"))).rejects.toThrow("at least 16 bytes, got 5");
  });
});
