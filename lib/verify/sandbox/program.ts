import type {Outcome} from "./outcome.js";

/** What a run may use up before it is stopped. */
export interface Limits {
  /** ms from start to end; a stop by it alone is retried alone before it becomes an outcome */
  wall: number;
  /** s of processor time, of each process */
  cpu: number;
  /** bytes of all processes together */
  memory: number;
  /** processes and threads at once */
  processes: number;
  /** bytes of any file it writes, and of all of them together */
  files: number;
  /** bytes of stdout, of stderr and of the channel, each */
  output: number;
}

/** What a run took; volatile, so never part of a sample. */
export interface Usage {
  /** ms */
  wall: number;
  /** ms of processor time, where the sandbox can tell; 0 elsewhere */
  cpu: number;
  /** bytes, largest resident size seen */
  memory: number;
  /** programs that were run */
  programs: number;
}

/** A program for a sandbox of processes. */
export interface Program {
  /** paths as they are inside the sandbox */
  argv: readonly string[];
  /** files it finds in its read-only folder /job, by name */
  files?: Readonly<Record<string, string>>;
  /** folders of the host that it may read, by their path inside */
  folders?: Readonly<Record<string, string>>;
  /** what it reads from stdin */
  input?: string;
  limits?: Partial<Limits>;
}

/** How a program ended. */
export interface ProgramRun {
  /** "done" whatever the exit code; else what stopped it */
  outcome: Outcome;
  /** null where a signal ended it */
  code: number | null;
  signal: string | null;
  stdout: string;
  stderr: string;
  /** what it wrote to file descriptor 3 */
  channel: string;
  usage: Usage;
}

/**
 * A program that talks with us line by line over a channel of its own (file descriptors 3 and 4, or whatever the
 * sandbox has), never over stdout.
 */
export interface Session {
  send(line: string): void;
  /** the next line; null once it has ended or was stopped */
  receive(): Promise<string | null>;
  /** stops it where it still runs; says how it ended */
  end(): Promise<ProgramRun>;
}
