import {readdirSync, readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {createRandom, type Random} from "../../lib/text/random.js";
import type {AskedModel, Reply} from "../endpoints/modelServer.js";

/** Words of letters alone: a number that no source has would be refused. */
function words(draw: Random, n: number): string {
  const word = () => Array.from({length: 4 + draw.int(5)}, () => draw.pick([..."abdegiklmnoprstu"])).join("");
  return Array.from({length: n}, word).join(" ");
}

/** Writes notes.jsonl: documents of four sentences each. */
export function writeNotes(folder: string, count: number): string[] {
  const random = createRandom("notes");
  const documents = Array.from({length: count}, () => Array.from({length: 4}, () => `${words(random, 14)}.`).join(" "));
  writeFileSync(join(folder, "notes.jsonl"), documents.map((text) => `${JSON.stringify({text})}\n`).join(""));
  return documents;
}

/** A recipe of notes as they are, and of questions about them by two teachers that three judges look at. */
export function askingRecipe(url: string, step: string, more = ""): string {
  const terms =
    "price: {currency: EUR, input: 1, output: 2}, output: {train: true, jurisdictions: [EU], terms: apache-2.0}";
  const endpoint = (id: string, model: string) =>
    `  - {id: ${id}, url: "${url}", model: ${model}, key: ASKED_KEY, ${terms}}`;
  return `
name: asked
license: CC0-1.0
seeds:
  - {id: notes, source: jsonl, path: notes.jsonl, license: CC0-1.0, kind: human, domain: prose}
endpoints:
${endpoint("a", "qwen3-32b")}
${endpoint("b", "llama-3.3-70b")}
${endpoint("j0", "mistral-small")}
${endpoint("j1", "gemma-3-27b")}
${endpoint("j2", "phi-4")}
critics: {judges: [j0, j1, j2]}
generate:
  - {generator: human, from: notes}
  - {generator: question-answer, from: notes, teachers: [a, b], ${step}}
policy:
  prose: {}
  example: {}
  question-answer: {promote: [critic-relevance]}
${more}`;
}

/** A model that does as it is told, refuses three times in ten, and as a judge quotes what is there. */
export function askedModel({body: {messages, model, seed}}: AskedModel): Reply {
  const prompt = messages[1].content;
  const after = (label: string): unknown =>
    JSON.parse(prompt.slice(prompt.indexOf(label) + label.length).split("\n")[0]);
  if (prompt.startsWith("The document, as one JSON string:")) {
    const text = after("The document, as one JSON string:") as string;
    const quotes = text.split(/(?<=\.)\s+/).filter((one) => one.split(" ").length > 4);
    return JSON.stringify({facts: quotes.map((quote) => ({fact: `It is said that ${quote}`, quote}))});
  }
  if (prompt.startsWith("Facts, as a JSON list:")) {
    const [fact] = after("Facts, as a JSON list:") as string[];
    const draw = createRandom(model, prompt, String(seed));
    if (draw() < 0.3) return {text: "", refusal: "I would rather not."};
    return JSON.stringify({question: `What is said by ${words(draw, 8)}?`, answer: `${fact} ${words(draw, 30)}`});
  }
  const evidence = (after("TEXT:") as string).slice(0, 40);
  return JSON.stringify({verdict: "pass", confidence: 0.9, evidence, reason: "it fits"});
}

/** The files of a data set and their bytes in base64; what is volatile is left out. */
export function filesOf(root: string): [path: string, bytes: string][] {
  return readdirSync(root, {recursive: true, withFileTypes: true})
    .filter((entry) => entry.isFile() && !entry.parentPath.includes(".store") && entry.name !== "run.jsonl")
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => [path.slice(root.length), readFileSync(path).toString("base64")]);
}
