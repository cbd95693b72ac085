import {readFileSync} from "node:fs";
import {z} from "zod";
import {nativePython, type NativePython} from "../../sandbox/nativePython.js";
import type {Limits, Session} from "../../sandbox/program.js";
import type {Sameness} from "../sameValue.js";

/** SymPy beside us, asked about pairs of formulas. */
export interface SympyOpinions {
  /** where it runs, as verdicts name it */
  id: string;
  /** @param question two trees in JSON, see `treeOf` */
  ask(question: string): Promise<Sameness>;
  close(): Promise<void>;
}

const limits: Limits = {
  wall: 3_600_000,
  cpu: 600,
  memory: 1024 * 2 ** 20,
  processes: 8,
  files: 2 ** 20,
  output: 2 ** 20
};
const wall = 60_000;
const idle = 3_000;
const most = 20_000;
const Word = z.enum(["equal", "different", "undecided"]);

let opened: Promise<SympyOpinions | null> | undefined;

/**
 * SymPy in the machine's Python under bubblewrap; null where either is absent. One session serves all questions, one
 * after the other, each in a fork of it with 5 s of processor time; it is ended when nobody asks for 3 s, and begun anew
 * when it stops.
 *
 * It does not guard against SymPy's own mistakes: its "equal" may come from numbers at points.
 */
export function openSympy(): Promise<SympyOpinions | null> {
  opened ??= nativePython().then((native) =>
    typeof native === "string" || native.packages.sympy === undefined ? null : createSympy(native)
  );
  return opened;
}

function createSympy({id, bubblewrap, python, folders}: NativePython): SympyOpinions {
  const files = {"opinions.py": readFileSync(new URL("./opinions.py", import.meta.url), "utf8")};
  let session: Session | null = null;
  let turn: Promise<unknown> = Promise.resolve();
  let rest: NodeJS.Timeout | undefined;

  async function end(): Promise<void> {
    const ending = session;
    session = null;
    await ending?.end();
  }

  async function answer(question: string): Promise<Sameness> {
    clearTimeout(rest);
    // Strings are hashed alike in every run, so that SymPy takes the same steps.
    const argv = ["/usr/bin/env", "PYTHONHASHSEED=0", python, "-s", "-B", "/job/opinions.py"];
    const begun = session === null;
    session ??= bubblewrap.start({argv, files, folders, limits});
    session.send(question);
    const late = Symbol();
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<typeof late>((resolve) => (timer = setTimeout(() => resolve(late), wall)));
    if (begun) await Promise.race([session.receive(), patience]);
    const line = await Promise.race([session.receive(), patience]);
    clearTimeout(timer);
    if (typeof line !== "string") {
      await end();
      return "undecided";
    }
    rest = setTimeout(() => void (turn = turn.then(end)), idle);
    return Word.parse(JSON.parse(line));
  }

  return {
    id,
    ask(question) {
      if (question.length > most) return Promise.resolve("undecided");
      const next = turn.then(() => answer(question));
      turn = next.catch(() => undefined);
      return next;
    },
    async close() {
      clearTimeout(rest);
      await turn;
      await end();
    }
  };
}
