import {createRequire} from "node:module";
import {findDeno} from "./deno.js";
import {nativePython} from "./nativePython.js";

/** A sandbox that this machine has, or has not. */
export interface FoundSandbox {
  /** what it runs */
  language: "javascript" | "python";
  /** as verdicts name it where it is there, else what is missing, e.g. "bubblewrap" */
  id: string;
  there: boolean;
  /** one line: what it has, or why it is absent */
  why: string;
}

/**
 * The sandboxes of this machine, those of a language from the strongest to the weakest: bubblewrap with the machine's
 * Python, Pyodide inside Deno, QuickJS in WebAssembly. A verifier takes the first of its language that is there.
 */
export async function findSandboxes(): Promise<FoundSandbox[]> {
  return [await native(), pyodide(), quickjs()];
}

/** Which sandbox runs Python, and why no stronger one does, a line each. */
export async function pythonTools(): Promise<string[]> {
  const python = (await findSandboxes()).filter(({language}) => language === "python");
  const first = python.findIndex(({there}) => there);
  const seen = first < 0 ? python : python.slice(0, first + 1);
  return seen.map(({id, there, why}) => `${there ? `Python runs in ${id}` : `not there: ${id}`}: ${why}`);
}

async function native(): Promise<FoundSandbox> {
  const found = await nativePython();
  if (typeof found === "string") return {language: "python", id: "bubblewrap", there: false, why: found};
  const packages = Object.entries(found.packages).map((entry) => entry.join(" "));
  const why = packages.length > 0 ? `with ${packages.join(", ")}` : "without pytest and sympy: npm run setup:native";
  return {language: "python", id: found.id, there: true, why};
}

function pyodide(): FoundSandbox {
  try {
    const {version} = findDeno();
    const id = `deno/pyodide-${versionOf("pyodide")}`;
    return {language: "python", id, there: true, why: `in deno ${version}`};
  } catch (error) {
    const [why] = (error as Error).message.split("\n");
    return {language: "python", id: "deno/pyodide", there: false, why};
  }
}

function quickjs(): FoundSandbox {
  const why = `quickjs-emscripten ${versionOf("quickjs-emscripten")}`;
  return {language: "javascript", id: "quickjs", there: true, why};
}

function versionOf(name: string): string {
  const ours = createRequire(import.meta.url);
  return (ours(`${name}/package.json`) as {version: string}).version;
}
