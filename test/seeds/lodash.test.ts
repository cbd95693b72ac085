import {readFileSync} from "node:fs";
import {createRequire} from "node:module";
import {expect, test} from "vitest";
import {Seed} from "../../lib/schema/seed.js";
import {lodash, readDocumented} from "../../lib/seeds/lodash.js";
import {lodashSeeds} from "./lodashSeeds.js";

test("every documented function of lodash is one seed with the recipe's licence", async () => {
  const seeds = await lodashSeeds();
  expect(seeds).toHaveLength(306);
  expect(new Set(seeds.map(({document}) => document)).size).toBe(306);
  for (const seed of seeds) {
    expect(Seed.parse(seed)).toMatchObject({license: "MIT", kind: "human", domain: "code"});
    expect(seed.text).toMatch(/^@example$/m);
    expect(seed.text).not.toMatch(/^ *\* |@since|@memberOf|@static|@category/m);
  }
});

test("the functions that lodash's own index lists are there", async () => {
  const names = new Set((await lodashSeeds()).map(({document}) => document));
  for (const name of ["chunk", "zipWith", "sortBy", "debounce", "isEqual", "get", "camelCase", "range", "_#plant"])
    expect(names).toContain(name);
});

test("a seed's lines are lines of the source's comment, in its order", async () => {
  const source = readFileSync(createRequire(import.meta.url).resolve("lodash/lodash.js"), "utf8").normalize("NFC");
  for (const {text} of await lodashSeeds()) {
    let at = source.indexOf(`* ${text.split("\n")[0]}`);
    expect(at).toBeGreaterThan(0);
    for (const line of text.split("\n")) {
      at = source.indexOf(line, at);
      expect(at, line).toBeGreaterThan(0);
    }
  }
});

test("a comment without an example, or of nothing that has a name, is passed over", () => {
  const source =
    "/**\n * Adds.\n * @example\n */\nfunction add() {}\n/** one line */\n/**\n * Orphan.\n * @example\n * x\n */\n1;";
  expect(readDocumented(source)).toEqual([]);
  expect(
    readDocumented(
      "/**\n * Adds.\n *\n * @since 1\n *   later\n * @param a b\n * @example\n *\n * add(1);\n */\nvar add = 1;"
    )
  ).toEqual([{name: "add", text: "Adds.\n\n@param a b\n@example\n\nadd(1);"}]);
});

test("an option that it does not have is refused by name", async () => {
  await expect(lodashSeeds({options: {functions: 3}})).rejects.toThrow(/seeds "lodash" \(lodash\).*functions/);
  expect(lodash.id).toBe("lodash");
});
