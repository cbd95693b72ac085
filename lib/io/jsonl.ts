import {createReadStream} from "node:fs";

/** One line of a JSONL file. */
export interface JsonLine {
  /** counted from 1 */
  line: number;
  value: unknown;
}

/**
 * The values of a JSONL file, streamed; empty lines are passed over.
 *
 * @param options.start @param options.end bytes to read, `end` exclusive; both at the beginning of a line
 * @param options.longest bytes of the longest line that is accepted
 * @throws TypeError `path:line: …` where a line is no JSON or no UTF-8, RangeError where it is too long
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
      return {line, value: JSON.parse(text) as unknown};
    } catch (error) {
      const got = text.length > 60 ? `${text.slice(0, 60)}…` : text;
      throw new TypeError(`${path}:${line}: expected JSON, got ${JSON.stringify(got)}`, {cause: error});
    }
  };
  // Split by the byte 0x0a: readline would also split at U+2028, which JSON strings may hold.
  for await (const chunk of createReadStream(path, {start, end: end - 1, highWaterMark: 2 ** 20})) {
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
