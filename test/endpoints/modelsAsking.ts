import {join} from "node:path";
import {openAnswers} from "../../lib/endpoints/answerCache.js";
import {createModels} from "../../lib/endpoints/models.js";
import {sha256} from "../../lib/io/sha256.js";
import {Endpoint} from "../../lib/schema/endpoint.js";
import {canonicalJson} from "../../lib/text/json.js";

// Asks an endpoint `count` questions, and says a hash of what came of them, and what was spent.
const [url, folder, count] = process.argv.slice(2);
const endpoint = Endpoint.parse({
  ...{id: "teacher-a", url, model: "qwen3:32b", limits: {concurrency: 32}},
  price: {currency: "EUR", input: 2, output: 10},
  output: {train: true, jurisdictions: ["world"], terms: "Apache-2.0"}
});
const models = await createModels([endpoint], {
  cache: await openAnswers(join(folder, "answers")),
  ledger: join(folder, "ledger.jsonl"),
  budget: {money: {EUR: 1000}},
  heldOut: () => null
});
const teacher = models.get("teacher-a");
const prompt = {id: "test", version: "1"};
const all = await Promise.all(
  Array.from({length: Number(count)}, (_, i) =>
    teacher.write({messages: [{role: "user", content: `Question ${i}?`}], prompt, maxTokens: 50})
  )
);
const hash = sha256(canonicalJson(all));
const {budget} = models.usage();
await models.close();
process.stdout.write(JSON.stringify({hash, budget}));
