import {mkdtemp, readdir, readFile, rm, stat} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {fillNpmCache} from "../../lib/run/npmCache.js";

let cache: string;

beforeAll(async () => {
  cache = await mkdtemp(join(tmpdir(), "ballast-npm-"));
  await fillNpmCache(cache);
});

afterAll(() => rm(cache, {recursive: true, force: true}));

async function manifest(name: string): Promise<{version: string}> {
  return JSON.parse(await readFile(join("node_modules", name, "package.json"), "utf8")) as {version: string};
}

test.each([
  "@observablehq/plot",
  "@duckdb/duckdb-wasm",
  "apache-arrow",
  "arquero",
  "d3",
  "d3-dsv",
  "highs",
  "htl",
  "lodash"
])("%s is there at the installed version", async (name) => {
  const {version} = await manifest(name);
  expect((await stat(join(cache, "_npm", `${name}@${version}`, "_esm.js"))).size).toBeGreaterThan(500);
});

test("modules import nothing but modules that are there", async () => {
  const files = (await readdir(cache, {recursive: true})).filter((name) => name.endsWith("_esm.js"));
  expect(files.length).toBeGreaterThan(40);
  for (const file of files) {
    const text = await readFile(join(cache, file), "utf8");
    for (const [, to] of text.matchAll(/(?<!["'\w.])(?:from|import)\s*"([\w@./-]+)"/g)) {
      expect(to, file).toMatch(/^\.\.?\//);
      await stat(join(cache, file, "..", to));
    }
  }
});

test("Framework's own name for DuckDB-WASM holds the installed one", async () => {
  const {version} = await manifest("@duckdb/duckdb-wasm");
  const read = (v: string) => readFile(join(cache, "_npm", "@duckdb", `duckdb-wasm@${v}`, "_esm.js"), "utf8");
  expect(await read("1.29.0")).toBe(await read(version));
});

test("the pages name the installed version of DuckDB-WASM", async () => {
  const {version} = await manifest("@duckdb/duckdb-wasm");
  const text = await readFile("docs/components/duckdb.ts", "utf8");
  const named = [...text.matchAll(/npm:@duckdb\/duckdb-wasm@([\d.]+)/g)].map(([, v]) => v);
  expect(new Set(named)).toEqual(new Set([version]));
});

test("the solver's wasm is served beside its module", async () => {
  const {version} = await manifest("highs");
  const bytes = await readFile(join(cache, "_npm", `highs@${version}`, "build", "highs.wasm"));
  expect(bytes.subarray(1, 4).toString()).toBe("asm");
});

test("what Framework would look up for every build has a version already, so that a build needs no network", async () => {
  const found = await readdir(join(cache, "_npm"));
  for (const name of ["react", "react-dom", "echarts", "leaflet", "mapbox-gl", "topojson-client"])
    expect(found.filter((folder) => folder.startsWith(`${name}@`))).toHaveLength(1);
});

test("a cache that is whole is left as it is", async () => {
  const {mtimeMs} = await stat(join(cache, "_npm"));
  await fillNpmCache(cache);
  expect((await stat(join(cache, "_npm"))).mtimeMs).toBe(mtimeMs);
});
