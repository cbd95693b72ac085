import {readdirSync, readFileSync} from "node:fs";
import {dirname, join, relative, resolve} from "node:path";
import {expect, test} from "vitest";

const root = resolve(import.meta.dirname, "..");
const ground = ["schema", "text", "stats"];
const pure = ["scaling", "mix", "proxy", "dedup"];
const stages = ["seeds", "generate", "verify", "curate", "export"];
const below = [...ground, ...pure, "io", "endpoints"];

// What each folder of lib/ may import beside itself.
const allowed: Record<string, readonly string[]> = {
  ...Object.fromEntries(ground.map((folder) => [folder, ground])),
  scaling: ground,
  mix: [...ground, "scaling"],
  proxy: ground,
  dedup: ground,
  io: ground,
  endpoints: [...ground, "io"],
  ...Object.fromEntries(stages.map((folder) => [folder, below])),
  // A verifier that ran its generator's model would be no second opinion.
  verify: [...ground, "io", "endpoints"],
  run: [...below, ...stages],
  cli: [...below, ...stages, "run"]
};

interface Import {
  from: string;
  to: string;
  typeOnly: boolean;
}

function imports(folder: string): Import[] {
  return readdirSync(join(root, folder), {recursive: true, withFileTypes: true})
    .filter((entry) => entry.isFile() && /\.(ts|js)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes("/.observablehq/"))
    .flatMap((path) =>
      [
        ...readFileSync(path, "utf8").matchAll(
          /(import|export)\s+(type\s+)?[^"';]*?from\s+"([^"]+)"|import\("([^"]+)"\)/g
        )
      ].map(([, , type, name, dynamic]) => ({
        from: relative(root, path),
        to: name ?? dynamic,
        typeOnly: type !== undefined
      }))
    );
}

const all = imports("lib");

test("lib/ has no folder without a wall", () => {
  const folders = readdirSync(join(root, "lib"), {withFileTypes: true}).filter((entry) => entry.isDirectory());
  expect(folders.map(({name}) => name).filter((name) => !(name in allowed))).toEqual([]);
});

test("dependencies between the folders of lib/ point one way", () => {
  const breaches = all
    .filter(({to}) => to.startsWith("."))
    .map(({from, to}) => ({from, to: relative(root, resolve(root, dirname(from), to))}))
    .filter(({from, to}) => {
      const [, source] = from.split("/");
      const [top, target] = to.split("/");
      return top !== "lib" || (source !== target && !allowed[source].includes(target));
    });
  expect(breaches).toEqual([]);
});

test("the ground floor and the pure folders import nothing of Node", () => {
  const breaches = all.filter(
    ({from, to}) => [...ground, ...pure].includes(from.split("/")[1]) && to.startsWith("node:")
  );
  expect(breaches).toEqual([]);
});

test("loaders are short and call lib/ alone", () => {
  const breaches = imports("loaders").filter(({to}) => !to.startsWith("../lib/") && !to.startsWith("node:"));
  expect(breaches).toEqual([]);
  for (const name of readdirSync(join(root, "loaders"))) {
    const lines = readFileSync(join(root, "loaders", name), "utf8").split("\n").length;
    expect(lines, name).toBeLessThanOrEqual(21);
  }
});

test("no Markdown lies in lib/ or loaders/, where it would become a page", () => {
  const files = ["lib", "loaders"].flatMap((folder) => readdirSync(join(root, folder), {recursive: true}) as string[]);
  expect(files.filter((name) => name.endsWith(".md"))).toEqual([]);
});
