import type {loadPyodide as Load} from "pyodide";

/**
 * What runs in deno: loads Pyodide from its snapshot, gives up every permission, then runs one trusted main program.
 * Started with the argument "make" it writes the snapshot instead; with "rehearse" it writes down which memory it found
 * in use before the snapshot. It is copied beside Pyodide's files, without its types, so it may import nothing of ours.
 *
 * It guards nothing by itself: the candidate owns this process. What holds are deno's permissions and who watches it.
 */
interface File {
  seekSync(offset: number, from: 0 | 2): number;
  readSync(into: Uint8Array): number | null;
  close(): void;
}

interface Deno {
  args: string[];
  openSync(path: string): File;
  writeTextFileSync(path: string, text: string): void;
  readTextFileSync(path: string): string;
  writeFileSync(path: string, bytes: Uint8Array): void;
  stdin: {readSync(into: Uint8Array): number | null};
  stdout: {writeSync(bytes: Uint8Array): number};
  stderr: {writeSync(bytes: Uint8Array): number};
  permissions: {revokeSync(of: {name: "read" | "write"}): unknown};
  exit(code: number): never;
}

/** What the first line on stdin says. */
export interface PyodideJob {
  main: string;
  files: Record<string, string>;
  /** of every source of chance */
  seed: number;
  /** bytes that Python's memory may grow to */
  memory: number;
}

/** Python's memory as it was when the snapshot was made; what is zero is left out. */
interface Memory {
  /** bytes of the whole memory */
  size: number;
  /** start and end of each stretch in the memory, in the order in which snapshot.bin holds them */
  kept: [number, number][];
  /** stretches that hold something at a start; in a fresh memory all others are zero already, and not touched */
  used?: [number, number][];
  /** what Pyodide says of the JavaScript objects that it held */
  config: unknown;
}

/** What we use of the Emscripten module and of Pyodide's own parts; undocumented, so pinned to one version. */
interface PyodideModule {
  HEAPU8: Uint8Array;
  growMemory(bytes: number): unknown;
  API: {restoreSnapshot(snapshot: Uint8Array): unknown};
}

interface Realm {
  Deno?: Deno;
  process?: unknown;
  window?: unknown;
  read?: (path: string) => string;
  readbuffer?: (path: string) => ArrayBuffer;
  load?: () => void;
}

const realm = globalThis as unknown as Realm;
const deno: Deno = realm.Deno as Deno;
const here = decodeURIComponent(new URL(".", import.meta.url).pathname);
const making = deno.args[0] === "make";
const rehearsing = deno.args[0] === "rehearse";

// Without these two Pyodide takes this for a browser with a shell's way to read files: it loads none of node's modules.
delete realm.Deno;
delete realm.process;
realm.read = (path) => deno.readTextFileSync(path);
realm.readbuffer = (path) => {
  // Half as long as deno's own readFileSync takes.
  const file = deno.openSync(path);
  const bytes = new Uint8Array(file.seekSync(0, 2));
  file.seekSync(0, 0);
  fill(bytes, file);
  file.close();
  return bytes.buffer;
};
realm.load = () => undefined;
realm.window = {};

let state = 1;
const chance = {
  getRandomValues(view: Uint8Array): Uint8Array {
    for (let i = 0; i < view.length; i++) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      view[i] = state >>> 24;
    }
    return view;
  }
};
Object.defineProperty(globalThis, "crypto", {value: chance});

let most = 2 ** 32;
const grow = WebAssembly.Memory.prototype.grow;
WebAssembly.Memory.prototype.grow = function (this: WebAssembly.Memory, pages: number): number {
  if (this.buffer.byteLength + pages * 65536 > most) throw new RangeError(`expected at most ${most} bytes of memory`);
  return grow.call(this, pages);
};

// Compiled on this thread, where it takes a fifth less processor time than on several.
const instantiate = WebAssembly.instantiate as (...args: unknown[]) => Promise<unknown>;
Object.assign(WebAssembly, {
  instantiate(source: unknown, imports: WebAssembly.Imports) {
    if (!(source instanceof Uint8Array)) return instantiate(source, imports);
    const module = new WebAssembly.Module(source as BufferSource);
    return Promise.resolve({module, instance: new WebAssembly.Instance(module, imports)});
  }
});

const written = (stream: {writeSync(bytes: Uint8Array): number}) => ({
  write: (bytes: Uint8Array) => stream.writeSync(bytes)
});
const load = async (name: string) => (await import(new URL(name, import.meta.url).href)) as Record<string, unknown>;
const [{loadPyodide}, {default: createPyodideModule}] = await Promise.all([
  load("pyodide.mjs"),
  load("pyodide.asm.mjs")
]);
const create = createPyodideModule as (settings: object) => Promise<PyodideModule>;
const python = await (loadPyodide as typeof Load)({
  indexURL: here,
  packageBaseUrl: here,
  lockFileContents: deno.readTextFileSync(`${here}lock.json`),
  async createPyodideModule(settings: object) {
    const module = await create(settings);
    if (!making) module.API.restoreSnapshot = () => restore(module);
    return module;
  },
  env: {HOME: "/home/pyodide", PYTHONHASHSEED: "0", TZ: "UTC", LANG: "C.UTF-8"},
  stdin: () => null,
  // Any bytes make Pyodide ask for its snapshot, which is then ours.
  ...(making ? {_makeSnapshot: true} : {_loadSnapshot: new Uint8Array(4)})
} as unknown as Parameters<typeof Load>[0]);

if (making) {
  place("/job", JSON.parse(deno.readTextFileSync(`${here}modules.json`)) as Record<string, string>);
  python.runPython(deno.readTextFileSync(`${here}warm.py`));
  const {makeMemorySnapshot, _api: api} = python as unknown as {
    makeMemorySnapshot(): Uint8Array<ArrayBuffer>;
    _api: PyodideModule["API"];
  };
  const snapshot = makeMemorySnapshot();
  const memory = snapshot.subarray(new Uint32Array(snapshot.buffer, 0, 2)[1]);
  const kept = stretches(memory);
  const described: Memory = {size: memory.length, kept, config: api.restoreSnapshot(snapshot)};
  deno.writeTextFileSync(`${here}snapshot.json`, JSON.stringify(described));
  const bytes = new Uint8Array(kept.reduce((sum, [from, to]) => sum + to - from, 0));
  let at = 0;
  for (const [from, to] of kept) {
    bytes.set(memory.subarray(from, to), at);
    at += to - from;
  }
  deno.writeFileSync(`${here}snapshot.bin`, bytes);
  deno.exit(0);
}

/** Where pages of 16 KiB are that hold anything. */
function stretches(memory: Uint8Array): [number, number][] {
  const page = 16384;
  const kept: [number, number][] = [];
  for (let from = 0; from < memory.length; from += page) {
    const to = Math.min(from + page, memory.length);
    if (memory.subarray(from, to).every((byte) => byte === 0)) continue;
    const last = kept.at(-1);
    if (last?.[1] === from) last[1] = to;
    else kept.push([from, to]);
  }
  return kept;
}

function fill(bytes: Uint8Array, file: File): void {
  for (let at = 0; at < bytes.length;) {
    const n = file.readSync(bytes.subarray(at));
    if (n === null) throw new Error("expected more of the file");
    at += n;
  }
}

/** Reads the snapshot straight into Python's memory. */
function restore(module: PyodideModule): unknown {
  const described = JSON.parse(deno.readTextFileSync(`${here}snapshot.json`)) as Memory;
  if (rehearsing) {
    described.used = stretches(module.HEAPU8);
    deno.writeTextFileSync(`${here}snapshot.json`, JSON.stringify(described));
  }
  const {size, kept, used = [[0, size]], config} = described;
  if (module.HEAPU8.length < size) module.growMemory(size);
  const memory = module.HEAPU8;
  for (const [from, to] of used) memory.fill(0, from, to);
  const file = deno.openSync(`${here}snapshot.bin`);
  for (const [from, to] of kept) fill(memory.subarray(from, to), file);
  file.close();
  return config;
}

/** Writes files into Python's own file system. */
function place(folder: string, files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    python.FS.mkdirTree(`${folder}/${name}`.replace(/\/[^/]*$/, ""));
    python.FS.writeFile(`${folder}/${name}`, text);
  }
}

deno.permissions.revokeSync({name: "read"});
for (const name of ["window", "read", "readbuffer", "load"] as const) delete realm[name];
python.setStdout(written(deno.stderr));
python.setStderr(written(deno.stderr));

const encoder = new TextEncoder();
const decoder = new TextDecoder();
let chunk = new Uint8Array(65536);
let rest = new Uint8Array(0);

/** The next line of stdin, without its end; undefined (Python's None) after the last. */
function receive(): string | undefined {
  const parts: Uint8Array[] = [];
  for (;;) {
    const end = rest.indexOf(10);
    if (end >= 0) {
      parts.push(rest.subarray(0, end));
      rest = rest.subarray(end + 1);
      return parts.map((part, i) => decoder.decode(part, {stream: i < parts.length - 1})).join("");
    }
    if (rest.length > 0) parts.push(rest);
    const n = deno.stdin.readSync(chunk);
    if (n === null || n === 0) return undefined;
    rest = chunk.subarray(0, n);
    chunk = new Uint8Array(65536);
  }
}

/** Writes one line to stdout, which Python's own stdout never reaches. */
function send(line: string): void {
  let bytes: Uint8Array = encoder.encode(`${line}\n`);
  while (bytes.length > 0) bytes = bytes.subarray(deno.stdout.writeSync(bytes));
}

send("ready");
const first = receive();
if (first === undefined) deno.exit(0);
const {main, files, seed, memory} = JSON.parse(first) as PyodideJob;
most = memory;
state = seed === 0 ? 1 : seed;
python.FS.mkdirTree("/job");
place("/job", files);
python.registerJsModule("channel", {send, receive});
python.globals.set("__seed__", seed);
python.runPython(`
import random, sys
random.seed(__seed__)
sys.path.insert(0, "/job")
del random, sys, __seed__
`);
try {
  // On a stack that can be switched, so that asyncio.run blocks as it should.
  await python.runPythonAsync(main, {filename: "main.py"});
} catch (error) {
  deno.stderr.writeSync(encoder.encode(`${error instanceof Error ? error.message : String(error)}\n`));
  deno.exit(1);
}
deno.exit(0);
