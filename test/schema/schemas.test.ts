import {readFileSync} from "node:fs";
import {expect, test} from "vitest";
import {z} from "zod";
import {schemas} from "../../lib/schema/schemas.js";

test.each(Object.keys(schemas) as (keyof typeof schemas)[])(
  "data/schemas/%s.schema.json says what Zod says",
  (name) => {
    const file = readFileSync(new URL(`../../data/schemas/${name}.schema.json`, import.meta.url), "utf8");
    expect(JSON.parse(file)).toEqual(z.toJSONSchema(schemas[name], {io: "input", target: "draft-7"}));
  }
);

test("a seed source without a licence is refused by name", () => {
  const result = schemas.recipe.safeParse({
    name: "x",
    license: "Apache-2.0",
    seeds: [{id: "a", source: "text", kind: "human", domain: "prose"}],
    generate: [{generator: "human", from: "a"}],
    policy: {}
  });
  expect(result.error?.issues[0].path).toEqual(["seeds", 0, "license"]);
  expect(result.error?.issues[0].message).toBe("a seed without a licence is refused");
});
