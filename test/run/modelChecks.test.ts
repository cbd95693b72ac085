import {expect, test} from "vitest";
import {checkModels, type AskingParts} from "../../lib/run/modelChecks.js";
import {Recipe} from "../../lib/schema/recipe.js";

const parts: AskingParts = {
  generators: [
    {id: "plain", kinds: ["prose"]},
    {id: "qa", kinds: ["qa"], asks: {models: 1}},
    {id: "debate", kinds: ["qa"], asks: {models: 2, families: 2}},
    {id: "drawn", kinds: ["qa"], asks: {models: 1, image: true}}
  ],
  verifiers: [{id: "panel", asks: {judges: 3}}, {id: "quality"}]
};

const terms = {train: true, jurisdictions: ["EU"], terms: "apache-2.0"};
const endpoint = (id: string, model: string, more: object = {}) => ({id, url: "http://127.0.0.1:1/v1", model, output: terms, ...more}); // prettier-ignore
const four = [
  endpoint("a", "qwen3-32b"),
  endpoint("b", "llama-3.3-70b"),
  endpoint("c", "mistral-small"),
  endpoint("d", "gemma-3-27b")
];

function problemsOf(more: object): string[] {
  const recipe = Recipe.parse({
    name: "tiny",
    license: "CC0-1.0",
    seeds: [{id: "notes", source: "text", license: "MIT", kind: "human", domain: "prose"}],
    endpoints: four,
    critics: {judges: ["b", "c", "d"]},
    policy: {qa: {require: ["quality"], promote: ["panel"]}, prose: {}},
    generate: [{generator: "qa", from: "notes", teachers: ["a"]}],
    ...more
  });
  return checkModels(recipe, parts).map(({path, message}) => `${path.join(".")}: ${message}`);
}

const painter = endpoint("p", "our-painter", {family: "painter"});
const drawn = (more: object, teller: object = painter) => ({endpoints: [...four, teller], generate: [{generator: "drawn", from: "notes", teachers: ["a"], ...more}]}); // prettier-ignore
const step = (generator: string, teachers: readonly string[]) => ({generate: [{generator, from: "notes", teachers}]});

test("a recipe whose models fit has no problem", () => {
  expect(problemsOf({})).toEqual([]);
  expect(problemsOf(step("plain", []))).toEqual([]);
  expect(problemsOf(drawn({image: "p"}))).toEqual([]);
});

test.each<[string, object, RegExp]>([
  [
    "a family that nobody knows",
    {endpoints: [...four, endpoint("e", "our-own-model")]},
    /^endpoints\.4\.family: .*our-own-model/
  ],
  [
    "a family that the table contradicts",
    {endpoints: [endpoint("a", "qwen3-32b", {family: "llama"}), ...four.slice(1)]},
    /^endpoints\.0\.family: .*qwen/
  ],
  [
    "votes weighed by rates that nobody measured",
    {critics: {judges: ["b", "c", "d"], aggregate: "dawid-skene"}},
    /^critics\.aggregate: .*critics\.calibration, got none$/
  ],
  [
    "a prior that nothing would hear",
    {critics: {judges: ["b", "c", "d"], prior: 0.8}},
    /^critics\.prior: .*dawid-skene alone, got median$/
  ],
  ["two endpoints of one name", {endpoints: [...four, four[0]]}, /^endpoints\.4\.id: .*"a"/],
  [
    "terms that nobody declared",
    {endpoints: [...four, endpoint("e", "phi-4", {output: undefined})]},
    /^endpoints\.4\.output: .*got none/
  ],
  [
    "terms that forbid training",
    {endpoints: [endpoint("a", "qwen3-32b", {output: {...terms, train: false}}), ...four.slice(1)]},
    /^generate\.0\.teachers\.0: .*terms/
  ],
  ["a budget without a price", {budget: {money: {EUR: 5}}}, /^endpoints\.0\.price: .*EUR.*got none/],
  ["an endpoint that is not there", step("qa", ["x"]), /^generate\.0\.teachers\.0: .*a, b, c, d, got "x"/],
  ["no teacher where one is asked", step("qa", []), /^generate\.0\.teachers: expected 1 or more for qa, got 0/],
  ["teachers where none is asked", step("plain", ["a"]), /^generate\.0\.teachers: expected none: plain asks no model/],
  [
    "two models of one family where two are wanted",
    {...step("debate", ["a", "e"]), endpoints: [...four, endpoint("e", "qwen2.5-7b")]},
    /families or more for debate, got 1/
  ],
  [
    "a judge of the writer's family",
    step("qa", ["b"]),
    /^generate\.0\.generator: panel asks 3 judges.*\(llama\).*got 2 of 3/
  ],
  ["judges of any of several writers' families", step("debate", ["a", "b"]), /\(qwen\+llama\).*got 2 of 3/],
  ["nobody who draws", drawn({}), /^generate\.0\.image: expected the endpoint that draws for drawn, got none$/],
  ["one who draws that is not there", drawn({image: "x"}), /^generate\.0\.image: .*, p, got "x"/],
  [
    "one who draws for nobody",
    {generate: [{...step("qa", ["a"]).generate[0], image: "b"}]},
    /image: expected none: qa/
  ],
  [
    "terms that forbid training on what is drawn",
    drawn({image: "p"}, {...painter, output: {...terms, train: false}}),
    /^generate\.0\.image: .*terms/
  ],
  [
    "a budget without the price of a picture",
    {...drawn({image: "p"}, {...painter, price: {currency: "EUR", input: 1, output: 1}}), budget: {money: {EUR: 5}}},
    /generate\.0\.image: .*price\.image/
  ],
  ["a judge of the family that draws", drawn({image: "b"}), /\(qwen\+llama\).*got 2 of 3/],
  ["a panel without judges", {critics: {}}, /panel asks 3 judges.*got 0 of 0/]
])("%s is told with its place", (_, more, message) => {
  expect(problemsOf(more).join("\n")).toMatch(message);
});
