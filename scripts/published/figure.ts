import type {RunTasks} from "../../lib/scaling/task.js";

/** A published figure beside ours. */
export interface Line {
  readonly figure: string;
  /** text for a verdict such as the law that was picked */
  readonly published: number | string;
  /** null where it could not be computed here, and `note` says why */
  readonly ours: number | string | null;
  /** largest |ours − published| that counts as the same: half the last published digit, unless `note` says otherwise */
  readonly tolerance: number;
  readonly note?: string;
}

/** Figures of one data set that are computed together. */
export interface Group {
  readonly group: string;
  /** as data/public.json names it */
  readonly set: string;
  readonly files: readonly string[];
  /** what was done, in one sentence */
  readonly how: string;
  /** seconds to minutes: the test leaves these to the script */
  readonly slow?: boolean;
  measure(tools: Tools): Promise<Line[]>;
}

/** What a group works with. */
export interface Tools {
  /** path of one of the group's files */
  file(name: string): string;
  /** where the tasks of a fit are done */
  readonly run: RunTasks;
  /** a Python of our own with packages from PyPI, or null where there is none */
  python(packages: readonly string[]): Promise<string | null>;
}

/** A line of the table as data/reproduced.json holds it. */
export interface Reproduced extends Line {
  readonly group: string;
  readonly set: string;
  readonly revision: string | null;
  /** sha256 by file */
  readonly files: Readonly<Record<string, string>>;
  readonly how: string;
  readonly agrees: boolean | null;
  readonly note: string;
}

/** Whether a line's figure is the published one. */
export function agrees({published, ours, tolerance}: Line): boolean | null {
  if (ours === null) return null;
  return typeof published === "number" && typeof ours === "number"
    ? Math.abs(ours - published) <= tolerance * (1 + 1e-9)
    : ours === published;
}
