import {normalisations, type NormalisationName} from "../dedup/normalise.js";
import {integer, Misuse} from "./command.js";

const text = {type: "string"} as const;
const several = {type: "string", multiple: true} as const;
const given = {type: "boolean"} as const;

/** Flags of `ballast dedup`, of all its kinds; none has a default here, so that one that does not apply is told. */
export const dedupFlags = {
  ...{by: text, out: text, text, json: given, semantic: given, annotate: given},
  ...{preset: text, threshold: text, unit: text, size: text, normalise: text, bands: text, rows: text},
  ...{keep: several, against: several, index: text, source: text, workers: text, most: text},
  ...{"cluster-share": text, "source-share": text, "cut-share": text},
  ...{embeddings: text, model: text, batch: text}
} as const;

/** The flags as they were given. */
export type DedupFlags = {
  [Name in keyof typeof dedupFlags]?: (typeof dedupFlags)[Name] extends {multiple: true}
    ? string[]
    : (typeof dedupFlags)[Name]["type"] extends "string"
      ? string
      : boolean;
};

/** One kind of purge: what it takes beside --out, --text and --json, and what it does. */
export interface DedupKind {
  flags: readonly (keyof typeof dedupFlags)[];
  /** Runs it and returns what it found, and that in words. */
  run(paths: readonly string[], out: string, values: DedupFlags): Promise<{found: object; words: string}>;
}

/** A flag's whole number in 1 to 4096, or nothing. */
export function count(flag: string, value: string | undefined): number | undefined {
  return value === undefined ? undefined : integer(flag, value, {min: 1, max: 4096});
}

/** A flag's number in [0, 1], or (0, 1] with `above` 0, or nothing. */
export function share(flag: string, value: string | undefined, {above = -Infinity} = {}): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (value.trim() === "" || !(number >= 0 && number > above && number <= 1))
    throw new Misuse(`${flag}: expected a number in ${above === 0 ? "(" : "["}0, 1], got ${JSON.stringify(value)}`);
  return number;
}

/** A flag's value, which is one of some names, or nothing. */
export function oneOf<Name extends string>(
  flag: string,
  value: string | undefined,
  names: readonly Name[]
): Name | undefined {
  if (value !== undefined && !names.includes(value as Name))
    throw new Misuse(`${flag}: expected one of ${names.join(", ")}, got ${JSON.stringify(value)}`);
  return value as Name | undefined;
}

/** The reading that --normalise names. */
export function normalisation(value: string | undefined): NormalisationName | undefined {
  return oneOf("--normalise", value, Object.keys(normalisations) as NormalisationName[]);
}
