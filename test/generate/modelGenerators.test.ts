import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {openAnswers} from "../../lib/endpoints/answerCache.js";
import {createModels, type Models} from "../../lib/endpoints/models.js";
import {generators} from "../../lib/generate/generators.js";
import {readPrompt} from "../../lib/io/prompts.js";
import {Endpoint} from "../../lib/schema/endpoint.js";
import {Draft} from "../../lib/schema/sample.js";
import {canonical} from "../../lib/text/canonical.js";
import {drawn, drawPng} from "../endpoints/drawPng.js";
import {serveModels, type AskedModel, type Reply} from "../endpoints/modelServer.js";
import {draftsOf, seedOf} from "./context.js";

const sentence = "The mill at the river had 12 looms, and each of them wove 25 yards of cloth a day.";
const seeds: Record<string, string> = {
  "clinical-note": JSON.stringify({
    resourceType: "Bundle",
    entry: [
      {resourceType: "Patient", gender: "male"},
      {resourceType: "Encounter", id: "v", period: {start: "2013-05-11"}},
      {
        resourceType: "Condition",
        code: {coding: [{code: "40055000", display: "Sinusitis"}]},
        onsetDateTime: "2009-09-02"
      }
    ].map((resource) => ({resource}))
  }),
  "simulator-caption": "t [s], y [m]\n0.00, 20.00\n1.00, 15.10\n2.00, 0.38"
};
const solved = {reasoning: "They weave 12 × 25 = 300 yards.", answer: "300"};

/** What a model that does as it is told says; the first words of its instructions tell the prompts apart. */
const replies: [start: string, reply: unknown][] = [
  ["The document, as one JSON string", null],
  ["The record of one visit", {note: "Sinusitis is known.", mentions: [{code: "40055000", words: "Sinusitis"}]}],
  ["The log, as one JSON string", {caption: "It falls.", reasoning: "From 20.00 m to 15.10 m: 20.00 - 15.10 = 4.90."}],
  ["Facts, as a JSON list", {question: "How many looms had the mill?", answer: "It had 12 looms."}],
  ["The problem, as one JSON string", solved],
  ['The text, as one JSON string: "The', "Die Mühle am Fluss hatte 12 Webstühle, und jeder wob 25 Ellen Tuch am Tag."],
  ['The text, as one JSON string: "Die', sentence],
  ["Answer this instruction", "Weave slowly."],
  ["An instruction, as one JSON string", null],
  ["The instruction, as one JSON string", null]
];
const byTask: [words: string, reply: unknown][] = [
  ["what it states as facts", {facts: [{fact: "The mill had 12 looms.", quote: "The mill at the river had 12 looms"}]}],
  ["as frequently asked questions", "Which mill was it?\nThe one at the river.\n\nHow many looms?\nIt had 12."],
  ["as a tutorial", "1. Set up 12 looms.\n2. Weave."],
  ["as one Markdown table", "| What | How many |\n| --- | --- |\n| looms | 12 |\n\nQuestion: How many?\nAnswer: 12"],
  ["mathematical word problem", "Problem: 12 looms of 25 yards?\nSolution: 12 × 25 = 300\nAnswer: 300"],
  ["Set a problem about", {problem: "12 looms weave 25 yards each. How many in all?", ...solved}],
  [
    "Set a task about",
    {
      task: "Write f(n), which gives n.",
      function: "f",
      solution: "",
      tests: [0, 1, 2, 3, 4, 5].map((n) => ({arguments: `[${n}]`, expected: String(n)}))
    }
  ],
  ["as this person would put it", {instruction: "How do I weave?"}],
  ["Write one instruction or question about", {instruction: "How do I weave?"}],
  ["What is to be done with it", {instruction: "Say how to weave, and why."}],
  ["What somebody made of it", {what: "instruction", asksMore: true}],
  ["Your answer to it so far", null],
  ["Go through the rules", null],
  ["Think of one still picture", {description: "Looms by a river.", caption: "Looms stand by a river."}]
];

function say({body: {model, messages}}: AskedModel): Reply {
  const said = messages.map(({content}) => content).join("\n");
  const task = byTask.find(([words]) => said.includes(words));
  const reply = task !== undefined ? task[1] : replies.find(([start]) => said.includes(start))?.[1];
  if (reply === undefined) throw new Error(`unknown prompt: ${said.slice(0, 200)}`);
  if (task?.[0] === "Your answer to it so far") return `${model} says: weave slowly.`;
  if (task?.[0] === "Go through the rules") {
    const [first, second] = ["first", "second"].map(
      (place) => new RegExp(`The ${place} answer: "(\\S+) says`).exec(said)![1]
    );
    return JSON.stringify({better: first > second ? "first" : "second", rule: 1, reason: "It is calm."});
  }
  if (task?.[0] === "Set a task about") {
    const python = said.includes('"Python');
    const solution = python ? "def f(n):\n    return n" : "function f(n) {\n  return n;\n}";
    return JSON.stringify({...(reply as object), solution});
  }
  return typeof reply === "string" ? reply : JSON.stringify(reply);
}

const folder = mkdtempSync(join(tmpdir(), "ballast-generators-"));
const asking = generators.filter(({asks}) => asks !== undefined);
let models: Models;
let close: () => unknown;

beforeAll(async () => {
  const server = await serveModels(say, {image: ({prompt}) => drawn(drawPng(prompt as string))});
  const output = {train: true, jurisdictions: ["world"], terms: "Apache-2.0"};
  const endpoint = (id: string, model: string) => Endpoint.parse({id, url: server.url, model, output});
  models = await createModels(
    [endpoint("a", "qwen3-32b"), endpoint("b", "llama-3.3-70b"), endpoint("c", "mistral-small")],
    {cache: await openAnswers(folder), heldOut: () => null, env: {}}
  );
  close = async () => {
    await models.close();
    await server.close();
  };
});
afterAll(async () => {
  await close();
  rmSync(folder, {recursive: true, force: true});
});

const ask = (id: string) =>
  draftsOf(
    generators.find((one) => one.id === id)!,
    seedOf(seeds[id] ?? sentence),
    {
      models: ["a", "b", "c"].map((one) => models.get(one)),
      image: models.get("c"),
      count: 3,
      redact: (text) => ({text, values: []})
    }
  );

test.each(asking.map(({id}) => id))("%s: over an endpoint, good replies become drafts of its kind", async (id) => {
  const generator = generators.find((one) => one.id === id)!;
  const drafts = await ask(id);
  expect(drafts).toHaveLength(3);
  for (const draft of drafts) {
    expect(Draft.parse(draft).failed).toBeUndefined();
    expect(generator.kinds).toContain(draft.kind);
    expect(draft.text).toBe(canonical(draft.text));
    expect(draft.ceiling).toBe("T2");
  }
  expect(drafts.map(({writers}) => writers![0])).toEqual(["a", "b", "c"]);
});

test("asked again, each gives the same from the answers that are kept, and nothing is sent", async () => {
  const before = await Promise.all(asking.map(({id}) => ask(id)));
  const paid = models.usage().endpoints.map((one) => one.paid);
  expect(await Promise.all(asking.map(({id}) => ask(id)))).toEqual(before);
  expect(models.usage().endpoints.map((one) => one.paid)).toEqual(paid);
});

test("the prompts that they name are all there, and every prompt that was used is named", () => {
  const named = new Set(asking.flatMap(({prompts = []}) => prompts));
  for (const id of named) expect(readPrompt(id).id).toBe(id);
  expect(
    models
      .usage()
      .prompts.map(({prompt}) => prompt)
      .filter((id) => !named.has(id))
  ).toEqual([]);
});
