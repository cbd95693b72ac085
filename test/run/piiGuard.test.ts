import {mkdtempSync, readdirSync, rmSync, statSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {withDuckDB} from "../../lib/io/duckdb.js";
import {readParquet, writeParquet} from "../../lib/io/parquet.js";
import {sha256} from "../../lib/io/sha256.js";
import type {Judged} from "../../lib/run/chunk.js";
import {judgedColumns} from "../../lib/run/columns.js";
import {createPiiGuard, personalSpans} from "../../lib/run/piiGuard.js";
import {piiKeyFile} from "../../lib/run/piiKeyFile.js";
import {refusePiiLeaks, stagedFiles} from "../../lib/run/piiLeaks.js";
import {refuseFoundPii} from "../../lib/run/refuseFoundPii.js";
import {writeShards} from "../../lib/run/writeShards.js";
import {Recipe, type Recipe as RecipeOf} from "../../lib/schema/recipe.js";
import {Reject} from "../../lib/schema/sample.js";
import {collect} from "../collect.js";

const recipe = (pii: object = {}): Pick<RecipeOf, "pii"> => ({pii: Recipe.shape.pii.parse(pii)});
const key = new TextEncoder().encode("a key of sixteen bytes or more");
const tokenizer = {count: (text: string) => text.split(/\s+/).length};
const guard = (pii?: object) => createPiiGuard(recipe(pii), {key, tokenizer});

let n = 0;
function draft(text: string, more: Partial<Judged> = {}): Judged {
  const tokens = tokenizer.count(text);
  return {
    ...{id: sha256(text), origin: `made/${n++}`, text, payload: "{}", domain: "prose", kind: "prose"},
    ...{tokens, generated: tokens, seed: sha256("seed"), generator: "made", family: "made", version: "1"},
    ...{ceiling: "T2", tier: "T2", spans: [], verdicts: [], votes: [], requests: [], stage: "", reason: "", detail: ""},
    ...more
  } as Judged;
}
const verdict = (detail: string) => ({
  ...{verifier: "quality", family: "rules", version: "1", ok: false, reason: "no"},
  ...{score: null, detail, sandbox: ""}
});

const vote = (quote: string) => ({
  ...{critic: "critic-support", judge: "j", model: "m", family: "made-too", answer: "fail" as const, confidence: 0.9},
  ...{quote, reason: "", detail: `quotes ${quote}`}
});

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ballast-guard-"));
});
afterAll(() => rmSync(folder, {recursive: true, force: true}));

test("a draft without personal data is what it was; one with it is refused, redacted in every text, and told by hash", () => {
  const plain = draft("Lincoln wrote to 12 people on 3 March 1862 from 10.0.0.7 and ops@example.org.");
  expect(guard().draft(plain)).toEqual({...plain, pii: []});

  const spans = [{start: 0, end: 4, seed: sha256("seed"), from: 0}];
  const payload = JSON.stringify({"ann@quill.net": ["call +44 20 7946 0958", 4111111111111111]});
  const hash = sha256("a picture");
  const media = [
    {path: `media/${hash}.png`, sha256: hash, mediaType: "image/png" as const, bytes: 9, width: 1, height: 1}
  ];
  expect(guard().draft({...plain, media}).media).toEqual(media);
  const one = guard().draft(draft("Pay 4111 1111 1111 1111 by card.", {payload, spans, media}));
  expect(one).toMatchObject({
    ...{stage: "privacy", reason: "personal-data", tier: null, detail: "expected none, got 1 CARD, 1 EMAIL, 1 PHONE"},
    ...{text: "Pay <CARD> by card.", payload: '{"<EMAIL>":["call <PHONE>",4111111111111111]}', spans: []},
    ...{id: sha256("Pay <CARD> by card."), tokens: 4, generated: 4, media: []}
  });
  expect(one.pii.map(({type}) => type)).toEqual(["CARD", "EMAIL", "PHONE"]);
});

test("what was refused before keeps its reason, and its verdicts are redacted too", () => {
  const bad = draft("No sum.", {
    ...{stage: "verify", reason: "quality:no", tier: null},
    ...{detail: 'got "ann@quill.net"', verdicts: [verdict("said ann@quill.net")]},
    votes: [vote("ann@quill.net")]
  });
  const {stage, reason, detail, verdicts, votes, text, id} = guard().draft(bad);
  expect([votes[0].quote, votes[0].detail]).toEqual(["<EMAIL>", "quotes <EMAIL>"]);
  expect([stage, reason, detail, verdicts[0].detail]).toEqual([
    ...["verify", "quality:no", 'got "<EMAIL>"', "said <EMAIL>"]
  ]);
  expect([text, id]).toEqual([bad.text, bad.id]);
});

test("names are personal where the recipe says so, and nothing that was redacted is personal again", () => {
  const text = "My name is Grace Okafor, mail grace@mail.net, ring +44 20 7946 0958.";
  const named = recipe({also: ["PERSON"]});
  expect(personalSpans(recipe())(text).map(({type}) => type)).toEqual(["EMAIL", "PHONE"]);
  expect(personalSpans(named)(text).map(({type}) => type)).toEqual(["PERSON", "EMAIL", "PHONE"]);
  const {text: redacted, types} = createPiiGuard(named, {key, tokenizer}).text(text);
  expect([redacted, types.length]).toEqual(["My name is <PERSON>, mail <EMAIL>, ring <PHONE>.", 3]);
  expect(personalSpans(named)(redacted)).toEqual([]);
});

test("a value that was found once is in no file of the data set, also where no rule finds it; a leak is told by place", async () => {
  const worker = guard();
  const drafts = [
    // No rule takes the number for one without its word; in the payload it is a number.
    draft("Ring me by phone: 70 31 22 48 today, or ask ann@quill.net."),
    draft("The code was 70312248 then."),
    draft("Nothing is here.", {payload: '{"sum":70312248}'}),
    draft("Nothing else is here."),
    draft("The seed said 91 22 33 44, no more.", {stage: "form", reason: "too-long", tier: null})
  ].map((one) => worker.draft(one));
  expect(drafts.map(({stage}) => stage)).toEqual(["privacy", "", "", "", "form"]);

  const assembly = guard();
  assembly.text("phone 91 22 33 44");
  const [chunk, staging] = [join(folder, "chunk.parquet"), join(folder, "staging")];
  await writeParquet(
    chunk,
    {chunk: "VARCHAR", ...judgedColumns},
    drafts.map((one) => ({chunk: "a", ...one}))
  );
  await withDuckDB(async (connection) => {
    await connection.run(`CREATE TABLE drafts AS SELECT * FROM read_parquet('${chunk}')`);
    await refuseFoundPii(connection, assembly, join(folder, "spill.jsonl"));
    await writeShards(connection, staging, 100);
  });
  const files = await stagedFiles(staging);
  expect(files.map((path) => path.slice(staging.length))).toEqual([
    "/data/prose/T2/part-00000.parquet",
    "/rejects/prose/part-00000.parquet"
  ]);
  const kept = (await collect(readParquet(files[0]))).flat();
  const rejects = (await collect(readParquet(files[1]))).flat().map((row) => Reject.parse(row));
  expect(kept.map(({text}) => text)).toEqual(["Nothing else is here."]);
  expect(rejects.map(({text, payload, reason}) => [text, payload, reason]).sort()).toEqual([
    ["Nothing is here.", '{"sum":"<PHONE>"}', "personal-data"],
    ["Ring me by phone: <PHONE> today, or ask <EMAIL>.", "{}", "personal-data"],
    ["The code was <PHONE> then.", "{}", "personal-data"],
    ["The seed said <PHONE>, no more.", "{}", "too-long"]
  ]);
  const hashes = new Set(rejects.flatMap(({pii}) => pii.map(({hash}) => hash)));
  expect(hashes.size).toBe(3);
  await refusePiiLeaks(files, assembly.found, {folder: staging});

  const leaky = join(staging, "data/prose/T2/part-00001.parquet");
  await writeParquet(leaky, {payload: "VARCHAR"}, [{payload: JSON.stringify({note: ["a\n70-31-22-48"]})}]);
  const failed = await refusePiiLeaks(await stagedFiles(staging), assembly.found, {folder: staging}).catch(String);
  expect(failed).toMatch(
    /got 1:\ndata\/prose\/T2\/part-00001\.parquet, row 1: payload\.note\[0\] \[2, 13\): PHONE [0-9a-f]{16}$/
  );
});

test("a key is made once, for its owner alone; the recipe's own is read", async () => {
  const store = join(folder, "store");
  const made = await piiKeyFile(recipe(), folder, store);
  expect(await piiKeyFile(recipe(), folder, store)).toEqual(made);
  expect([made.length, statSync(join(store, "pii.key")).mode & 0o777, readdirSync(store)]).toEqual([
    32,
    0o600,
    ["pii.key"]
  ]);
  await expect(piiKeyFile(recipe({key: "none"}), folder, store)).rejects.toThrow("none: expected a file with a key");
});
