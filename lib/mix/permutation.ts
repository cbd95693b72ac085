import {createRandom} from "../text/random.js";

/** A family of orders of `size` things, one for each epoch: every order holds each of them once. */
export interface Permutation {
  readonly size: number;
  /** what stands at a place of an epoch's order; both count from 0 */
  at(place: number, epoch: number): number;
}

const rounds = 6;
const tabled = 4096;
const largest = 2 ** 52;

/**
 * Orders whose every place is found in constant time and memory.
 *
 * Above 4,096 things a Feistel network on pairs (l, r) with l < a, r < b and a · b just over the size: each round turns
 * one half by a keyed hash of the other, which can be undone, and a result beyond the size goes round again. Below, where
 * a network is far from uniform, a shuffled table of the epoch at hand. Not for cryptography.
 *
 * @param size from 1 to 2^52
 * @param seed numbers and strings; the same seed gives the same orders
 * @throws RangeError for another size
 * Source: Black & Rogaway (2002), Ciphers with arbitrary finite domains, doi:10.1007/3-540-45760-7_9 (generalised
 * Feistel, cycle walking); the hash's multipliers are those of C. Wellons' lowbias32.
 */
export function createPermutation(size: number, ...seed: readonly (string | number)[]): Permutation {
  if (!Number.isInteger(size) || size < 1 || size > largest)
    throw new RangeError(`expected a size from 1 to 2^52, got ${size}`);
  return size === 1 ? {size, at: () => 0} : size <= tabled ? shuffled(size, seed) : network(size, seed);
}

function shuffled(size: number, seed: readonly (string | number)[]): Permutation {
  const places = Array.from({length: size}, (_, i) => i);
  let table: number[] = [];
  let keyed = -1;
  return {
    size,
    at(place, epoch) {
      if (epoch !== keyed) {
        table = createRandom(...seed, epoch).shuffle(places);
        keyed = epoch;
      }
      return table[place];
    }
  };
}

function network(size: number, seed: readonly (string | number)[]): Permutation {
  const a = Math.ceil(Math.sqrt(size));
  const b = Math.ceil(size / a);
  const [partOfA, partOfB] = [a * 2 ** -27, b * 2 ** -27];
  const random = createRandom(...seed);
  const base = Int32Array.from({length: rounds}, () => random.int(2 ** 32) | 0);
  const keys = new Int32Array(rounds);
  let keyed = -1;
  return {
    size,
    at(place, epoch) {
      if (epoch !== keyed) {
        const low = epoch | 0;
        const high = Math.floor(epoch / 2 ** 32) | 0;
        for (let i = 0; i < rounds; i++) keys[i] = hash(hash(base[i] ^ low) ^ high);
        keyed = epoch;
      }
      let x = place;
      do {
        let r = Math.floor(x / a) | 0;
        let l = (x - r * a) | 0;
        for (let i = 0; i < rounds; i += 2) {
          l = below(l + part(r ^ keys[i], partOfA), a);
          r = below(r + part(l ^ keys[i + 1], partOfB), b);
        }
        x = r * a + l;
      } while (x >= size);
      return x;
    }
  };
}

/** A whole number from the upper bits of a hash: below n, given as its 2^-27th. */
function part(x: number, n: number): number {
  x = Math.imul(x, 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return ((x >>> 5) * n) | 0;
}

/** x modulo n, for x below 2n; a branch here would be guessed wrong half the time. */
function below(x: number, n: number): number {
  const rest = (x - n) | 0;
  return (rest + (n & (rest >> 31))) | 0;
}

function hash(x: number): number {
  x ^= x >>> 16;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x ^= x >>> 15;
  x = Math.imul(x, 0x846ca68b);
  return x ^ (x >>> 16);
}
