import {expect, it} from "vitest";
import {answerKey} from "../../lib/endpoints/answerRecord.js";
import {requestKey} from "../../lib/endpoints/requestKey.js";
import {ChatRequest} from "../../lib/schema/chat.js";

it("is the key of the cache for every request, in whatever order its properties stand", () => {
  const json = {type: "object", properties: {b: {type: "string"}, a: {type: "null"}}, required: ["b", "a"]};
  const messages = [
    {role: "system", content: 'a "quoted" line\n'},
    {content: "naïve 🙂 \u2028", role: "user"}
  ];
  for (const schema of [null, {name: "x", json}, {json: {...json, required: ["a", "b"]}, name: "y"}])
    for (const topP of [null, 0.9])
      for (const stop of [[], ["END", '"']]) {
        const shape = {weights: "none-api", temperature: 1e-7, model: "m", maxTokens: 5, sample: 3};
        const request = ChatRequest.parse({...shape, schema, topP, stop, messages});
        expect(requestKey(request)).toBe(answerKey(request));
        request.messages[0].content = "another";
        expect(requestKey(request)).toBe(answerKey(request));
        const frozen = {...request, messages: request.messages.map((message) => Object.freeze({...message}))};
        expect([requestKey(frozen), requestKey({...frozen, model: "n"})]).toEqual([answerKey(request), answerKey({...request, model: "n"})]); // prettier-ignore
      }
  expect(Object.keys(ChatRequest.shape)).toHaveLength(9);
});

it("takes pictures in, and is for requests without any what it was before there were any", () => {
  const shape = {
    weights: "none-api",
    temperature: 0,
    topP: null,
    model: "m",
    maxTokens: 5,
    sample: 0,
    stop: [],
    schema: null
  };
  const plain = ChatRequest.parse({...shape, messages: [{role: "user", content: "x"}]});
  expect(requestKey(plain)).toBe("c531415d4e556aded23a562904dc00cf0b67f9518feae8519e2a06798e7ed4e6");
  const picture = {width: 2, sha256: "a".repeat(64), mediaType: "image/png", height: 3, bytes: 9};
  const shown = ChatRequest.parse({...shape, messages: [{role: "user", content: "x", pictures: [picture]}]});
  expect(requestKey(shown)).toBe(answerKey(shown));
  expect(requestKey(shown)).not.toBe(requestKey(plain));
});
