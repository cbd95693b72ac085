import {deniedCalls, judgedCalls, newCalls} from "./seccompCalls.js";

const allow = 0x7fff0000;
const kill = 0x80000000;
const refuse = (errno: number) => 0x00050000 | errno;
const [eperm, enosys, eacces] = [1, 38, 13];

// Classic BPF: load a word, jump if equal, greater or equal, or any bit set, return.
const [load, equal, atLeast, anyBit, end] = [0x20, 0x15, 0x35, 0x45, 0x06];
const [numberAt, machineAt] = [0, 4];
const argumentAt = (i: number) => 16 + 8 * i;

// CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET; NEWTIME has no bit in clone.
const namespaces = 0x7e020000;
const unixFamily = 1;
const terminalCalls = [0x5412 /* TIOCSTI */, 0x541c /* TIOCLINUX */];
const firstNewCall = 440;
const x32 = 0x40000000;

const machines: Readonly<Record<string, {audit: number; column: 0 | 1}>> = {
  x64: {audit: 0xc000003e, column: 0},
  arm64: {audit: 0xc00000b7, column: 1}
};

type Instruction = readonly [code: number, ifTrue: number, ifFalse: number, k: number];

/**
 * A seccomp filter as bubblewrap reads it: tracing, mounts, namespaces, bpf, perf, keys, io_uring, kernel modules,
 * anonymous files and System V memory are refused with EPERM, sockets other than unix with EACCES, clone3 and calls newer
 * than we know do not exist (ENOSYS: callers fall back), and a program of another architecture is killed with SIGSYS.
 *
 * It does not guard against bugs of the calls it lets through, nor bound what pipes and unix sockets hold.
 *
 * @param machine process.arch: "x64" or "arm64"
 * @throws RangeError for another machine
 */
export function seccompFilter(machine: string): Buffer {
  const found = machines[machine];
  if (found === undefined) throw new RangeError(`expected a machine of x64 or arm64, got ${machine}`);
  const {audit, column} = found;
  const filter: Instruction[] = [
    [load, 0, 0, machineAt],
    [equal, 1, 0, audit],
    [end, 0, 0, kill],
    [load, 0, 0, numberAt]
  ];
  if (machine === "x64") filter.push([atLeast, 0, 1, x32], [end, 0, 0, kill]);
  for (const call of newCalls) filter.push([equal, 0, 1, call], [end, 0, 0, allow]);
  filter.push([atLeast, 0, 1, firstNewCall], [end, 0, 0, refuse(enosys)]);
  filter.push([equal, 0, 1, judgedCalls.clone3[column]], [end, 0, 0, refuse(enosys)]);
  for (const numbers of Object.values(deniedCalls))
    if (numbers[column] >= 0) filter.push([equal, 0, 1, numbers[column]], [end, 0, 0, refuse(eperm)]);
  filter.push(
    [equal, 0, 4, judgedCalls.clone[column]],
    [load, 0, 0, argumentAt(0)],
    [anyBit, 0, 1, namespaces],
    [end, 0, 0, refuse(eperm)],
    [end, 0, 0, allow]
  );
  for (const call of [judgedCalls.socket, judgedCalls.socketpair])
    filter.push(
      [equal, 0, 4, call[column]],
      [load, 0, 0, argumentAt(0)],
      [equal, 1, 0, unixFamily],
      [end, 0, 0, refuse(eacces)],
      [end, 0, 0, allow]
    );
  filter.push([equal, 0, 1 + 2 * terminalCalls.length, judgedCalls.ioctl[column]], [load, 0, 0, argumentAt(1)]);
  for (const call of terminalCalls) filter.push([equal, 0, 1, call], [end, 0, 0, refuse(eperm)]);
  filter.push([end, 0, 0, allow]);
  const bytes = Buffer.alloc(8 * filter.length);
  for (const [i, [code, ifTrue, ifFalse, k]] of filter.entries()) {
    bytes.writeUInt16LE(code, 8 * i);
    bytes.writeUInt8(ifTrue, 8 * i + 2);
    bytes.writeUInt8(ifFalse, 8 * i + 3);
    bytes.writeUInt32LE(k >>> 0, 8 * i + 4);
  }
  return bytes;
}
