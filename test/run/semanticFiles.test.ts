import {mkdtemp, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {readParquet, writeParquet} from "../../lib/io/parquet.js";
import {semanticFiles} from "../../lib/run/semanticFiles.js";
import {createRandom} from "../../lib/text/random.js";
import {randomText} from "../dedup/perturb.js";
import {serveEmbeddings} from "../endpoints/embeddingsServer.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ballast-semantic-"));
});
afterAll(() => rm(folder, {recursive: true, force: true}));

async function read(path: string): Promise<Record<string, unknown>[]> {
  const all: Record<string, unknown>[] = [];
  for await (const batch of readParquet(path)) all.push(...batch);
  return all;
}

const random = createRandom("semantic files");
const originals = Array.from({length: 12}, () => randomText(random, 30));
const backwards = (text: string) => text.split(" ").reverse().join(" ");

test("retold rows of Parquet and JSONL are removed, mapped, and nothing is lost", async () => {
  const [a, b] = [join(folder, "a.parquet"), join(folder, "b.jsonl")];
  await writeParquet(a, {text: "VARCHAR", ceiling: "VARCHAR", n: "INTEGER"}, [
    ...originals.map((text, n) => ({text, ceiling: "T2", n})),
    {text: originals[5], ceiling: "T2", n: 12}
  ]);
  await writeFile(b, originals.slice(0, 3).map((text, n) => JSON.stringify({text: backwards(text), ceiling: "T0", n})).join("\n")); // prettier-ignore
  const out = join(folder, "out");
  expect(await semanticFiles([a, b], out)).toEqual({
    ...{
      rows: 16,
      kept: 12,
      exact: 1,
      semantic: 3,
      clusters: 4,
      largestCluster: 2,
      threshold: 0.8,
      vectors: "terms",
      files: [a, b]
    }
  });
  // The human copy came second and is kept; of equal rows the first.
  expect(
    (await read(join(out, "clusters.parquet"))).map(({member, representative, kind}) => [member, representative, kind])
  ).toEqual([
    // prettier-ignore
    ["1:1", "2:1", "semantic"],
    ["1:2", "2:2", "semantic"],
    ["1:3", "2:3", "semantic"],
    ["1:13", "1:6", "exact"]
  ]);
  const kept = await read(join(out, "kept.parquet"));
  const rejects = await read(join(out, "rejects.parquet"));
  expect(kept.map(({n}) => n)).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 0, 1, 2]);
  expect(rejects.map(({n, duplicate_of}) => [n, duplicate_of])).toEqual([[0, "2:1"], [1, "2:2"], [2, "2:3"], [12, "1:6"]]); // prettier-ignore
  // Same words in another order: cosine 1, but for sums of 30 weights of 32 bits.
  for (const {duplicate_cosine} of rejects) expect(duplicate_cosine).toBeGreaterThan(1 - 60 * 2 ** -23);
});

test("vectors can come from an endpoint, each distinct text asked for once", async () => {
  const path = join(folder, "letters.parquet");
  const texts = ["stop pots", "spot tops", "listen", "listen", "zebra quiz"];
  await writeParquet(path, {text: "VARCHAR"}, texts.map((text) => ({text}))); // prettier-ignore
  const server = await serveEmbeddings();
  try {
    const found = await semanticFiles([path], join(folder, "letters"), {
      embeddings: {url: server.url, model: "letters"}
    });
    expect(found).toMatchObject({rows: 5, kept: 3, exact: 1, semantic: 1, threshold: 0.95, vectors: "embeddings"});
    expect(server.asked.flatMap(({input}) => input).sort()).toEqual([...new Set(texts)].sort());
  } finally {
    server.close();
  }
});

test("a cluster that would take too much ends the run with examples, and writes nothing", async () => {
  const path = join(folder, "template.parquet");
  const filler = randomText(random, 60);
  const rows = Array.from({length: 600}, (_, i) => ({text: i < 120 ? `${filler} unique${i}` : randomText(random, 30)}));
  await writeParquet(path, {text: "VARCHAR"}, rows);
  const out = join(folder, "template");
  await expect(semanticFiles([path], out, {threshold: 0.5})).rejects.toThrow(
    /^the cluster of 1:\d+ would lose 119 of all 600 rows, more than 0\.1: ".*" would stand for ".*" \(cosine 0\.\d+\)/
  );
  await expect(read(join(out, "kept.parquet"))).rejects.toThrow();
  expect((await semanticFiles([path], out, {threshold: 0.5, clusterShare: 1})).largestCluster).toBe(120);
});

test("a text that is missing is named by file and row", async () => {
  const path = join(folder, "null.parquet");
  await writeParquet(path, {text: "VARCHAR"}, [{text: "a"}, {text: null}]);
  await expect(semanticFiles([path], join(folder, "null"))).rejects.toThrow(
    `${path}, row 2: text: expected text, got null`
  );
});
