import {foldingTable, passedOver, separator} from "../../dedup/normalise.js";

/** A secret that stands in a text. */
interface CanaryHit {
  /** number of the secret */
  canary: number;
  /** where in the text it starts, in UTF-16 units, and where it ends */
  start: number;
  end: number;
}

/** A search for secrets in text after text. */
interface CanarySearch {
  (text: string): CanaryHit[];
  /** runs of letters and digits looked at so far, each as long as a secret */
  readonly windows: number;
}

/**
 * A search for secrets of one length that reads letters and digits alone, without case, accents, width, blanks or
 * punctuation: a secret that was spaced, split over lines or set in capitals is found.
 *
 * It does not find a secret that is spelled out in words, encoded, reversed or cut short.
 *
 * @param secrets a–z and digits, all of one length
 */
export function createCanarySearch(secrets: readonly string[]): CanarySearch {
  const length = secrets[0]?.length ?? 0;
  if (length === 0 || secrets.some((secret) => secret.length !== length || !/^[a-z0-9]+$/.test(secret)))
    throw new RangeError("expected secrets of letters a–z and digits, all of one length");
  const table = foldingTable("plain");
  // What leaves the window weighs base^(length − 1).
  let leaving = 1;
  for (let i = 1; i < length; i++) leaving = Math.imul(leaving, base);
  const byHash = new Map<number, number[]>();
  const seen = new Uint8Array(65_536);
  for (const [canary, secret] of secrets.entries()) {
    let h = 0;
    for (let i = 0; i < length; i++) h = (Math.imul(h, base) + secret.charCodeAt(i)) | 0;
    byHash.set(h, [...(byHash.get(h) ?? []), canary]);
    seen[place(h)] = 1;
  }
  const units = new Int32Array(length);
  const starts = new Int32Array(length);
  let windows = 0;
  const search = (text: string) => {
    const hits: CanaryHit[] = [];
    let n = 0;
    let h = 0;
    for (let i = 0; i < text.length; i++) {
      const code = table[text.charCodeAt(i)];
      if (code === separator || code === passedOver) continue;
      const slot = n % length;
      if (n >= length) h = (h - Math.imul(units[slot], leaving)) | 0;
      units[slot] = code & 0xffff;
      starts[slot] = i;
      h = (Math.imul(h, base) + units[slot]) | 0;
      if (++n < length) continue;
      windows++;
      if (seen[place(h)] === 0) continue;
      for (const canary of byHash.get(h) ?? []) {
        const secret = secrets[canary];
        let same = true;
        for (let j = 0; j < length && same; j++) same = secret.charCodeAt(j) === units[(n + j) % length];
        if (same) hits.push({canary, start: starts[n % length], end: i + 1});
      }
    }
    return hits;
  };
  return Object.defineProperty(search, "windows", {get: () => windows}) as CanarySearch;
}

const base = 0x9e3779b1 | 0;

function place(h: number): number {
  return Math.imul(h, 0x85ebca6b) >>> 16;
}
