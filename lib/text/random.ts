/** A seeded source of numbers, uniform in [0, 1), with the draws that our code needs. */
export interface Random {
  (): number;
  /** an integer in [0, n) */
  int(n: number): number;
  /** one of the items */
  pick<T>(items: readonly T[]): T;
  /** a standard normal draw */
  normal(): number;
  /** the items in a random order, as a new array */
  shuffle<T>(items: readonly T[]): T[];
}

/**
 * A random source that depends on its seed alone: sfc32, whose state is filled by xmur3 hashes of the seed.
 *
 * @param seed numbers and strings; parts are joined by a newline, so ("a", 1) and ("a\n1") are the same source
 * Source: C. Doty-Humphrey, PractRand (sfc32); not for cryptography.
 */
export function createRandom(...seed: readonly (string | number)[]): Random {
  const next = mix(seed.join("\n"));
  let a = next();
  let b = next();
  let c = next();
  let d = 1;
  let spare: number | null = null;
  const random = (() => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    c |= 0;
    return (t >>> 0) / 4294967296;
  }) as Random;
  for (let i = 0; i < 15; i++) random();
  random.int = (n) => Math.floor(random() * n);
  random.pick = (items) => {
    if (items.length === 0) throw new RangeError("expected at least one item to pick from, got none");
    return items[random.int(items.length)];
  };
  random.normal = () => {
    if (spare !== null) {
      const value = spare;
      spare = null;
      return value;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    const angle = 2 * Math.PI * random();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
  random.shuffle = (items) => {
    const out = [...items];
    for (let i = out.length - 1; i > 0; i--) {
      const j = random.int(i + 1);
      [out[i], out[j]] = [out[j], out[i]];
    }
    return out;
  };
  return random;
}

function mix(text: string): () => number {
  let h = 1779033703 ^ text.length;
  for (let i = 0; i < text.length; i++) {
    h = Math.imul(h ^ text.charCodeAt(i), 3432918353);
    h = (h << 13) | (h >>> 19);
  }
  return () => {
    h = Math.imul(h ^ (h >>> 16), 2246822507);
    h = Math.imul(h ^ (h >>> 13), 3266489909);
    return (h ^= h >>> 16) >>> 0;
  };
}
