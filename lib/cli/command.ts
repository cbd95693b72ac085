import type {ParseArgsConfig} from "node:util";
import {parseArgs} from "node:util";

/** One command of the command line: a file that exports this shape as `command`. */
export interface Command {
  /** arguments in words, e.g. "RECIPE.yaml --out DIR [--workers N]" */
  usage: string;
  /** one line for the list of commands */
  summary: string;
  /** Returns the exit code: 0 done, 1 the job failed or a rule refused it. Throws Misuse for 2. */
  run(args: readonly string[]): Promise<number>;
}

/** The command line was used wrongly: exit code 2. */
export class Misuse extends Error {}

type Parsed<O extends NonNullable<ParseArgsConfig["options"]>> = ReturnType<
  typeof parseArgs<{args: string[]; options: O; allowPositionals: true; strict: true}>
>;

/** Parses arguments strictly; what does not fit is a Misuse. `--json` and `--help` are everywhere. */
export function parse<O extends NonNullable<ParseArgsConfig["options"]>>(
  args: readonly string[],
  options: O,
  {least = 0, most = least}: {least?: number; most?: number} = {}
): Parsed<O> {
  let parsed;
  try {
    parsed = parseArgs({args: [...args], options, allowPositionals: true, strict: true});
  } catch (error) {
    throw new Misuse((error as Error).message);
  }
  const n = parsed.positionals.length;
  if (n < least || n > most) {
    const range = least === most ? `${least}` : most === Infinity ? `at least ${least}` : `${least} to ${most}`;
    throw new Misuse(`expected ${range} argument${range === "1" ? "" : "s"}, got ${n}`);
  }
  return parsed;
}

/** A flag's value as a whole number in a range, or Misuse. */
export function integer(flag: string, value: string, {min = 0, max = Number.MAX_SAFE_INTEGER} = {}): number {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < min || number > max)
    throw new Misuse(`${flag}: expected a whole number from ${min} to ${max}, got ${JSON.stringify(value)}`);
  return number;
}
