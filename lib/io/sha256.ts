import {createHash, hash} from "node:crypto";
import {createReadStream} from "node:fs";

/** sha256 of a text in UTF-8, or of bytes, in hex. */
export function sha256(data: string | Uint8Array): string {
  return hash("sha256", data);
}

/** sha256 of a file's bytes, in hex, streamed. */
export async function sha256File(path: string): Promise<string> {
  const sum = createHash("sha256");
  for await (const chunk of createReadStream(path, {highWaterMark: 2 ** 20})) sum.update(chunk as Buffer);
  return sum.digest("hex");
}
