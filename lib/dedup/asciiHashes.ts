import {alone} from "./normalise.js";
import {again, asModule, get, i32, lanes, loop, set, when, type Code} from "./webAssembly.js";

/** Bytes of a text that the module takes, and words a shingle. */
export const asciiLimits = {bytes: 16_384, size: 64} as const;

/** Hashes the words and shingles of a short ASCII text, in WebAssembly. */
export interface AsciiHashes {
  /** where a text is to lie, as bytes */
  text: Uint8Array<ArrayBuffer>;
  /** both hashes of each word, then of each shingle */
  lowUnits: Int32Array;
  highUnits: Int32Array;
  low: Int32Array;
  high: Int32Array;
  /** Puts a text of at most so many bytes there; false if it is not of ASCII alone. */
  put(text: Uint8Array): boolean;
  /** Hashes the words of the first bytes, at least one; how many there are. */
  words(length: number): number;
  /** Hashes the first `count` runs of `size` words. */
  shingles(count: number, size: number): void;
}

/**
 * The hashes of `createShingler` for texts of ASCII alone, to the bit: half the time, since no byte is looked at twice and
 * four shingles are mixed at once.
 *
 * @param table what each unit is read as
 * @param bases of the polynomials of a shingle's hashes
 */
export function createAsciiHashes(table: Int32Array, bases: readonly [low: number, high: number]): AsciiHashes {
  compiled ??= asModule(Math.ceil(end / 65_536), [
    {name: "words", parameters: 1, variables: {i32: 7, i64: 0, v128: 0}, body: words()},
    {name: "runs", parameters: 5, variables: {i32: 2, i64: 0, v128: 2}, body: runs()},
    {name: "beyond", parameters: 1, variables: {i32: 2, i64: 0, v128: 0}, body: beyond()}
  ]);
  const {
    memory,
    words: hashWords,
    runs: hashRuns,
    beyond: beyondAscii
  } = new WebAssembly.Instance(compiled).exports as {
    memory: WebAssembly.Memory;
    words(length: number): number;
    beyond(length: number): number;
    runs(count: number, size: number, weights: number, from: number, to: number): number;
  };
  const array = (at: number, length: number) => new Int32Array(memory.buffer, at, length);
  array(tableAt, 128).set(table.subarray(0, 128));
  const weights = array(weightsAt, 2 * asciiLimits.size);
  let weighed = 0;
  const text = new Uint8Array(memory.buffer, textAt, asciiLimits.bytes);
  return {
    text,
    put(given) {
      text.set(given);
      for (let i = given.length; i < given.length + 3; i++) text[i] = 0;
      return beyondAscii(given.length) === 0;
    },
    lowUnits: array(lowUnitsAt, most),
    highUnits: array(highUnitsAt, most),
    low: array(lowAt, most),
    high: array(highAt, most),
    words: hashWords,
    shingles(count, size) {
      if (size !== weighed) {
        for (const [i, base] of bases.entries())
          for (let word = size - 1, weight = 1; word >= 0; word--, weight = Math.imul(weight, base))
            weights[i * asciiLimits.size + word] = weight;
        weighed = size;
      }
      hashRuns(count, size, weightsAt, lowUnitsAt, lowAt);
      hashRuns(count, size, weightsAt + 4 * asciiLimits.size, highUnitsAt, highAt);
    }
  };
}

let compiled: WebAssembly.Module | undefined;

// A text of n bytes has at most n words; four shingles are made at a time, of words that may not be there.
const most = asciiLimits.bytes + asciiLimits.size + 4;
const tableAt = 0;
const weightsAt = tableAt + 4 * 128;
const textAt = weightsAt + 8 * asciiLimits.size;
const lowUnitsAt = textAt + asciiLimits.bytes;
const highUnitsAt = lowUnitsAt + 4 * most;
const lowAt = highUnitsAt + 4 * most;
const highAt = lowAt + 4 * most;
const end = highAt + 4 * most;

/** Which upper bits the first bytes have, four at a time. */
function beyond(): Code {
  const [length, at, bits] = Array(3).keys();
  return [
    ...loop([
      ...set(bits, [...get(bits), ...get(at), ...i32.load(textAt), ...i32.or]),
      ...set(at, [...get(at), ...i32.constant(4), ...i32.add]),
      ...[...get(at), ...get(length), ...i32.less, ...again]
    ]),
    ...[...get(bits), ...i32.constant(0x80808080 | 0), ...i32.and]
  ];
}

function words(): Code {
  const [length, at, n, a, b, inside, code, letter] = Array(8).keys();
  const store = (low: Code, high: Code): Code => [
    ...[...get(n), ...low, ...i32.store(lowUnitsAt)],
    ...[...get(n), ...high, ...i32.store(highUnitsAt)]
  ];
  const mixed = (hash: Code, factor: number): Code => [...hash, ...i32.constant(factor), ...i32.mul];
  const step = (hash: number, factor: number): Code =>
    set(hash, [...mixed([...get(hash), ...get(code), ...i32.xor], factor), ...get(letter), ...i32.and]);
  const aWordItself = [
    ...store(get(a), get(b)),
    ...set(n, [...get(n), ...get(inside), ...i32.sub]),
    ...store(mixed(get(code), lowFactor), mixed(get(code), highFactor)),
    ...set(n, [...get(n), ...i32.constant(4), ...i32.add]),
    ...[a, b, inside].flatMap((variable) => set(variable, i32.constant(0)))
  ];
  // Where words end cannot be predicted, so no branch hangs on it: −1 for a letter, 0 for what separates words.
  const partOfAWord = [
    ...set(letter, [...i32.constant(0), ...get(code), ...i32.sub, ...i32.constant(31), ...i32.shiftRightSigned]),
    ...store(get(a), get(b)),
    ...set(n, [...get(n), ...get(inside), ...get(letter), ...i32.constant(-1), ...i32.xor, ...i32.and, ...i32.sub]),
    ...step(a, lowFactor),
    ...step(b, highFactor),
    ...set(inside, [...get(letter), ...i32.constant(2), ...i32.shiftLeft])
  ];
  return [
    ...loop([
      ...set(code, [...get(at), ...i32.loadByte(textAt), ...i32.constant(2), ...i32.shiftLeft, ...i32.load(tableAt)]),
      ...when([...get(code), ...i32.constant(alone - 1), ...i32.greater], aWordItself, partOfAWord),
      ...set(at, [...get(at), ...i32.constant(1), ...i32.add]),
      ...[...get(at), ...get(length), ...i32.less, ...again]
    ]),
    ...store(get(a), get(b)),
    ...[...get(n), ...get(inside), ...i32.sub, ...i32.constant(2), ...i32.shiftRight]
  ];
}

function runs(): Code {
  const [count, size, weights, from, to, at, word, sum, factor] = Array(9).keys();
  const shifted = (index: number): Code => [...get(index), ...i32.constant(2), ...i32.shiftLeft];
  const mixed = (shift: number): Code => set(sum, [...get(sum), ...get(sum), ...i32.constant(shift), ...lanes.shiftRight, ...lanes.xor]); // prettier-ignore
  const times = (by: number): Code => set(sum, [...get(sum), ...i32.constant(by), ...lanes.splat, ...lanes.mul]);
  return [
    ...loop([
      ...set(sum, [...i32.constant(0), ...lanes.splat]),
      ...set(word, i32.constant(0)),
      ...loop([
        ...set(factor, [...get(weights), ...shifted(word), ...i32.add, ...i32.load(0), ...lanes.splat]),
        ...set(sum, [
          ...[...get(sum), ...get(from), ...shifted(at), ...i32.add, ...shifted(word), ...i32.add, ...lanes.load(0)],
          ...[...get(factor), ...lanes.mul, ...lanes.add]
        ]),
        ...set(word, [...get(word), ...i32.constant(1), ...i32.add]),
        ...[...get(word), ...get(size), ...i32.less, ...again]
      ]),
      // fmix32
      ...[...mixed(16), ...times(0x85ebca6b | 0), ...mixed(13), ...times(0xc2b2ae35 | 0), ...mixed(16)],
      ...[...get(to), ...shifted(at), ...i32.add, ...get(sum), ...lanes.store(0)],
      ...set(at, [...get(at), ...i32.constant(4), ...i32.add]),
      ...[...get(at), ...get(count), ...i32.less, ...again]
    ]),
    ...get(count)
  ];
}

const lowFactor = 0x01000193;
const highFactor = 0x5bd1e995;
