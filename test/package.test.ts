import {execFileSync, spawnSync} from "node:child_process";
import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join, resolve} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";

const root = resolve(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "ballast-package-"));
const installed = join(folder, "node_modules", "ballast");
let files: string[];

// What npm would install, without asking a registry: the packed files beside the dependencies of this checkout.
beforeAll(() => {
  const packed = execFileSync("npm", ["pack", "--json", "--pack-destination", folder], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"]
  });
  const [{filename, files: list}] = JSON.parse(packed.slice(packed.indexOf("["))) as [
    {filename: string; files: {path: string}[]}
  ];
  files = list.map(({path}) => path);
  mkdirSync(installed, {recursive: true});
  execFileSync("tar", ["-xzf", join(folder, filename), "-C", installed, "--strip-components=1"]);
  // Everything but what only developers have, so that a missing dependency shows.
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
    packages: Record<string, {dev?: boolean}>;
  };
  for (const [path, {dev}] of Object.entries(lock.packages)) {
    const match = /^node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(path);
    if (match === null || dev === true) continue;
    const [name] = match.slice(1);
    if (name.includes("/")) mkdirSync(join(folder, "node_modules", name.split("/")[0]), {recursive: true});
    symlinkSync(join(root, path), join(folder, "node_modules", name));
  }
});

afterAll(() => rmSync(folder, {recursive: true, force: true}));

function ballast(...args: string[]) {
  return spawnSync(process.execPath, [join(installed, "bin", "ballast.js"), ...args], {cwd: folder, encoding: "utf8"});
}

test("the package holds compiled code, pages and recipes, and no sources or tests", () => {
  expect(files).toContain("dist/lib/cli/main.js");
  expect(files).toContain("dist/lib/scaling/fit.d.ts");
  expect(files).toContain("dist/docs/index.md");
  expect(files).toContain("data/recipes/demo.yaml");
  expect(files.filter((path) => /^(lib|test|loaders|scripts)\//.test(path))).toEqual([]);
  expect(readdirSync(installed)).toContain("LICENSE");
});

test("the installed command line runs a recipe, checks the data set and builds its site", () => {
  const recipe = join(installed, "data", "recipes", "small.yaml");
  const run = ballast("run", recipe, "--out", "made");
  expect(run.stderr + run.stdout, run.stderr).not.toMatch(/error/i);
  expect(run.status, run.stderr).toBe(0);
  expect(ballast("check", "made").status).toBe(0);
  const site = ballast("site", "made", "--out", "site");
  expect(site.status, site.stderr).toBe(0);
  expect(readdirSync(join(folder, "site"))).toContain("index.html");
}, 240_000);

test("typed exports of the pure parts compile in a user's TypeScript file", () => {
  writeFileSync(join(folder, "package.json"), '{"type": "module"}');
  writeFileSync(
    join(folder, "user.ts"),
    `import {Plan} from "ballast/schema/plan";
import {createRandom} from "ballast/text/random";
import {fit} from "ballast/scaling/fit";
import {optimize} from "ballast/mix/optimize";
import {countNgrams} from "ballast/proxy/ngram";
const n: number = createRandom("a").int(3);
const plan: Plan | undefined = undefined;
// @ts-expect-error a number is no plan
const wrong: Plan = 1;
console.log(n, plan, wrong, typeof fit, typeof optimize, typeof countNgrams);
`
  );
  const flags = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2023", "user.ts"];
  const tsc = spawnSync(process.execPath, [join(root, "node_modules", "typescript", "bin", "tsc"), ...flags], {
    cwd: folder,
    encoding: "utf8"
  });
  expect(tsc.stdout).toBe("");
  expect(tsc.status).toBe(0);
});
