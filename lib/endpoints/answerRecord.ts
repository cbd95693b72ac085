import {sha256} from "../io/sha256.js";
import {canonicalJson} from "../text/json.js";

/** A request with its answer, as they were stored. */
export interface AnswerRecord {
  key: string;
  request: unknown;
  answer: unknown;
}

/** The key of a request: sha256 of its canonical JSON, in hex. */
export function answerKey(request: object): string {
  return sha256(canonicalJson(request));
}

// Every field before the request has its place, so that a line is checked and its key is read without parsing it.
const head = '{"v":1,"sum":"';
const sumAt = head.length;
const bodyAt = sumAt + 16 + '",'.length;
const keyAt = bodyAt + '"key":"'.length;
const requestAt = keyAt + 64;

/**
 * The line of a record, in UTF-8, with its line feed: {"v":1,"sum":…,"key":…,"request":…,"answer":…}. `sum` is the first
 * 16 digits of the sha256 of all that follows `"sum":"…",`.
 *
 * @throws RangeError where the key is not the request's
 */
export function encodeRecord({key, request, answer}: {key: string; request: object; answer: object}): Buffer {
  const asked = canonicalJson(request);
  const own = sha256(asked);
  if (key !== own) throw new RangeError(`expected the request's own key ${own}, got ${JSON.stringify(key)}`);
  const body = `"key":"${key}","request":${asked},"answer":${canonicalJson(answer)}}`;
  return Buffer.from(`${head}${sha256(body).slice(0, 16)}",${body}\n`);
}

/** The key of a line that is whole, or what is wrong with it. Does not say whether its answer has the shape one expects. */
export function checkedKey(line: Buffer): {key: string} | {wrong: string} {
  if (line.length <= requestAt || line.toString("latin1", 0, sumAt) !== head)
    return {wrong: `expected a record of version 1, got ${JSON.stringify(line.toString("utf8", 0, 24))}`};
  const sum = sha256(line.subarray(bodyAt)).slice(0, 16);
  if (line.toString("latin1", sumAt, sumAt + 16) !== sum)
    return {wrong: `expected the checksum ${sum}, got ${JSON.stringify(line.toString("latin1", sumAt, sumAt + 16))}`};
  const key = line.toString("latin1", keyAt, requestAt);
  return /^[0-9a-f]{64}$/.test(key) ? {key} : {wrong: `expected a sha256 as key, got ${JSON.stringify(key)}`};
}
