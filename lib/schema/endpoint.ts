import {z} from "zod";

const money = z.number().min(0);

/** A model behind an OpenAI-compatible endpoint, as a recipe declares it. */
export const Endpoint = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/, "expected a lowercase slug such as teacher-a")
    .describe("name of this endpoint within the recipe"),
  url: z
    .url({protocol: /^https?$/, error: "expected an http(s) address such as http://127.0.0.1:8000/v1"})
    .describe("what /chat/completions is appended to"),
  model: z.string().min(1).describe("the model's id there"),
  family: z
    .string()
    .regex(/^[a-z][a-z0-9-]*(\+[a-z][a-z0-9-]*)*$/, "expected a family such as qwen, or deepseek+qwen")
    .optional()
    .describe(
      "model family, joined by + where one was taught into another; needed where the table of families does not know the model"
    ),
  weights: z
    .string()
    .regex(/^(none-api|[0-9a-f]{64})$/, "expected a sha256, or none-api")
    .default("none-api")
    .describe(
      "sha256 over the lines '<sha256>  <file name>' of the weight files, sorted by name; none-api behind an API"
    ),
  key: z
    .string()
    .regex(/^[A-Z][A-Z0-9_]*$/, "expected the name of an environment variable, never a key")
    .optional()
    .describe("environment variable that holds the key"),
  price: z
    .strictObject({
      currency: z.string().regex(/^[A-Z]{3}$/),
      input: money,
      output: money,
      cached: money.optional().describe("input tokens that the endpoint had cached"),
      image: money.optional().describe("one drawn picture, in money, not per million"),
      batch: z.number().min(0).max(1).default(1).describe("what a batch costs of that")
    })
    .optional()
    .describe("money per million tokens; without it costs are unknown, and none is guessed"),
  limits: z
    .strictObject({
      requests: z.number().positive().optional().describe("a minute"),
      tokens: z.number().positive().optional().describe("a minute, of input and answer"),
      concurrency: z.int().min(1).max(4096).default(64).describe("requests under way at most")
    })
    .prefault({}),
  timeout: z.number().positive().default(120).describe("seconds of one request"),
  batch: z.boolean().default(false).describe("send what can wait through the endpoint's batch interface"),
  output: z
    .strictObject({
      train: z.boolean().describe("may a model be trained on what it writes"),
      jurisdictions: z.array(z.string().min(2)).min(1).describe("where that holds, e.g. EU, US, world"),
      terms: z.string().min(1).describe("licence (SPDX) or address of the terms")
    })
    .optional()
    .describe("terms of use of what the model writes; an endpoint without them is refused")
});

export type Endpoint = z.infer<typeof Endpoint>;
