import {lstatSync, readlinkSync} from "node:fs";
import type {Limits, Program} from "./program.js";

/** What a program may use where it does not say: 10 s, 5 s of processor, 512 MiB, 64 processes, 16 MiB, 1 MiB. */
export const defaultLimits: Limits = {
  wall: 10_000,
  cpu: 5,
  memory: 512 * 2 ** 20,
  processes: 64,
  files: 16 * 2 ** 20,
  output: 2 ** 20
};

/** File descriptors that bubblewrap gets beside the program's five. */
export const statusFd = 5;
export const filterFd = 6;
export const firstFileFd = 7;

const nobody = "65534";
const openFiles = 128;
const merged = ["bin", "sbin", "lib", "lib32", "lib64", "libx32"];

/**
 * Arguments of bubblewrap for a program: own namespaces of every kind, no capabilities, /usr read-only, one sized tmpfs
 * (/tmp, and /dev/shm in it) as the only place to write, no /proc, no /sys, no environment but PATH, HOME and LANG.
 *
 * @param folders host folders by path inside, already reachable for the user that bubblewrap runs as
 * @param prlimit path of prlimit, which runs inside: set outside, the process limit counts other sandboxes' processes
 */
export function bubblewrapArguments(
  {argv, files = {}}: Program,
  limits: Limits,
  folders: Readonly<Record<string, string>>,
  prlimit: string
): string[] {
  const flags = "--unshare-all --unshare-user --disable-userns --die-with-parent --new-session --cap-drop ALL";
  const args = [...flags.split(" "), "--uid", nobody, "--gid", nobody, "--hostname", "ballast"];
  args.push("--ro-bind", "/usr", "/usr");
  for (const name of merged) args.push(...systemFolder(name));
  args.push("--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache");
  args.push("--ro-bind-try", "/etc/alternatives", "/etc/alternatives");
  for (const device of ["null", "zero", "urandom"]) args.push("--dev-bind", `/dev/${device}`, `/dev/${device}`);
  args.push("--symlink", "urandom", "/dev/random");
  args.push("--perms", "1777", "--size", String(limits.files), "--tmpfs", "/tmp");
  args.push("--symlink", "/tmp", "/dev/shm");
  args.push("--perms", "0755", "--dir", "/job");
  for (const [i, name] of Object.keys(files).entries())
    args.push("--perms", "0444", "--file", String(firstFileFd + i), `/job/${name}`);
  for (const [inside, host] of Object.entries(folders)) args.push("--ro-bind", host, inside);
  args.push("--remount-ro", "/", "--chdir", "/tmp");
  args.push("--setenv", "PATH", "/usr/bin:/bin", "--setenv", "HOME", "/tmp", "--setenv", "LANG", "C.UTF-8");
  args.push("--seccomp", String(filterFd), "--json-status-fd", String(statusFd), "--");
  args.push(prlimit, `--nproc=${limits.processes}`, `--cpu=${limits.cpu}:${limits.cpu + 1}`);
  args.push(`--as=${limits.memory}`, `--fsize=${limits.files}`, `--nofile=${openFiles}`, "--core=0", "--memlock=0");
  args.push("--", ...argv);
  return args;
}

function systemFolder(name: string): string[] {
  const stat = lstatSync(`/${name}`, {throwIfNoEntry: false});
  if (stat === undefined) return [];
  return stat.isSymbolicLink()
    ? ["--symlink", readlinkSync(`/${name}`), `/${name}`]
    : ["--ro-bind", `/${name}`, `/${name}`];
}
