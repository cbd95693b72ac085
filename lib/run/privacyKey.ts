import {createHmac} from "node:crypto";
import {readFile} from "node:fs/promises";

/**
 * The secret key that a file holds, for hashes that nobody without it can guess values from. Hashes of short values can be
 * guessed by trying all of them: who has the key can, nobody else.
 *
 * @throws TypeError where there is no file or it has fewer than 16 bytes
 */
export async function readKey(path: string): Promise<Uint8Array> {
  const bytes = await readFile(path).catch(() => null);
  if (bytes === null) throw new TypeError(`${path}: expected a file with a key, got nothing there`);
  if (bytes.length < 16) throw new TypeError(`${path}: expected a key of at least 16 bytes, got ${bytes.length}`);
  return bytes;
}

/** Names a key and does not give it away: 16 hex digits. */
export function keyId(key: Uint8Array): string {
  return createHmac("sha256", key).update("id").digest("hex").slice(0, 16);
}
