import {createReadStream} from "node:fs";
import type {Readable} from "node:stream";
import {createGunzip} from "node:zlib";

/** One line of a JSONL file. */
export interface JsonLine {
  /** counted from 1 */
  line: number;
  value: unknown;
  /** its length, without the line feed */
  bytes: number;
}

/**
 * The values of a JSONL file, gzipped where its name ends in .gz, streamed; empty lines are passed over.
 *
 * @param options.start @param options.end bytes to read, `end` exclusive; both at the beginning of a line, and of a
 *   file that is not gzipped
 * @param options.longest bytes of the longest line that is accepted
 * @throws TypeError `path:line: …` where a line is no JSON or no UTF-8, or the file is no gzip; RangeError where a line is
 *   too long
 */
export async function* readJsonl(
  path: string,
  {start = 0, end = Infinity, longest = 256 * 2 ** 20}: {start?: number; end?: number; longest?: number} = {}
): AsyncGenerator<JsonLine> {
  if (end <= start) return;
  const decoder = new TextDecoder("utf-8", {fatal: true});
  let line = 0;
  let pending: Buffer[] = [];
  let size = 0;
  const parse = (bytes: Buffer): JsonLine | null => {
    line++;
    let text;
    try {
      text = decoder.decode(bytes);
    } catch {
      throw new TypeError(`${path}:${line}: expected UTF-8, got other bytes`);
    }
    if (text.trim() === "") return null;
    try {
      return {line, value: JSON.parse(text) as unknown, bytes: bytes.length};
    } catch (error) {
      const got = text.length > 60 ? `${text.slice(0, 60)}…` : text;
      throw new TypeError(`${path}:${line}: expected JSON, got ${JSON.stringify(got)}`, {cause: error});
    }
  };
  // Split by the byte 0x0a: readline would also split at U+2028, which JSON strings may hold.
  for await (const chunk of bytesOf(path, start, end)) {
    let rest = chunk as Buffer;
    for (let at = rest.indexOf(10); at >= 0; at = rest.indexOf(10)) {
      const parsed = parse(Buffer.concat([...pending, rest.subarray(0, at)]));
      pending = [];
      size = 0;
      if (parsed !== null) yield parsed;
      rest = rest.subarray(at + 1);
    }
    if (rest.length === 0) continue;
    pending.push(rest);
    size += rest.length;
    if (size > longest)
      throw new RangeError(`${path}:${line + 1}: expected a line of at most ${longest} bytes, got a longer one`);
  }
  if (size > 0) {
    const parsed = parse(Buffer.concat(pending));
    if (parsed !== null) yield parsed;
  }
}

async function* bytesOf(path: string, start: number, end: number): AsyncGenerator<Buffer> {
  const file: Readable = createReadStream(path, {start, end: end - 1, highWaterMark: 2 ** 20});
  if (!path.endsWith(".gz")) return yield* file;
  const gunzip = createGunzip();
  file.on("error", (error) => gunzip.destroy(error));
  try {
    yield* file.pipe(gunzip);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code?.startsWith("Z_") !== true) throw error;
    throw new TypeError(`${path}: expected a gzipped file, got ${(error as Error).message}`, {cause: error});
  } finally {
    file.destroy();
  }
}
