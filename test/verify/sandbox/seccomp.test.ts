import {expect, test} from "vitest";
import {seccompFilter} from "../../../lib/verify/sandbox/seccomp.js";
import {deniedCalls} from "../../../lib/verify/sandbox/seccompCalls.js";

const [allowed, killed] = [0x7fff0000, 0x80000000];
const errno = (value: number) => value & 0xffff;

/** What the kernel would answer: classic BPF over the words of a call. */
function decide(filter: Buffer, machine: number, number: number, ...args: number[]): number {
  const words = new Map([[0, number], [4, machine], ...args.map((arg, i): [number, number] => [16 + 8 * i, arg])]);
  let held = 0;
  for (let i = 0; ; i++) {
    const [code, k] = [filter.readUInt16LE(8 * i), filter.readUInt32LE(8 * i + 4)];
    if (code === 0x06) return k;
    if (code === 0x20) {
      held = words.get(k) ?? 0;
      continue;
    }
    const holds = code === 0x15 ? held === k : code === 0x35 ? held >= k : (held & k) !== 0;
    i += filter.readUInt8(8 * i + (holds ? 2 : 3));
  }
}

const machines = [
  {name: "x64", audit: 0xc000003e, column: 0, read: 0, execve: 59, clone: 56, socket: 41, ioctl: 16},
  {name: "arm64", audit: 0xc00000b7, column: 1, read: 63, execve: 221, clone: 220, socket: 198, ioctl: 29}
];

test.each(machines)("the filter of $name refuses what no candidate needs and lets the rest through", (machine) => {
  const filter = seccompFilter(machine.name);
  const call = (number: number, ...args: number[]) => decide(filter, machine.audit, number, ...args);
  expect([call(machine.read), call(machine.execve), call(machine.clone, 0x11)]).toEqual([allowed, allowed, allowed]);
  for (const [name, numbers] of Object.entries(deniedCalls)) {
    const number = numbers[machine.column];
    if (number >= 0) expect([name, errno(call(number))]).toEqual([name, 1]);
  }
  for (const flag of [0x00020000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000])
    expect(errno(call(machine.clone, 0x11 | flag))).toBe(1);
  expect([call(machine.socket, 1), errno(call(machine.socket, 2)), errno(call(machine.socket, 16))]).toEqual([
    allowed,
    13,
    13
  ]);
  expect([errno(call(machine.ioctl, 0, 0x5412)), call(machine.ioctl, 0, 0x5401)]).toEqual([1, allowed]);
  // clone3, and calls that are newer than the filter, do not exist.
  expect([errno(call(435)), errno(call(442)), errno(call(500)), call(441)]).toEqual([38, 38, 38, allowed]);
  expect(decide(filter, 0x40000003, machine.read)).toBe(killed);
});

test("calls of the x32 interface are no way around, and no other machine has a filter", () => {
  expect(decide(seccompFilter("x64"), 0xc000003e, 0x40000000 + 101)).toBe(killed);
  expect(() => seccompFilter("riscv64")).toThrow("expected a machine of x64 or arm64, got riscv64");
});
