import {createWriteStream} from "node:fs";
import {Readable} from "node:stream";
import {pipeline} from "node:stream/promises";

/** UTF-16 code units that are written at once: a write for each line takes longer than to make the line. */
const together = 2 ** 16;

/** Writes texts one after another to a file, in UTF-8; memory does not grow with them. */
export async function writeTexts(path: string, texts: AsyncIterable<string>): Promise<void> {
  await pipeline(Readable.from(batches(texts)), createWriteStream(path));
}

async function* batches(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let batch = "";
  for await (const text of texts) {
    batch += text;
    if (batch.length < together) continue;
    yield batch;
    batch = "";
  }
  if (batch !== "") yield batch;
}
