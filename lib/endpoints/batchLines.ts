import {z} from "zod";
import type {ChatAnswer, ChatRequest} from "../schema/chat.js";
import {readReply} from "./reply.js";

/** Requests of one batch, and bytes of its files: what the interface allows, and what one string can hold. */
const mostLines = 50_000;
const mostBytes = 2 ** 27;
/** Bytes of a line beside messages and answer, and of a token of an answer, at most: JSON escapes included. */
const lineBytes = 2048;
const tokenBytes = 8;

const Line = z.object({
  custom_id: z.string(),
  response: z.object({status_code: z.int(), body: z.unknown()}).nullish(),
  error: z.object({code: z.string().nullish(), message: z.string().nullish()}).nullish()
});

/** The line of a batch's input file for one request. */
export function batchLine(key: string, body: Record<string, unknown>): string {
  return `${JSON.stringify({custom_id: key, method: "POST", url: "/v1/chat/completions", body})}\n`;
}

/** Keys in as many batches as the bounds on their lines and bytes ask for, in order. */
export function batchParts(keys: readonly string[], requests: ReadonlyMap<string, ChatRequest>): string[][] {
  const parts: string[][] = [];
  let bytes = Infinity;
  for (const key of keys) {
    const request = requests.get(key)!;
    const pictures = request.messages.flatMap((message) => message.pictures ?? []);
    const shown = pictures.reduce((sum, picture) => sum + Math.ceil(picture.bytes / 3) * 4, 0);
    const asked = Buffer.byteLength(JSON.stringify(request)) + shown;
    const mine = lineBytes + Math.max(asked, tokenBytes * request.maxTokens);
    if (bytes + mine > mostBytes || parts[parts.length - 1].length === mostLines) {
      parts.push([]);
      bytes = 0;
    }
    parts[parts.length - 1].push(key);
    bytes += mine;
  }
  return parts;
}

/**
 * What a batch's output or error file says to each request asked for: an answer, or what came instead. Lines of other
 * requests and lines that are none (a file that was cut off) are passed over.
 */
export function* readBatchLines(
  text: string,
  requests: ReadonlyMap<string, ChatRequest>,
  answerOf: (request: ChatRequest, body: string) => ChatAnswer | Error
): Generator<{key: string; outcome: ChatAnswer | string}> {
  for (const row of text.split("\n")) {
    const line = readReply(row, Line);
    const request = line instanceof Error ? undefined : requests.get(line.custom_id);
    if (line instanceof Error || request === undefined) continue;
    const {custom_id: key, response, error} = line;
    const body = JSON.stringify(response?.body ?? null);
    if (response?.status_code === 200) {
      const answer = answerOf(request, body);
      yield {key, outcome: answer instanceof Error ? answer.message : answer};
    } else yield {key, outcome: `status ${response?.status_code ?? "none"}: ${error?.message ?? error?.code ?? body}`};
  }
}
