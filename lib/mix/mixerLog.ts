import {canonicalJson} from "../text/json.js";
import {parseMixer, type MixerState} from "./mixerState.js";
import {step, type MixerObservation} from "./online.js";

/** What a replay found. */
interface Replay {
  /** after the last step that was replayed alike */
  readonly state: MixerState;
  readonly steps: number;
  /** the first step whose weights are not those of the log, to the bit; null where there is none */
  readonly diverged: {
    /** of the log, counted from 1 */
    readonly line: number;
    readonly step: number;
    readonly tier: string;
    /** the log's weight, and the one replayed */
    readonly expected: number;
    readonly got: number;
  } | null;
}

/** The first line of a log: the state that a run starts or resumes from. Without a line end. */
export function startLine(state: MixerState): string {
  return canonicalJson({kind: "start", state});
}

/** A log's line for one step: the losses that came in, and the weights that went out. Without a line end. */
export function stepLine(after: MixerState, {losses, reference, tokenizer}: MixerObservation): string {
  return canonicalJson({kind: "step", step: after.step, losses, reference, tokenizer, weights: after.weights});
}

/**
 * Takes every step of a log again from the state in its first line. A run that was resumed may write a further start line:
 * the steps after it begin at its state, which must be the one reached.
 *
 * @param lines JSONL; empty ones are passed over
 * @throws TypeError or RangeError `line N: …` for a line that is none of a log, or a step that does not follow the last
 */
export function replay(lines: Iterable<string>, {tokenizer}: {tokenizer: string}): Replay {
  let state: MixerState | null = null;
  let steps = 0;
  let line = 0;
  for (const text of lines) {
    line++;
    if (text.trim() === "") continue;
    const entry = parseLine(text, line);
    if (entry.kind === "start") {
      const start = parseMixer(entry.state, {tokenizer}, `line ${line}`);
      if (state !== null && canonicalJson(start) !== canonicalJson(state))
        throw new RangeError(
          `line ${line}: expected to go on from step ${state.step} as it was reached, got another state`
        );
      state ??= start;
      continue;
    }
    if (state === null) throw new RangeError(`line ${line}: expected the state that the run starts from, got a step`);
    if (entry.step !== state.step + 1)
      throw new RangeError(`line ${line}: expected step ${state.step + 1}, got ${String(entry.step)}`);
    const expected = entry.weights;
    if (!Array.isArray(expected) || expected.length !== state.weights.length)
      throw new TypeError(`line ${line}: weights: expected ${state.weights.length} numbers`);
    let next: MixerState;
    try {
      next = step(state, entry as unknown as MixerObservation);
    } catch (error) {
      throw new RangeError(`line ${line}: ${(error as Error).message}`, {cause: error});
    }
    const at = next.weights.findIndex((w, j) => w !== expected[j]);
    if (at >= 0) {
      const tier = next.config.tiers[at];
      const diverged = {line, step: next.step, tier, expected: expected[at] as number, got: next.weights[at]};
      return {state, steps, diverged};
    }
    state = next;
    steps++;
  }
  if (state === null) throw new RangeError("expected a log that begins with a state, got no line");
  return {state, steps, diverged: null};
}

function parseLine(text: string, line: number): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new TypeError(`line ${line}: expected JSON, got ${JSON.stringify(text.slice(0, 60))}`, {cause: error});
  }
  const entry = value as Record<string, unknown> | null;
  if (entry?.kind === "start") return entry;
  const records = [entry?.losses, entry?.reference ?? {}];
  if (entry?.kind !== "step" || records.some((record) => typeof record !== "object" || record === null))
    throw new TypeError(`line ${line}: expected a start or a step with its losses, got ${text.slice(0, 60)}`);
  return entry;
}
