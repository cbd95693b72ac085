import {copyFile, mkdir, mkdtemp, rename, rm, writeFile} from "node:fs/promises";
import {existsSync, readFileSync, realpathSync} from "node:fs";
import {createRequire} from "node:module";
import {dirname, join, relative} from "node:path";
import {build, type Plugin} from "esbuild";
import {packageFolder} from "../io/assets.js";
import {sha256} from "../io/sha256.js";

/** An npm package as it lies on the disk. */
interface Package {
  name: string;
  version: string;
  folder: string;
}

// What pages import as npm:…, by name or through Framework's implicit Inputs, html, Plot, d3, aq, Arrow, sql and FileAttachment.
const direct = [
  "@duckdb/duckdb-wasm",
  "@observablehq/inputs",
  "@observablehq/plot",
  "apache-arrow",
  "arquero",
  "d3",
  "highs",
  "htl",
  "lodash",
  "parquet-wasm",
  "simple-statistics"
];

/** Files that pages fetch beside a package's module. */
const assets: Readonly<Record<string, readonly string[]>> = {
  "@duckdb/duckdb-wasm": ["dist/duckdb-eh.wasm", "dist/duckdb-browser-eh.worker.js"],
  highs: ["build/highs.wasm"],
  "parquet-wasm": ["esm/parquet_wasm_bg.wasm"]
};

// Framework's own `sql` and DuckDBClient ask for this version by number, and for both builds: they get the installed one.
const alias = {
  name: "@duckdb/duckdb-wasm",
  version: "1.29.0",
  assets: [...assets["@duckdb/duckdb-wasm"], "dist/duckdb-mvp.wasm", "dist/duckdb-browser-mvp.worker.js"]
};

// Framework looks up the latest of these for every build, whether a page imports them or not. An empty folder of a
// version's name answers in the network's place; a user's page that does import one gets that version, downloaded.
const pinned = [
  "@observablehq/sample-datasets@1.0.1",
  "echarts@6.1.0",
  "leaflet@1.9.4",
  "mapbox-gl@3.32.0",
  "react@19.3.1",
  "react-dom@19.3.1",
  "topojson-client@3.1.0"
];

const format = 4;

/**
 * Fills `<cache>/_npm` with the installed versions of what pages import, so that Framework downloads nothing: one
 * bundled module a package, packages linked to each other. A folder that is complete is left as it is.
 *
 * A package that is not among these is downloaded by Framework as ever, and needs the network.
 *
 * @param cache Framework's cache folder, `<docs>/.observablehq/cache`
 */
export async function fillNpmCache(cache: string): Promise<void> {
  const packages = installed();
  const key = keyOf(packages);
  const target = join(cache, "_npm");
  const stamp = join(cache, "npm.key");
  if (existsSync(target) && existsSync(stamp) && readFileSync(stamp, "utf8") === key) return;
  await mkdir(cache, {recursive: true});
  const made = await mkdtemp(join(cache, "npm-"));
  try {
    await bundle(packages, made);
    await pin(made);
    await rm(target, {recursive: true, force: true});
    // Another process may have made the same folder meanwhile: it holds the same bytes.
    await rename(made, target).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") throw error;
    });
    await writeFile(stamp, key);
  } finally {
    await rm(made, {recursive: true, force: true});
  }
}

/** What `<cache>/_npm` hangs on: names and versions of the packages, and how they are bundled. */
export function npmCacheKey(): string {
  return keyOf(installed());
}

function keyOf(packages: readonly Package[]): string {
  return sha256([format, ...packages.map(({name, version}) => `${name}@${version}`)].join("\n"));
}

/** The packages that pages may import, d3's parts among them, as installed beside this package. */
function installed(): readonly Package[] {
  const root = direct.map((name) => find(name, packageFolder));
  const d3 = root.find(({name}) => name === "d3")!;
  const parts = Object.keys(manifest(d3.folder).dependencies ?? {}).map((name) => find(name, d3.folder));
  const inputs = root.find(({name}) => name === "@observablehq/inputs")!;
  const all = [...root, ...parts, find("isoformat", inputs.folder)];
  return all.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function find(name: string, from: string): Package {
  const paths = createRequire(join(from, "package.json")).resolve.paths(name) ?? [];
  const path = paths.map((path) => join(path, name)).find((path) => existsSync(join(path, "package.json")));
  if (path === undefined) throw new Error(`expected the package ${name} to be installed, found none from ${from}`);
  const folder = realpathSync(path);
  return {name, version: manifest(folder).version, folder};
}

function manifest(folder: string): {version: string; dependencies?: Record<string, string>} {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}

async function bundle(packages: readonly Package[], out: string): Promise<void> {
  const result = await build({
    entryPoints: packages.map(({name, version}) => ({in: name, out: `${name}@${version}/_esm`})),
    outdir: out,
    absWorkingDir: packageFolder,
    bundle: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    minify: true,
    write: false,
    logLevel: "error",
    plugins: [link(packages)]
  });
  for (const {path, text} of result.outputFiles) {
    await mkdir(dirname(path), {recursive: true});
    await writeFile(
      path,
      text.replace(/(["'])\/_npm\/([^"']+)\1/g, (_, quote: string, to: string) => {
        const from = relative(dirname(path), join(out, to)).replaceAll("\\", "/");
        return `${quote}${from.startsWith(".") ? from : `./${from}`}${quote}`;
      })
    );
  }
  for (const {name, version, folder} of packages) {
    const module = `${name}@${version}`;
    for (const asset of assets[name] ?? []) await copy(join(folder, asset), join(out, module, asset));
    if (name !== alias.name || version === alias.version) continue;
    const other = `${name}@${alias.version}`;
    await copy(join(out, module, "_esm.js"), join(out, other, "_esm.js"));
    for (const asset of alias.assets) await copy(join(folder, asset), join(out, other, asset));
  }
}

async function pin(out: string): Promise<void> {
  for (const name of pinned) await mkdir(join(out, name), {recursive: true});
}

async function copy(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), {recursive: true});
  await copyFile(from, to);
}

/**
 * Leaves imports of other direct packages as links between modules, so that a page loads each once. d3's parts are
 * bundled: thirty small modules would cost a build two seconds.
 */
function link(packages: readonly Package[]): Plugin {
  const listed = new Map(packages.map((item) => [item.name, item]));
  return {
    name: "link",
    setup({onLoad, onResolve, resolve}) {
      // What a package would load in Node alone is an empty module on a page.
      onResolve({filter: /^node:/}, ({path}) => ({path, namespace: "node"}));
      onLoad({filter: /.*/, namespace: "node"}, () => ({contents: "export default {};"}));
      onResolve({filter: /^[^./]/}, async ({path, kind, pluginData}) => {
        const item = listed.get(path);
        if (item === undefined || pluginData === "entry") return;
        if (kind !== "entry-point") {
          if (!direct.includes(path)) return;
          return {path: `/_npm/${item.name}@${item.version}/_esm.js`, external: true};
        }
        return resolve(path, {kind: "import-statement", resolveDir: item.folder, pluginData: "entry"});
      });
    }
  };
}
