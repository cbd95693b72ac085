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
const atAt = keyAt + 64 + '","at":"'.length;
const requestAt = atAt + 10 + '","request":'.length;

/**
 * The line of a record, in UTF-8, with its line feed: {"v":1,"sum":…,"key":…,"at":…,"request":…,"answer":…}. `sum` is the
 * first 16 digits of the sha256 of all that follows `"sum":"…",`; `at` is the byte of the line where the answer begins, in
 * ten digits, so that it is read without the request.
 *
 * @throws RangeError where the key is not the request's
 */
export function encodeRecord({key, request, answer}: {key: string; request: object; answer: object}): Buffer {
  const asked = canonicalJson(request);
  const own = sha256(asked);
  if (key !== own) throw new RangeError(`expected the request's own key ${own}, got ${JSON.stringify(key)}`);
  const at = String(requestAt + Buffer.byteLength(asked) + ',"answer":'.length).padStart(10, "0");
  const body = `"key":"${key}","at":"${at}","request":${asked},"answer":${canonicalJson(answer)}}`;
  return Buffer.from(`${head}${sha256(body).slice(0, 16)}",${body}\n`);
}

/** The key of a line that is whole, or what is wrong with it. Does not say whether its answer has the shape one expects. */
export function checkedKey(line: Buffer): {key: string} | {wrong: string} {
  if (line.length <= requestAt || line.toString("latin1", 0, sumAt) !== head)
    return {wrong: `expected a record of version 1, got ${JSON.stringify(line.toString("utf8", 0, 24))}`};
  const sum = sha256(line.subarray(bodyAt)).slice(0, 16);
  const told = line.toString("latin1", sumAt, sumAt + 16);
  if (told !== sum) return {wrong: `expected the checksum ${sum}, got ${JSON.stringify(told)}`};
  const key = line.toString("latin1", keyAt, keyAt + 64);
  return /^[0-9a-f]{64}$/.test(key) ? {key} : {wrong: `expected a sha256 as key, got ${JSON.stringify(key)}`};
}

/** The answer of a line that is whole. */
export function answerOf(line: Buffer): unknown {
  const at = Number(line.toString("latin1", atAt, atAt + 10));
  return JSON.parse(line.toString("utf8", at, line.length - 1));
}
