import {z} from "zod";
import type {NativePython} from "../sandbox/nativePython.js";
import type {Limits, ProgramRun, Session} from "../sandbox/program.js";
import {harnessFiles, harnessModules} from "./harness.js";
import type {PythonOrder, PythonRead, PythonResult, PythonRoom, PythonSandbox} from "./pythonSandbox.js";

const limits: Limits = {
  wall: 1_800_000,
  cpu: 900,
  memory: 1024 * 2 ** 20,
  processes: 64,
  files: 16 * 2 ** 20,
  output: 64 * 2 ** 20
};
const candidateBytes = 512 * 2 ** 20;
const patience = 2;
const testsCpu = 20;
const readingCpu = 10;
/** for the line of a harness that is not heard; its own first lines are never empty */
const silent = "";

/** What the harness says of a run; signals by number, 0 for none. */
const Ended = z.object({late: z.boolean(), signal: z.int(), testsSignal: z.int(), cpu: z.number(), memory: z.number()});
type Ended = z.infer<typeof Ended>;

const Told = z.object({state: z.string(), detail: z.string()});

const signals = {segv: 11, kill: 9, cpu: 24, files: 25, timer: 27, system: 31};

/**
 * Native Python in bubblewrap. A room is one sandbox with one harness, which forks a pair of processes for every run: the
 * candidate's before any test is read, with a pipe open and nothing else, and the tests'. After a run all other processes
 * are killed and all files removed. A run that only the clock stopped is run again, alone, with twice the patience: a
 * solution that sleeps so long is late as well.
 *
 * It does not guard against test code that is made to harm its own verdict: tests say what they want of a candidate.
 *
 * @param options.wall s after which a run is late
 */
export function createNativeSandbox(
  {id, bubblewrap, python, folders}: NativePython,
  {wall = 4}: {wall?: number} = {}
): PythonSandbox {
  let alone: Promise<unknown> = Promise.resolve();
  let code: Promise<string> | undefined;
  // Trusted: made in a sandbox that has seen nothing but our own files, by the Python that will run it.
  const compiled = async () => {
    const argv = [python, "-I", "-B", "/job/start.py", ...harnessModules];
    const {channel, stderr} = await bubblewrap.run({argv, files: harnessFiles(), folders});
    if (channel === "") throw new Error(`expected the harness to compile, got ${stderr.slice(-300)}`);
    return channel;
  };
  return {
    id,
    async open(seed) {
      const files = {"start.py": harnessFiles()["start.py"], "code.txt": await (code ??= compiled())};
      const start = (): Session =>
        bubblewrap.start({
          argv: ["/usr/bin/env", `PYTHONHASHSEED=${seed}`, python, "-s", "-B", "/job/start.py"],
          files,
          folders,
          limits
        });
      const begun = performance.now();
      let session: Session | null = null;
      const used = {wall: 0, cpu: 0, memory: 0, programs: 0};

      const say = (order: object) => {
        // Beyond ASCII everything is escaped, so that characters are bytes.
        const text = JSON.stringify(order).replace(
          /[\u007f-\uffff]/g,
          (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`
        );
        session ??= start();
        session.send(String(text.length).padStart(11, "0"));
        session.send(text);
      };
      const lost = async (): Promise<ProgramRun> => {
        const ended = session!.end();
        session = null;
        return ended;
      };

      // A solution may stop the harness as well (SIGSTOP), which ends its waiting by itself within `seconds`.
      const heard = async ({receive}: Session, seconds: number): Promise<string | null> => {
        let end: NodeJS.Timeout | undefined;
        const silence = new Promise<string>((resolve) => (end = setTimeout(resolve, 2000 * (seconds + 1), silent)));
        return Promise.race([receive(), silence]).finally(() => clearTimeout(end));
      };

      async function attempt({setup, solution, tests, form, cpu}: PythonOrder, wait: number): Promise<PythonResult> {
        const common = {wall: wait, memory: candidateBytes};
        say({do: "run", setup, solution, cpu, testsCpu, ...common, pytest: form === "pytest"});
        say({form, setup, tests});
        used.programs++;
        const line = await heard(session!, wait);
        if (line === silent) {
          await lost();
          return {state: "late", detail: "the sandbox gave no answer in time", cpu: 0};
        }
        const result = await session!.receive();
        if (line === null || result === null) {
          const {outcome, stderr} = await lost();
          const detail = outcome === "done" ? `the sandbox was ended ${stderr.slice(-200)}`.trim() : "";
          return {state: outcome === "done" ? "error" : outcome, detail, cpu: 0};
        }
        const ended = Ended.parse(JSON.parse(line));
        used.cpu += 1000 * ended.cpu;
        used.memory = Math.max(used.memory, ended.memory);
        return {...judged(ended, result, cpu), cpu: ended.cpu};
      }

      const room: PythonRoom = {
        async read(reading) {
          say({do: "mutate", ...reading, cpu: readingCpu, memory: candidateBytes});
          const line = await heard(session!, patience * readingCpu);
          if (line === null || line === silent) await lost();
          return (JSON.parse(line || "null") as PythonRead | null) ?? {error: "the solution cannot be read"};
        },
        async run(order) {
          const first = await attempt(order, wall);
          if (first.state !== "late") return first;
          const turn = alone.then(() => attempt(order, patience * wall));
          alone = turn.catch(() => undefined);
          const again = await turn;
          return again.state === "late" ? {...again, state: "timeout"} : again;
        },
        async end() {
          if (session !== null) await lost();
          return {...used, wall: performance.now() - begun};
        }
      };
      return room;
    },
    // The bubblewrap is everybody's; rooms end themselves.
    close: () => Promise.resolve()
  };
}

function judged({late, signal, testsSignal, cpu}: Ended, line: string, limit: number): Omit<PythonResult, "cpu"> {
  const said = read(line);
  if (said === null) {
    if (late) return {state: "late", detail: "gave no answer in time"};
    const slow = testsSignal === signals.timer || testsSignal === signals.cpu;
    return {state: slow ? "timeout" : "error", detail: "the tests ended their process"};
  }
  if (said.state !== "ended") return said;
  const say = (state: string, detail: string) => ({...said, state, detail});
  if (signal === signals.timer || signal === signals.cpu || (signal === signals.kill && cpu >= limit))
    return say("timeout", `more than ${limit} s of processor time`);
  if (signal === signals.kill) return say("out-of-memory", "killed");
  if (signal === signals.system) return say("denied", "a system call that is not allowed");
  if (signal === signals.files) return say("output-limit", "wrote too large a file");
  if (signal === signals.segv) return say("stack-overflow", "the interpreter crashed");
  return say("error", said.detail);
}

function read(line: string): Omit<PythonResult, "cpu"> | null {
  try {
    return Told.parse(JSON.parse(line));
  } catch {
    return null; // test code owns the process that wrote it
  }
}
