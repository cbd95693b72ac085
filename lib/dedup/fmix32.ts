/** Mixes 32 bits so that each bit of what comes depends on each that went in. Source: A. Appleby, MurmurHash3, fmix32. */
export function fmix32(h: number): number {
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}
