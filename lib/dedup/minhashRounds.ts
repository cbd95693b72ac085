import {
  again,
  againOutside,
  asModule,
  get,
  i32,
  i64,
  lanes,
  loop,
  negated,
  select,
  set,
  when,
  type Code
} from "./webAssembly.js";

/** Shingles that lie in the module's memory at a time; those of a longer text come one load after another. */
export const roundsLoad = 8192;

/** Fills the bins of a signature, in WebAssembly. */
interface MinhashRounds {
  /**
   * A bin each: the round that filled it in the upper 32 bits, the hash less −2³¹ in the lower ones, all ones while it is
   * empty. So the least number is what the rules leave: the first round, and its least hash.
   */
  bins: BigInt64Array;
  /** both hashes of up to `roundsLoad` shingles */
  low: Int32Array;
  high: Int32Array;
  /**
   * Deals the first `count` shingles loaded into the bins, once a round, until none is empty.
   *
   * @param count a multiple of 4; a shingle may be there twice
   * @param empty bins that are empty before
   * @returns bins that are empty after
   */
  deal(count: number, empty: number, round: number, end: number, hashes: number): number;
}

/**
 * A module of its own for a signer. In WebAssembly, since four shingles are hashed at once and a bin is 64 bits wide:
 * about 3 µs for a text of 76 shingles and 160 bins against 6 µs in JavaScript. Integers alone: the same bits everywhere.
 */
export function createMinhashRounds(): MinhashRounds {
  compiled ??= asModule(Math.ceil((highAt + 4 * roundsLoad) / page), [
    {name: "deal", parameters: 5, variables: {i32: 3, i64: 3, v128: 2}, body: dealing()}
  ]);
  const {memory, deal} = new WebAssembly.Instance(compiled).exports as {
    memory: WebAssembly.Memory;
    deal: MinhashRounds["deal"];
  };
  return {
    bins: new BigInt64Array(memory.buffer, 0, mostBins),
    low: new Int32Array(memory.buffer, lowAt, roundsLoad),
    high: new Int32Array(memory.buffer, highAt, roundsLoad),
    deal
  };
}

let compiled: WebAssembly.Module | undefined;

const mostBins = 4096;
const lowAt = 8 * mostBins;
const highAt = lowAt + 4 * roundsLoad;
const page = 65_536;

// The function as it is written down below, by the numbers of its parameters and variables.
const [count, empty, round, end, hashes, at, step, bin, upper, entry, candidate, h, bins] = Array(13).keys();

function dealing(): Code {
  /** The candidate on the stack goes into its bin if it is less than what is there. */
  const put = (binAt: Code, hash: Code): Code => [
    ...set(bin, binAt),
    ...set(entry, [...get(bin), ...i64.load]),
    ...set(candidate, [...get(upper), ...hash, ...i64.extend, ...i64.or]),
    ...set(empty, [...get(empty), ...get(entry), ...i64.constant(-1), ...i64.equal, ...i32.sub]),
    ...get(bin),
    ...[...get(candidate), ...get(entry), ...get(candidate), ...get(entry), ...i64.less, ...select, ...i64.store]
  ];
  const scaled = (hash: Code): Code => [...hash, ...i32.constant(16), ...i32.shiftRight];
  const lane = (i: number): Code => put([...get(bins), ...lanes.extract(i)], [...get(h), ...lanes.extract(i)]);
  const mixed = (shift: number): Code => set(h, [...get(h), ...get(h), ...i32.constant(shift), ...lanes.shiftRight, ...lanes.xor]); // prettier-ignore
  const times = (factor: number): Code => set(h, [...get(h), ...i32.constant(factor), ...lanes.splat, ...lanes.mul]);
  const eachOf = (body: Code, width: number): Code => [
    ...set(at, i32.constant(0)),
    ...loop([...body, ...set(at, [...get(at), ...i32.constant(width), ...i32.add]), ...get(at), ...get(count), ...i32.less, ...again]) // prettier-ignore
  ];
  // Round 0 takes the first hash as it is; 2³¹ − 1 is what an empty bin holds, and does not count.
  const first = i32.load(lowAt);
  const roundZero = [
    ...set(upper, i64.constant(0)),
    ...eachOf(
      [
        ...set(step, [...get(at), ...first]),
        ...set(upper, [...get(step), ...i32.constant(0x7fffffff), ...i32.equal, ...i64.extend, ...negated]),
        ...put(
          [...scaled([...scaled(get(step)), ...get(hashes), ...i32.mul]), ...i32.constant(3), ...i32.shiftLeft],
          [...get(step), ...i32.constant(-0x80000000), ...i32.xor]
        ),
        ...set(empty, [...get(empty), ...get(upper), ...get(entry), ...i64.and, ...i64.constant(-1), ...i64.equal, ...i32.add]) // prettier-ignore
      ],
      4
    ),
    ...set(round, i32.constant(1))
  ];
  const laterRound = [
    ...set(step, [...get(round), ...i32.constant(0x9e3779b1 | 0), ...i32.mul]),
    ...set(upper, [...get(round), ...i64.extend, ...i64.constant(32), ...i64.shiftLeft]),
    ...eachOf(
      [
        ...set(h, [...get(at), ...lanes.load(lowAt), ...get(step), ...lanes.splat, ...lanes.xor]),
        ...times(0x85ebca6b | 0),
        ...set(h, [...get(h), ...get(at), ...lanes.load(highAt), ...lanes.xor]),
        ...mixed(15),
        ...times(0xc2b2ae35 | 0),
        ...mixed(16),
        ...set(bins, [
          ...[...get(h), ...i32.constant(16), ...lanes.shiftRight, ...get(hashes), ...lanes.splat, ...lanes.mul],
          ...[...i32.constant(16), ...lanes.shiftRight, ...i32.constant(3), ...lanes.shiftLeft]
        ]),
        ...set(h, [...get(h), ...i32.constant(-0x80000000), ...lanes.splat, ...lanes.xor]),
        ...[0, 1, 2, 3].flatMap(lane)
      ],
      16
    ),
    ...set(round, [...get(round), ...i32.constant(1), ...i32.add])
  ];
  return [
    ...set(count, [...get(count), ...i32.constant(2), ...i32.shiftLeft]),
    ...when([...get(round), ...i32.isZero], roundZero),
    ...loop(
      when(
        [...get(round), ...get(end), ...i32.less, ...get(empty), ...i32.constant(0), ...i32.greater, ...i32.and],
        [...laterRound, ...againOutside]
      )
    ),
    ...get(empty)
  ];
}
