import {readFileSync} from "node:fs";

/** Modules of the harness, by name. */
export const harnessModules = [
  "values",
  "peer",
  "proxies",
  "candidate",
  "tests",
  "plain",
  "steady",
  "mutate",
  "harness"
] as const;

let read: Readonly<Record<string, string>> | undefined;

/** The Python files of both sides of the wall, by name. */
export function harnessFiles(): Readonly<Record<string, string>> {
  read ??= Object.fromEntries(
    [...harnessModules, "start"].map((name) => [
      `${name}.py`,
      readFileSync(new URL(`./${name}.py`, import.meta.url), "utf8")
    ])
  );
  return read;
}

/** Those that Pyodide imports into its snapshot: all but what forks, by name. */
export function pyodideModules(): Readonly<Record<string, string>> {
  const forks = ["harness.py", "start.py"];
  return Object.fromEntries(Object.entries(harnessFiles()).filter(([name]) => !forks.includes(name)));
}
