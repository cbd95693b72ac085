import {createHmac} from "node:crypto";

/**
 * A value as it is compared: its letters and digits in lower case, without blanks and marks between them, so that
 * "4111 1111" is "4111-1111". Compatible forms count as one (NFKC).
 */
export function comparedValue(value: string): string {
  return value
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");
}

/** HMAC-SHA256 of a value's letters and digits under a key: 64 hex digits. Who has the key can try values out. */
export function keyedHash(key: Uint8Array, value: string): string {
  return createHmac("sha256", key)
    .update(`value\0${comparedValue(value)}`)
    .digest("hex");
}

/** A source of small integers that depend on key, purpose and value alone. */
export function keyedDraws(key: Uint8Array, purpose: string, value: string): (n: number) => number {
  let block = 0;
  let bytes: Buffer = Buffer.alloc(0);
  let at = 0;
  return (n) => {
    if (at + 4 > bytes.length) {
      bytes = createHmac("sha256", key).update(`${purpose}\0${value}\0${block++}`).digest();
      at = 0;
    }
    at += 4;
    // Of 2^32 values: the bias for n up to a million is under 0.03 %.
    return bytes.readUInt32BE(at - 4) % n;
  };
}

/** @throws RangeError where a key is short enough to be guessed */
export function checkKey(key: Uint8Array): void {
  if (key.length < 16) throw new RangeError(`expected a key of at least 16 bytes, got ${key.length}`);
}
