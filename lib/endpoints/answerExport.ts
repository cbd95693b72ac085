import {createHash} from "node:crypto";
import {createWriteStream} from "node:fs";
import {PassThrough, Readable} from "node:stream";
import {pipeline} from "node:stream/promises";
import {createGzip} from "node:zlib";
import {atomic} from "../io/atomic.js";
import {ImageAnswer} from "../schema/image.js";
import {canonicalJson} from "../text/json.js";
import type {AnswerCache} from "./answerCache.js";
import {answerKey} from "./answerRecord.js";

/** What was written. */
export interface ExportedAnswers {
  answers: number;
  /** of the lines before compression: the same for the same answers on every machine */
  sha256: string;
}

/**
 * Writes answers to one file, atomically: a line {"key":…,"request":…,"answer":…} each, as canonical JSON in the order of
 * their keys, with "bytes":… in base64 behind it where the answer is a picture, gzipped where the name ends in .gz. The same answers give the same lines, whoever stored them and when; the
 * same file, where zlib is the same.
 *
 * The file holds prompts and answers in clear, and with them what seeds say of people: it is made readable by its owner
 * alone, and whoever publishes it publishes that.
 *
 * @param options.keys those to write, and all of them must be there; every answer of the folder by default
 * @throws RangeError naming a key that has no answer; TypeError where a record is not what its key says
 */
export async function exportAnswers(
  cache: AnswerCache,
  path: string,
  {keys = null}: {keys?: ReadonlySet<string> | null} = {}
): Promise<ExportedAnswers> {
  const hash = createHash("sha256");
  const missing = new Set(keys);
  let answers = 0;
  function* lines(): Generator<string> {
    for (const {key, request, answer} of cache.records()) {
      if (keys !== null && !missing.has(key)) continue;
      const {data: drawn} = ImageAnswer.safeParse(answer);
      const picture = drawn !== undefined && "picture" in drawn ? drawn.picture : null;
      // Without its picture an answer is none.
      if (picture !== null && !cache.pictures.has(picture)) continue;
      missing.delete(key);
      const bytes = picture === null ? "" : `,"bytes":"${cache.pictures.read(picture).toString("base64")}"`;
      const own = answerKey(request as object);
      if (own !== key) throw new TypeError(`${key}: expected the key of its request, which is ${own}`);
      const line = `{"key":"${key}","request":${canonicalJson(request)},"answer":${canonicalJson(answer)}${bytes}}\n`;
      hash.update(line);
      answers++;
      yield line;
    }
    for (const key of missing)
      throw new RangeError(`expected an answer for each key, got none for ${missing.size} of ${keys!.size}: ${key}`);
  }
  await atomic(path, (temporary) => {
    const file = createWriteStream(temporary, {flags: "wx", mode: 0o600, flush: true});
    return pipeline(Readable.from(lines()), path.endsWith(".gz") ? createGzip() : new PassThrough(), file);
  });
  return {answers, sha256: hash.digest("hex")};
}
