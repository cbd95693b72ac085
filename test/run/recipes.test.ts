import {readdirSync} from "node:fs";
import {fileURLToPath} from "node:url";
import {join} from "node:path";
import {describe, expect, it} from "vitest";
import {readRecipe} from "../../lib/run/recipe.js";

const folder = fileURLToPath(new URL("../../data/recipes", import.meta.url));

describe("the recipes that the project ships", () => {
  it.each(readdirSync(folder))("%s is valid", async (name) => {
    const {recipe} = await readRecipe(join(folder, name));
    expect(recipe.generate.length).toBeGreaterThan(0);
  });
});
