import {z} from "zod";
import {readSections} from "./sections.js";
import {contradiction} from "./trace/consistency.js";
import {EnvironmentText, simulate} from "./trace/environment.js";
import {resolve} from "./trace/files.js";
import {Unsupported} from "./trace/unsupported.js";
import {verdict, type Evidence, type Verifier} from "./verifier.js";

const self = {id: "agent-trace", family: "replay", version: "1"};
const maxText = 2_000_000;
const maxSteps = 2000;

const State = z.record(z.string(), z.json());
const Trace = z.strictObject({
  environment: EnvironmentText.optional(),
  steps: z.array(
    z.strictObject({
      tool: z.string().optional(),
      args: z.json().optional(),
      action: z.string().optional(),
      observation: z.json(),
      folder: z.string().optional()
    })
  ),
  final: State.optional()
});
const Reference = z.strictObject({environment: EnvironmentText.optional(), final: State.optional()});

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
 * Environments: "files" (a shell, trace/shell.ts, and SWE-agent's viewer, trace/editor.ts), "store" (get, set, delete, list by
 * key), "calculator", and "recorded", which cannot be replayed: its observations are only held against each other. `final`
 * names what it claims, files by absolute path; null is a file or key that is not there. `reference` is JSON
 * `{"environment": …, "final": …}` of a trusted source, which goes before the text's own.
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
  if (text.length > maxText) return say("unreadable", `more than ${maxText} characters`);
  const read = readSections(text, ["task", "trace"]);
  if (typeof read === "string") return say("unreadable", read);
  const section = read.sections.get("trace");
  if (section === undefined) return say("unreadable", "expected a section @trace json");
  const trace = parse(Trace, section.body);
  if (typeof trace === "string") return say("unreadable", `trace: ${trace}`);
  const trusted = reference === undefined ? {} : parse(Reference, reference);
  if (typeof trusted === "string") return say("unreadable", `reference: ${trusted}`);
  const start = trusted.environment ?? trace.environment;
  if (start === undefined) return say("unreadable", "expected an environment in the trace or the reference");
  if (trace.steps.length === 0 || trace.steps.length > maxSteps)
    return say("unreadable", `expected 1 to ${maxSteps} steps, got ${trace.steps.length}`);
  const unclear = trace.steps.findIndex(({tool, action}) => (tool === undefined) === (action === undefined));
  if (unclear >= 0) return say("unreadable", `step ${unclear + 1}: expected either a tool or an action`);

  const world = simulate(start);
  if (world === null) {
    const steps = trace.steps.map(({tool, args, action, observation, folder}) => ({
      action: action ?? `${tool} ${JSON.stringify(args ?? null)}`,
      observation: typeof observation === "string" ? observation : JSON.stringify(observation),
      ...(folder === undefined ? {} : {folder})
    }));
    const found = contradiction(steps);
    if (found !== null) return say("inconsistent", `step ${found.step}: ${found.detail}`);
    return say(
      "not-reproducible",
      `step 1: ${steps[0].action.slice(0, 100)}: the environment that it began in is not told`
    );
  }
  for (const [i, {tool, args, action, observation}] of trace.steps.entries()) {
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
  for (const claim of [trace.final, trusted.final]) {
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
