import {mkdtempSync, readdirSync, rmSync, writeFileSync} from "node:fs";
import {createServer, type AddressInfo} from "node:net";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, describe, expect, test} from "vitest";
import {pyodideModules} from "../../../lib/verify/python/harness.js";
import {createPyodide} from "../../../lib/verify/sandbox/pyodide.js";
import {attack, survive} from "./pyodideHostile.js";

// The snapshot of the Python verifiers, so that a machine makes one and not two.
const pyodide = createPyodide({modules: pyodideModules()});
afterAll(() => pyodide.close());
const patient = {timeout: 300_000};

describe("a program in Pyodide", patient, () => {
  test("talks over a channel, finds its files and modules, and prints elsewhere", async () => {
    const main =
      "import channel, helper, sys\nassert 'values' in sys.modules\nprint('printed')\nwhile (line := channel.receive()) is not None:\n" +
      "    channel.send('hello ' + line + helper.mark)\n";
    const session = await pyodide.start({main, files: {"helper.py": "mark = '!'\n"}});
    session.send("é\u{1f600}");
    expect(await session.receive()).toBe("hello é\u{1f600}!");
    session.send("x".repeat(300_000));
    expect((await session.receive())?.length).toBe(300_007);
    const run = await session.end();
    expect(run).toMatchObject({outcome: "done", stderr: "printed\n", channel: ""});
    expect(run.usage.programs).toBe(1);
    expect(await session.receive()).toBeNull();
  });

  test("may use asyncio: run blocks, and what nobody awaits ends with it", async () => {
    const code =
      "import asyncio\nasync def half(n):\n    await asyncio.sleep(0)\n    return n / 2\n" +
      "async def never(): await asyncio.Future()\n" +
      "async def main():\n    asyncio.ensure_future(never())\n    return await asyncio.gather(half(1), half(2))\n" +
      "say(asyncio.run(main()))";
    expect((await attack(pyodide, code, {lines: 2})).lines).toEqual(["[0.5, 1.0]", "end"]);
  });

  test("that raises has exit code 1 and its traceback in stderr", async () => {
    const session = await pyodide.start({main: "raise ValueError('no')"});
    expect(await session.receive()).toBeNull();
    const {outcome, code, stderr} = await session.end();
    expect([outcome, code]).toEqual(["done", 1]);
    expect(stderr).toContain("ValueError: no");
  });

  test("sees the same chance, hashes, time zone and locale in every run, another chance with another seed", async () => {
    const code =
      "import random, os, time, locale, uuid\n" +
      "say([random.random(), os.urandom(8).hex(), hash('a'), str(uuid.uuid4()), time.timezone, time.localtime(0)[3], " +
      "locale.localeconv()['decimal_point'], '%.1f' % 1.5])";
    const [first, again, other] = await Promise.all([
      attack(pyodide, code),
      attack(pyodide, code),
      attack(pyodide, code, {seed: 2})
    ]);
    expect(first.lines).toEqual(again.lines);
    expect(first.lines).not.toEqual(other.lines);
    expect(first.lines[0]).toMatch(/, 0, 0, '\.', '1\.5'\]$/);
  });
});

describe("what a candidate reaches for", patient, () => {
  test("is not there: files, environment, network, processes, threads, foreign code", async () => {
    let knocks = 0;
    const server = createServer((socket) => {
      knocks++;
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const {port} = server.address() as AddressInfo;
    const folder = mkdtempSync(join(tmpdir(), "secret-"));
    const secret = join(folder, "secret.txt");
    writeFileSync(secret, "the secret of the host");
    process.env.BALLAST_TEST_SECRET = "the secret of the host";
    try {
      // A rejection that nobody handles ends the process.
      const run = (source: string) =>
        `run_js(${JSON.stringify(
          `Promise.race([new Promise((y) => setTimeout(y, 2000, "refused")), (async () => String(await ${source}))()` +
            `.then((s) => "found " + s, () => "refused")])`
        )})`;
      const node = (name: string, then: string) => run(`import('node:${name}').then((m) => ${then})`);
      // Promises that come back are awaited below; each attempt must end in an exception or in nothing found.
      const attempts = [
        `open(${JSON.stringify(secret)}).read()`,
        "open('/etc/passwd').read()",
        "open('/proc/self/environ').read()",
        "open('/proc/1/cmdline').read()",
        `open(${JSON.stringify(join(folder, "written"))}, 'w')`,
        "__import__('os').environ['BALLAST_TEST_SECRET']",
        "__import__('js').Deno.readTextFileSync('/etc/passwd')",
        "__import__('js').process.env.PATH",
        run("globalThis.Deno.env.toObject()"),
        node("fs", `m.readFileSync(${JSON.stringify(secret)}, 'utf8')`),
        node("fs", `m.writeFileSync(${JSON.stringify(join(folder, "written"))}, 'x')`),
        node("fs", `m.symlinkSync('/etc/passwd', ${JSON.stringify(join(folder, "link"))})`),
        node("fs", `m.linkSync(${JSON.stringify(secret)}, ${JSON.stringify(join(folder, "hard"))})`),
        node("fs", "m.readFileSync('/proc/self/environ', 'utf8')"),
        node("fs", "m.readFileSync('/dev/fd/0', 'utf8')"),
        node("process", "m.env.BALLAST_TEST_SECRET.length"),
        node("process", "m.kill(m.ppid, 9)"),
        node("child_process", "String(m.execSync('id'))"),
        node("os", "m.hostname()"),
        node("net", `new Promise((y, n) => m.connect(${port}, '127.0.0.1', y).on('error', n))`),
        node(
          "dgram",
          `new Promise((y, n) => m.createSocket('udp4').on('error', n).send('x', ${port}, '127.0.0.1', (e) => e ? n(e) : y()))`
        ),
        node("dns", "m.promises.lookup('localhost')"),
        node("worker_threads", "new Promise((y, n) => new m.Worker('/etc/passwd').on('error', n).on('online', y))"),
        node("module", "m.createRequire('/')('/etc/passwd')"),
        run(`fetch('http://127.0.0.1:${port}/')`),
        run(`fetch('file://${secret}').then((r) => r.text())`),
        run(`import('file://${secret}')`),
        run(`import('http://127.0.0.1:${port}/a.js')`),
        run(
          `new Promise((y, n) => { const s = new WebSocket('ws://127.0.0.1:${port}'); s.onopen = y; s.onerror = n })`
        ),
        `__import__('socket').create_connection(('127.0.0.1', ${port}), 1).send(b'x')`,
        "__import__('socket').create_connection(('192.0.2.1', 80), 1).send(b'x')",
        `__import__('urllib.request').request.urlopen('http://127.0.0.1:${port}/').read()`,
        "__import__('subprocess').check_output(['id'])",
        "__import__('os').fork()",
        "__import__('os').execv('/bin/sh', ['sh'])",
        "__import__('pyodide_js').mountNodeFS('/mnt', '/etc')",
        "__import__('pyodide_js').FS.mount(__import__('pyodide_js').FS.filesystems.NODEFS, {'root': '/'}, '/mnt')",
        "__import__('threading').Thread(target=print).start()",
        "__import__('_thread').start_new_thread(print, ())",
        "__import__('multiprocessing').Process(target=print).start()"
      ];
      const code = (some: string[]) => `
from pyodide.code import run_js
run_js("""globalThis.Deno = {
  build: {os: "linux", arch: "x86_64"}, args: [], version: {deno: "2.0.0", v8: "", typescript: ""},
  env: {get() {}, has() { return false }}, errors: {}, internal: Symbol("internal")
}""")
from pyodide.ffi import run_sync
import json

async def attempt(text):
    try:
        found = eval(text)
        if hasattr(found, "then"):
            return (await found)[:200]
        return "found " + str(found)[:200]
    except BaseException as error:
        return "refused"

async def all():
    for text in json.loads(${JSON.stringify(JSON.stringify(some))}):
        channel.send(await attempt(text))

run_sync(all())
`;
      const found: string[] = [];
      const ended: string[] = [];
      for (let i = 0; i < attempts.length; i++) {
        const rest = attempts.slice(i);
        const {lines} = await attack(pyodide, code(rest), {lines: rest.length, limits: {cpu: 10}});
        for (const line of lines) {
          if (line !== "refused") found.push(`${attempts[i]}: ${line}`);
          i++;
        }
        // The one after the last line ended its own process, as deno does where nobody handles an error; the loop skips it.
        if (lines.length < rest.length) ended.push(attempts[i]);
      }
      expect(found).toEqual([]);
      expect(ended.length).toBeLessThan(5);
      expect(knocks).toBe(0);
      expect(readdirSync(folder)).toEqual(["secret.txt"]);
    } finally {
      server.close();
      delete process.env.BALLAST_TEST_SECRET;
      rmSync(folder, {recursive: true});
    }
  });
});

describe("what a candidate uses up", patient, () => {
  test("memory, by many small or one huge, is an exception inside", async () => {
    const huge = "try:\n    x = bytearray(10 ** 9)\nexcept MemoryError: say('huge')\n";
    const many =
      "x = []\ntry:\n    while True: x.append(bytearray(10 ** 6))\nexcept MemoryError: x = None; say('many')";
    const {lines} = await attack(pyodide, huge + many, {lines: 2, limits: {memory: 96 * 2 ** 20}});
    expect(lines).toEqual(["huge", "many"]);
  });

  test("memory that is not Python's, endless loops and endless output are stopped from outside", async () => {
    const stopped = async (code: string, limits = {}) =>
      (await attack(pyodide, code, {limits: {cpu: 0.5, ...limits}, lines: 1000})).run.outcome;
    const blocks = "import js; js.eval('const a = []; for (;;) a.push(new Uint8Array(2 ** 22).fill(1))')";
    expect(await stopped(blocks, {cpu: 10})).toBe("out-of-memory");
    expect(await stopped("while True: pass")).toBe("timeout");
    expect(await stopped("import re; re.match('(a+)+$', 'a' * 40 + 'b')")).toBe("timeout");
    expect(await stopped("import channel; channel.receive()", {wall: 300})).toBe("timeout");
    expect(await stopped("while True: print('x' * 10000)", {cpu: 10})).toBe("output-limit");
    expect(await stopped("channel.send('x' * 10 ** 6)", {cpu: 10})).toBe("output-limit");
  });

  test("the stack is an exception or the end of its process alone", async () => {
    const {lines} = await attack(
      pyodide,
      "def f(n):\n    return f(n + 1)\ntry: f(0)\nexcept RecursionError: say('deep')"
    );
    expect(lines).toEqual(["deep"]);
  });
});

describe("what a candidate forges", patient, () => {
  test("ends at its own process: the next one finds everything as it was", async () => {
    const poison =
      "import sys, builtins, json, js\nbuiltins.len = lambda x: 7\njson.dumps = lambda x: 'PASS'\n" +
      "sys.modules['math'] = None\njs.eval('Array.prototype.map = () => 1')\nopen('/job/math.py', 'w').write('1/0')";
    const [first] = await Promise.all([attack(pyodide, `${poison}\nsay(len(''))`)]);
    expect(first.lines).toEqual(["7"]);
    const {lines} = await attack(pyodide, "import json, math\nsay(json.dumps([len(''), math.floor(1.5)]))");
    expect(lines).toEqual(["[0, 1]"]);
  });

  test("as exit code or signal is only its own word", async () => {
    const endings = ["import os; os._exit(0)", "import sys; sys.exit(0)", "import os; os.system('true')"];
    for (const code of endings) {
      const {lines, run} = await attack(pyodide, `print('PASS')\n${code}`, {lines: 2});
      expect(lines.filter((line) => line === "end" && code.includes("exit"))).toEqual([]);
      expect(run.stdout + run.channel).toBe("");
    }
  });

  test("in twenty programs in a row leaves no process, descriptor, file or memory", () => survive(pyodide, 20));
});
