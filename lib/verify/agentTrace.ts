import {z} from "zod";
import {openSections} from "./sections.js";
import {contradiction} from "./trace/consistency.js";
import {EnvironmentText, simulate} from "./trace/environment.js";
import {resolve} from "./trace/files.js";
import {Messages, readMessages} from "./trace/messages.js";
import {Unsupported} from "./trace/unsupported.js";
import {verdict, type Evidence, type Verifier} from "./verifier.js";

const self = {id: "agent-trace", family: "replay", version: "2"};
const maxText = 2_000_000;
const maxSteps = 2000;

const State = z.record(z.string(), z.json());
const Step = z.strictObject({
  tool: z.string().optional(),
  args: z.json().optional(),
  action: z.string().optional(),
  observation: z.json(),
  folder: z.string().optional()
});
const Trace = z.strictObject({
  environment: EnvironmentText.optional(),
  steps: z.array(Step).optional(),
  messages: Messages.optional(),
  final: State.optional()
});
const Reference = z.strictObject({
  environment: EnvironmentText.optional(),
  steps: z.array(Step).max(maxSteps).optional(),
  final: State.optional()
});

/**
 * Replays an agent's calls of tools in a simulated environment, and compares each observation and the final state.
 *
 *     @task
 *     Put the word "done" into notes/a.txt.
 *     @trace json
 *     {"environment": {"kind": "files", "files": {"/notes/a.txt": "open\n"}, "cwd": "/notes"},
 *      "steps": [{"tool": "bash", "args": {"command": "cat a.txt"}, "observation": "open\n"},
 *                {"action": "echo done > a.txt", "observation": ""}],
 *      "final": {"/notes/a.txt": "done\n"}}
 *
 * Environments: "files" (a shell, trace/shell.ts, and SWE-agent's viewer and search, trace/editor.ts and search.ts), "store" (get, set, delete, list by
 * key), "calculator", and "recorded", which cannot be replayed: its observations are only held against each other. `final`
 * names what it claims, files by absolute path; null is a file or key that is not there. `reference` is JSON
 * `{"environment": …, "steps": …, "final": …}` of a trusted source, which goes before the text's own. Its steps are a recorded
 * run: as long as the trace makes the same calls it must see the same; a recording that follows one to its end, or to the
 * trace's, passes; where another call is made first, what follows has nothing to be held against.
 *
 * The section may also be a list of chat messages, or have them as `messages` in place of `steps`: the assistant's `tool_calls`
 * are the calls (the name of the function, its arguments), the tools' messages the observations (trace/messages.ts).
 *
 * Texts are the same where they differ only in spaces at their ends; numbers of a calculator to the digits that are stated.
 * What cannot be simulated is refused, never passed. It does not guard against a task that the trace does not fulfil, unless
 * the reference gives a final state. Reasons: unreadable, diverged (step, expected, got), wrong-state, unsupported-tool,
 * inconsistent, not-reproducible.
 */
export const agentTrace: Verifier = {
  ...self,
  verify(sample) {
    return Promise.resolve(judge(sample));
  }
};

function judge({text, reference}: Evidence) {
  const say = (reason: string, detail = "") => verdict(self, reason, {detail: detail.slice(0, 300)});
  const opened = openSections(text, {main: "trace", others: ["task"], most: maxText});
  if (typeof opened === "string") return say("unreadable", opened);
  const {section} = opened;
  const trace = section.body.startsWith("[")
    ? parse(z.object({messages: Messages}), `{"messages": ${section.body}}`)
    : parse(Trace, section.body);
  if (typeof trace === "string") return say("unreadable", `trace: ${trace}`);
  const {messages, environment, steps: written, final}: z.infer<typeof Trace> = trace;
  if ((messages === undefined) === (written === undefined)) return say("unreadable", "expected steps or messages");
  const called = messages === undefined ? written! : readMessages(messages);
  if (typeof called === "string") return say("unreadable", called);
  const given: readonly z.infer<typeof Step>[] = called;
  const trusted = reference === undefined ? {} : parse(Reference, reference);
  if (typeof trusted === "string") return say("unreadable", `reference: ${trusted}`);
  const recording = messages !== undefined || trusted.steps !== undefined ? {kind: "recorded" as const} : undefined;
  const start = trusted.environment ?? environment ?? recording;
  if (start === undefined) return say("unreadable", "expected an environment in the trace or the reference");
  if (given.length === 0 || given.length > maxSteps)
    return say("unreadable", `expected 1 to ${maxSteps} steps, got ${given.length}`);
  const unclear = given.findIndex(({tool, action}) => (tool === undefined) === (action === undefined));
  if (unclear >= 0) return say("unreadable", `step ${unclear + 1}: expected either a tool or an action`);

  let followed = 0;
  for (const [i, right] of (trusted.steps ?? []).entries()) {
    if (i >= given.length || callOf(given[i]) !== callOf(right)) break;
    if (!same(right.observation, given[i].observation))
      return say("diverged", `step ${i + 1}: expected ${short(right.observation)}, got ${short(given[i].observation)}`);
    followed = i + 1;
  }

  const world = simulate(start);
  if (world === null) {
    const steps = given.map(({tool, args, action, observation, folder}) => ({
      action: action ?? `${tool} ${JSON.stringify(args ?? null)}`,
      observation: typeof observation === "string" ? observation : JSON.stringify(observation),
      ...(folder === undefined ? {} : {folder})
    }));
    const found = contradiction(steps);
    if (found !== null) return say("inconsistent", `step ${found.step}: ${found.detail}`);
    if (followed === steps.length) {
      // What the recording does not show of the end is not claimed to be right.
      if (final === undefined && trusted.final === undefined) return say("");
      return say("not-reproducible", "the final state is not told by a recording");
    }
    return say(
      "not-reproducible",
      followed > 0
        ? `step ${followed + 1}: ${steps[followed].action.slice(0, 100)}: the reference's run does not make this call`
        : `step 1: ${steps[0].action.slice(0, 100)}: the environment that it began in is not told`
    );
  }
  for (const [i, {tool, args, action, observation}] of given.entries()) {
    let expected: unknown;
    try {
      expected = world.call(action === undefined ? {tool: tool!, args} : {tool: "action", args: action});
    } catch (error) {
      if (!(error instanceof Unsupported)) throw error;
      return say("unsupported-tool", `step ${i + 1}: ${error.message}`);
    }
    if (!same(expected, observation))
      return say("diverged", `step ${i + 1}: expected ${short(expected)}, got ${short(observation)}`);
  }
  const state = world.state();
  for (const claim of [final, trusted.final]) {
    for (const [key, value] of Object.entries(claim ?? {})) {
      const at = start.kind === "files" ? resolve(start.cwd, key) : key;
      const real = Object.hasOwn(state, at) ? state[at] : null;
      if (!same(real, value)) return say("wrong-state", `${key}: expected ${short(real)}, got ${short(value)}`);
    }
  }
  return say("");
}

function parse<T>(schema: z.ZodType<T>, text: string): T | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return "expected JSON";
  }
  const out = schema.safeParse(value);
  return out.success ? out.data : z.prettifyError(out.error).split("\n").slice(0, 2).join(" ");
}

function callOf({tool, args, action}: z.infer<typeof Step>): string {
  return action === undefined ? canonical([tool, args ?? null]) : action.trim();
}

function same(expected: unknown, got: unknown): boolean {
  if (typeof expected === "number" && (typeof got === "number" || typeof got === "string")) {
    const text = String(got).trim();
    if (!/^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(text)) return false;
    const decimals = /\.(\d+)$/.exec(text)?.[1].length ?? 0;
    const half = decimals === 0 ? 0 : 0.5 * 10 ** -decimals;
    return Math.abs(Number(text) - expected) <= half + 1e-12 * Math.abs(expected);
  }
  if (typeof expected === "string" && typeof got === "string")
    return expected.replaceAll("\r", "").trimEnd() === got.replaceAll("\r", "").trimEnd();
  // Tools of chat messages answer with the text of a JSON value.
  if (typeof got === "string" && typeof expected !== "string") {
    try {
      return canonical(expected) === canonical(JSON.parse(got));
    } catch {
      return false;
    }
  }
  return canonical(expected) === canonical(got);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner
  );
}

function short(value: unknown): string {
  return (JSON.stringify(value) ?? "nothing").slice(0, 110);
}
