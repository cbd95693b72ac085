import {expect, it} from "vitest";
import {z} from "zod";
import {replySchema} from "../../lib/endpoints/replySchema.js";

it("is closed and asks for every property, at each depth, without keywords that strict endpoints refuse", () => {
  const Reply = z.strictObject({
    answer: z.string().min(1).max(20).describe("in one word"),
    score: z.int(),
    share: z.number().min(0).max(1).nullable(),
    format: z.enum(["a", "b"]),
    facts: z.array(z.strictObject({quote: z.string().regex(/^x/)})).min(1),
    either: z.discriminatedUnion("kind", [
      z.strictObject({kind: z.literal("a"), a: z.string()}),
      z.strictObject({kind: z.literal("b"), b: z.boolean()})
    ])
  });
  const object = (properties: Record<string, unknown>) => ({
    type: "object",
    properties,
    required: Object.keys(properties),
    additionalProperties: false
  });
  expect(replySchema(Reply)).toEqual(
    object({
      answer: {type: "string", description: "in one word"},
      score: {type: "integer"},
      share: {anyOf: [{type: "number", minimum: 0, maximum: 1}, {type: "null"}]},
      format: {type: "string", enum: ["a", "b"]},
      facts: {type: "array", minItems: 1, items: object({quote: {type: "string"}})},
      either: {
        anyOf: [
          object({kind: {type: "string", const: "a"}, a: {type: "string"}}),
          object({kind: {type: "string", const: "b"}, b: {type: "boolean"}})
        ]
      }
    })
  );
});

it("refuses schemas that have no strict form, with the place", () => {
  expect(() => replySchema(z.strictObject({a: z.string().optional()}))).toThrow(
    "reply: expected nullable, got an optional property a"
  );
  expect(() => replySchema(z.strictObject({a: z.object({b: z.string()})}))).toThrow(
    "reply.a: expected a strict object, got one that takes other properties"
  );
  expect(() => replySchema(z.strictObject({a: z.record(z.string(), z.string())}))).toThrow(
    "reply.a: expected a strict object"
  );
  expect(() => replySchema(z.array(z.string()))).toThrow('reply: expected an object, got {"type":"array"');
});
