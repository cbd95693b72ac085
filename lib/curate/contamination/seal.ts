import {createHash} from "node:crypto";
import type {Seal} from "./ngramIndex.js";

/**
 * A one-way function over the hashes of a run of words: 64 bits of SHA-256 over the key's own SHA-256 and the run's hash.
 *
 * With a key nobody without it can try words. Without one, or with it, who guesses all words of a run can see that it is
 * there: that is what the file is for. Rare runs stay secret, runs that anybody would guess do not.
 */
export function createSeal(key: string): Seal {
  const bytes = Buffer.alloc(40);
  createHash("sha256").update(key).digest().copy(bytes);
  return (low, high) => {
    bytes.writeInt32LE(low, 32);
    bytes.writeInt32LE(high, 36);
    const sealed = createHash("sha256").update(bytes).digest();
    return [sealed.readInt32LE(0), sealed.readInt32LE(4)];
  };
}
