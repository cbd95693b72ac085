/** Instructions, one after another. */
export type Code = readonly number[];

/** A function that takes and returns 32-bit integers; its variables are numbered after its parameters, by type. */
interface WebAssemblyFunction {
  name: string;
  parameters: number;
  variables: {i32: number; i64: number; v128: number};
  body: Code;
}

export const get = (variable: number): Code => [0x20, variable];
export const set = (variable: number, value: Code): Code => [...value, 0x21, variable];
export const loop = (body: Code): Code => [0x03, 0x40, ...body, 0x0b];
export const when = (condition: Code, body: Code, otherwise?: Code): Code =>
  [...condition, 0x04, 0x40, ...body, ...(otherwise === undefined ? [] : [0x05, ...otherwise]), 0x0b]; // prettier-ignore
export const select: Code = [0x1b];
/** To the start of the loop: where the stack says so, and from inside a condition. */
export const again: Code = [0x0d, 0];
export const againOutside: Code = [0x0c, 1];

export const i32 = {
  constant: (value: number): Code => [0x41, ...signed(BigInt(value))],
  load: (offset: number): Code => [0x28, 2, ...unsigned(offset)],
  loadByte: (offset: number): Code => [0x2d, 0, ...unsigned(offset)],
  store: (offset: number): Code => [0x36, 2, ...unsigned(offset)],
  ...{add: [0x6a], sub: [0x6b], mul: [0x6c], and: [0x71], or: [0x72], xor: [0x73], shiftLeft: [0x74]},
  /** signed, and not */
  ...{shiftRightSigned: [0x75], shiftRight: [0x76]},
  ...{isZero: [0x45], equal: [0x46], less: [0x48], greater: [0x4a]}
};

export const i64 = {
  constant: (value: number): Code => [0x42, ...signed(BigInt(value))],
  ...{
    load: [0x29, 3, 0],
    store: [0x37, 3, 0],
    extend: [0xad],
    or: [0x84],
    and: [0x83],
    shiftLeft: [0x86],
    equal: [0x51]
  },
  /** unsigned */
  less: [0x54]
};

/** −x of the 64-bit x on the stack. */
export const negated: Code = [...i64.constant(-1), 0x7e];

/** Four 32-bit integers at once. */
export const lanes = {
  load: (offset: number): Code => [0xfd, 0x00, 2, ...unsigned(offset)],
  store: (offset: number): Code => [0xfd, 0x0b, 2, ...unsigned(offset)],
  extract: (lane: number): Code => [0xfd, 0x1b, lane],
  ...{splat: [0xfd, 0x11], xor: [0xfd, 0x51], add: [0xfd, 0xae, 1], mul: [0xfd, 0xb5, 1]},
  ...{shiftLeft: [0xfd, 0xab, 1], shiftRight: [0xfd, 0xad, 1]}
};

/**
 * A module of functions over one memory, which it exports with them; written down here rather than compiled elsewhere, so
 * that what runs can be read. Every browser of 2023 and every Node since 16 has what it needs, SIMD included.
 *
 * Source of the format: WebAssembly Core Specification 2.0, sections 5.4 and 5.5.
 */
export function asModule(pages: number, functions: readonly WebAssemblyFunction[]): WebAssembly.Module {
  const types = {i32: 0x7f, i64: 0x7e, v128: 0x7b};
  const many = (list: readonly Code[]) => [...unsigned(list.length), ...list.flat()];
  const sized = (body: Code) => [...unsigned(body.length), ...body];
  const named = (name: string) => sized([...new TextEncoder().encode(name)]);
  const bodyOf = ({variables, body}: WebAssemblyFunction) =>
    sized([3, variables.i32, types.i32, variables.i64, types.i64, variables.v128, types.v128, ...body, 0x0b]);
  return new WebAssembly.Module(
    Uint8Array.from([
      ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      ...[1, ...sized(many(functions.map(({parameters: n}) => [0x60, n, ...Array<number>(n).fill(types.i32), 1, types.i32])))], // prettier-ignore
      ...[3, ...sized(many(functions.map((_, i) => [i])))],
      ...[5, ...sized([1, 0, ...unsigned(pages)])],
      ...[7, ...sized(many([[...named("memory"), 2, 0], ...functions.map(({name}, i) => [...named(name), 0, i])]))],
      ...[10, ...sized(many(functions.map(bodyOf)))]
    ])
  );
}

/** LEB128, as numbers are written in a module. */
function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(Math.floor(value / 128))];
}

function signed(value: bigint): number[] {
  const last = value >= -64n && value < 64n;
  return last ? [Number(value & 0x7fn)] : [Number(value & 0x7fn) | 0x80, ...signed(value >> 7n)];
}
