import {createHmac} from "node:crypto";
import {readFile} from "node:fs/promises";

/** A secret key for hashes that nobody without it can guess values from. */
export interface HashKey {
  /** names the key and does not give it away: 16 hex digits */
  id: string;
  /** HMAC-SHA256 under the key, 32 hex digits */
  hash(...parts: readonly string[]): string;
}

/**
 * The key that a file holds. Hashes of short values can be guessed by trying all of them: who has the key can, nobody
 * else.
 *
 * @throws TypeError where there is no file or it has fewer than 16 bytes
 */
export async function readHashKey(path: string): Promise<HashKey> {
  const bytes = await readFile(path).catch(() => null);
  if (bytes === null) throw new TypeError(`${path}: expected a file with a key, got nothing there`);
  if (bytes.length < 16) throw new TypeError(`${path}: expected a key of at least 16 bytes, got ${bytes.length}`);
  const hash = (...parts: readonly string[]) =>
    createHmac("sha256", bytes)
      .update(parts.map((part) => `${part.length}:${part}`).join(""))
      .digest("hex")
      .slice(0, 32);
  return {id: hash("key").slice(0, 16), hash};
}
