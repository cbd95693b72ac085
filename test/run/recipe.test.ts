import {describe, expect, it} from "vitest";
import {presetOptions} from "../../lib/dedup/presets.js";
import {parseRecipe} from "../../lib/run/recipe.js";
import type {Parts} from "../../lib/run/recipeChecks.js";

const parts: Parts = {
  sources: [{id: "states"}, {id: "text"}],
  generators: [
    {id: "human", family: "human", kinds: ["prose"]},
    {id: "sums", family: "grammar", kinds: ["problem"]}
  ],
  verifiers: [
    {id: "arithmetic", family: "exact"},
    {id: "same-grammar", family: "grammar"},
    {id: "answer", family: "exact", needsReference: true}
  ]
};

const good = `name: tiny
license: CC0-1.0
seeds:
  - id: notes
    source: text
    path: notes
    license: MIT
    kind: human
    domain: prose
generate:
  - generator: human
    from: notes
policy:
  prose: {}
`;

const errors = (text: string): string => {
  try {
    parseRecipe(text, "recipe.yaml", parts);
  } catch (error) {
    expect(error).toBeInstanceOf(TypeError);
    return (error as Error).message;
  }
  throw new Error("expected the recipe to be refused");
};

describe("parseRecipe", () => {
  it("fills in defaults", () => {
    const recipe = parseRecipe(good, "recipe.yaml", parts);
    expect(recipe.rules).toEqual({anchor: 0.3, generators: 2});
    const {size, bands, rows, threshold} = presetOptions("ballast");
    expect(recipe.dedup).toEqual({shingle: size, bands, rows, threshold});
    expect(recipe.generate[0].perSeed).toBe(1);
    expect(recipe.seeds[0].heldOut).toEqual({dev: 0, test: 0});
  });

  it.each([
    ["name: tiny", "name: Tiny", 'recipe.yaml:1:7: name: expected a lowercase slug such as word-problems, got "Tiny"'],
    ["license: CC0-1.0\n", "", "recipe.yaml:1:1: license: expected a string, got nothing"],
    ["    license: MIT\n", "", "recipe.yaml:4:5: seeds[0].license: a seed without a licence is refused, got nothing"],
    ["license: MIT", 'license: ""', 'recipe.yaml:7:14: seeds[0].license: a seed without a licence is refused, got ""'],
    [
      "kind: human",
      "kind: humane",
      'recipe.yaml:8:11: seeds[0].kind: expected one of human, textbook, simulator, got "humane"'
    ],
    ["    from: notes", "    form: notes", "recipe.yaml:12:5: generate[0].form: unknown field; did you mean from?"],
    ["policy:", "polizy:", "recipe.yaml:13:1: polizy: unknown field; did you mean policy?"],
    [
      "generator: human",
      "generator: humans",
      'recipe.yaml:11:16: generate[0].generator: expected one of human, sums, got "humans"; did you mean human?'
    ],
    ["source: text", "source: web", 'recipe.yaml:5:13: seeds[0].source: expected one of states, text, got "web"'],
    [
      "from: notes",
      "from: nodes",
      'recipe.yaml:12:11: generate[0].from: expected one of notes, got "nodes"; did you mean notes?'
    ],
    ["name: tiny", "name: tiny\nseed: 1.5", "recipe.yaml:2:7: seed: expected a whole number, got 1.5"],
    ["name: tiny", "name: tiny\nseed: -1", "recipe.yaml:2:7: seed: expected a number of at least 0, got -1"],
    [
      "prose: {}",
      "prose: {require: [arithmetics]}",
      "recipe.yaml:14:21: policy.prose.require[0]: expected one of arithmetic, same-grammar, answer"
    ],
    [
      "prose: {}",
      "prose: {promote: [answer]}",
      "recipe.yaml:14:21: policy.prose.promote[0]: expected a verifier that can judge a draft by itself: answer needs a trusted answer beside it"
    ],
    [
      "    from: notes",
      "    from: notes\n    perSeed: 0",
      "recipe.yaml:13:14: generate[0].perSeed: expected a number of at least 1, got 0"
    ],
    [
      "domain: prose",
      "domain: prose\n    heldOut: {dev: 0.7, test: 0.6}",
      "seeds[0].heldOut: expected dev + test of at most 1, got 0.7 + 0.6"
    ],
    ["source: text", "source: states", 'seeds[0].kind: expected simulator for the source states, got "human"'],
    [
      "  prose: {}",
      "  Prose: {}",
      'recipe.yaml:14:3: policy.Prose: expected a lowercase slug such as word-problems, got "Prose"'
    ]
  ])("names file, line, column and field: %j as %j", (from, to, message) => {
    expect(good).toContain(from);
    expect(errors(good.replace(from, to))).toContain(message);
  });

  it("reports every mistake, one a line", () => {
    const text = good.replace("name: tiny", "name: 7").replace("kind: human", "kind: x");
    expect(errors(text).split("\n")).toHaveLength(2);
  });

  it("says where YAML itself is broken", () => {
    expect(errors("name: [1\nlicense: x\n")).toMatch(/^recipe\.yaml:2:1: expected YAML: /);
    expect(errors("name: a\nname: b\n")).toMatch(/^recipe\.yaml:2:1: expected YAML: Map keys must be unique/);
    expect(errors("")).toContain("expected a mapping, got null");
  });

  it("wants a policy for every kind that a generator makes", () => {
    expect(errors(good.replace("generator: human", "generator: sums"))).toContain(
      "generate[0].generator: sums makes samples of kind problem: expected policy.problem, got none"
    );
  });

  it("refuses a verifier of the generator's own family", () => {
    const text = good.replace("generator: human", "generator: sums") + "  problem: {promote: [same-grammar]}\n";
    expect(errors(text)).toContain("rule family refused");
    expect(errors(text)).toContain("sums and same-grammar are both grammar");
  });

  it("refuses two sources of one name", () => {
    const source = good.slice(good.indexOf("  - id: notes"), good.indexOf("generate:"));
    expect(errors(good.replace("generate:", `${source}generate:`))).toContain(
      'recipe.yaml:10:9: seeds[1].id: expected a name that no other source of the recipe has, got "notes"'
    );
  });

  it("refuses a mix under the anchor bound, naming rule, value and bound", () => {
    const mix = "mix: {T0: 0.1, T1: 0.15, T2: 0.5, T3: 0.25}\n";
    expect(errors(good + mix)).toBe("recipe.yaml:15:6: mix: rule anchor refused: T0 + T1 ≥ 0.3; value 0.25, bound 0.3");
    expect(parseRecipe(good + mix.replace("0.25}", "0}"), "recipe.yaml", parts).mix?.T3).toBe(0);
    expect(errors(good + mix.replace("0.25}", "1, T4: 1}"))).toContain("mix.T4: unknown field; did you mean T0?");
  });
});
