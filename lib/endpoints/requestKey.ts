import {sha256} from "../io/sha256.js";
import type {ChatRequest} from "../schema/chat.js";
import type {Picture} from "../schema/media.js";
import {canonicalJson} from "../text/json.js";

/** Canonical JSON of schemas and of messages that cannot change: one belongs to thousands of requests, or to some judges'. */
const written = new WeakMap<object, string>();

/** `answerKey` of a chat request in a third of its time: the keys of its canonical JSON are written in their order here. */
export function requestKey(request: ChatRequest): string {
  const {maxTokens, messages, model, sample, schema, stop, temperature, topP, weights} = request;
  const asked = messages.map(messageJson).join(",");
  const form = schema === null ? "null" : schemaJson(schema);
  const names = `"model":${JSON.stringify(model)},"sample":${sample},"schema":${form},"stop":${JSON.stringify(stop)}`;
  const draw = `"temperature":${temperature},"topP":${topP},"weights":${JSON.stringify(weights)}`;
  return sha256(`{"maxTokens":${maxTokens},"messages":[${asked}],${names},${draw}}`);
}

function messageJson(message: ChatRequest["messages"][number]): string {
  const {content, role, pictures} = message;
  if (pictures !== undefined) return JSON.stringify({content, pictures: pictures.map(canonicalPicture), role});
  let text = written.get(message);
  if (text === undefined) {
    text = JSON.stringify({content, role});
    if (Object.isFrozen(message)) written.set(message, text);
  }
  return text;
}

function canonicalPicture({bytes, height, mediaType, sha256, width}: Picture): Picture {
  return {bytes, height, mediaType, sha256, width};
}

function schemaJson({name, json}: NonNullable<ChatRequest["schema"]>): string {
  let text = written.get(json);
  if (text === undefined) written.set(json, (text = canonicalJson(json)));
  return `{"json":${text},"name":${JSON.stringify(name)}}`;
}
