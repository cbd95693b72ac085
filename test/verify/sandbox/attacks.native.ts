import {chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {createServer} from "node:net";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, expect, test} from "vitest";
import type {Limits} from "../../../lib/verify/sandbox/program.js";
import {bubblewrapHere} from "./bubblewrapHere.js";
import {survive} from "./survive.js";

const bubblewrap = await bubblewrapHere();
const scratch = mkdtempSync(join(tmpdir(), "native-attacks-"));

afterAll(async () => {
  rmSync(scratch, {recursive: true, force: true});
  await bubblewrap?.close();
});

const limits: Partial<Limits> = {wall: 10_000, cpu: 1, memory: 2 ** 27, processes: 16, files: 2 ** 20, output: 50_000};
const python = (source: string, more: Partial<Limits> = {}) =>
  bubblewrap!.run({argv: ["/usr/bin/python3", "-I", "-S", "-c", source], limits: {...limits, ...more}});
/** What Python prints; the text of what it threw where it threw. */
const says = async (source: string) => {
  const {stdout, stderr} = await python(source);
  return stdout.trim() || (stderr.trim().split("\n").at(-1) ?? "");
};
const native = test.skipIf(bubblewrap === null);

native("a fork bomb is stopped at the limit of processes", async () => {
  const count =
    "import os, time\nn = 0\ntry:\n  while os.fork() > 0: n += 1\n  time.sleep(1)\nexcept OSError: print(n)";
  // 16 with the sandbox's own and this one.
  const forked = Number(await says(count));
  expect(forked).toBeGreaterThan(8);
  expect(forked).toBeLessThan(16);
});

native("one huge piece of memory is refused, and so are many small ones", async () => {
  expect(await says("bytearray(2 ** 36)")).toBe("MemoryError");
  expect(await says("x = []\nwhile True: x.append(bytes(10 ** 6))")).toBe("MemoryError");
});

native("processes that each stay below the limit are stopped together", async () => {
  const source =
    "import os, time\nfor i in range(6):\n  if os.fork() == 0: break\nx = b'x' * (80 * 2 ** 20)\ntime.sleep(8)";
  const run = await python(source);
  expect(run.outcome).toBe("out-of-memory");
  expect(run.usage.memory).toBeGreaterThan(2 ** 27);
});

native("an endless loop ends by processor time, and a sleeper by the clock, tried again alone", async () => {
  const [loop, regex, sleeper] = await Promise.all([
    python("while True: pass"),
    python("import re\nre.match('(a+)+$', 'a' * 40 + 'b')"),
    python("import time\ntime.sleep(60)", {wall: 150})
  ]);
  expect([loop.outcome, loop.signal]).toEqual(["timeout", "SIGXCPU"]);
  expect(regex.outcome).toBe("timeout");
  expect(sleeper.outcome).toBe("timeout");
  expect(sleeper.usage.wall).toBeGreaterThan(4 * 150 - 5);
});

native("a loop that ignores the signal of the processor limit is killed a second later", async () => {
  const run = await python("import signal\nsignal.signal(signal.SIGXCPU, signal.SIG_IGN)\nwhile True: pass");
  expect([run.outcome, run.signal]).toEqual(["timeout", "SIGKILL"]);
});

native("endless output and a gigabyte at once are cut off at the cap, on every stream", async () => {
  const before = process.memoryUsage.rss();
  for (const [fd, stream] of [
    [1, "stdout"],
    [2, "stderr"],
    [3, "channel"]
  ] as const) {
    const run = await python(`import os\nx = b'x' * 10 ** 6\nfor i in range(1000): os.write(${fd}, x)`);
    expect([run.outcome, run[stream].length]).toEqual(["output-limit", 50_000]);
  }
  expect(process.memoryUsage.rss() - before).toBeLessThan(100 * 2 ** 20);
});

native("deep recursion ends the program and nothing else", async () => {
  const source = "import sys\nsys.setrecursionlimit(10 ** 9)\nx = []\nfor i in range(10 ** 6): x = [x]\nrepr(x)";
  const run = await python(source);
  expect(["done", "timeout"]).toContain(run.outcome);
  expect(run.code === 0).toBe(false);
});

native("nothing of the host is there to read: files, environment, /proc, /sys, descriptors", async () => {
  const paths = [
    "/etc/passwd",
    "/etc/shadow",
    "/root",
    "/home",
    "/proc/1/environ",
    "/proc/self/mem",
    "/sys",
    "/var",
    "/run"
  ];
  const tried = `import os\nprint([p for p in ${JSON.stringify(paths)} if os.path.lexists(p)], sorted(os.environ))`;
  expect(await says(tried)).toBe("[] ['HOME', 'LANG', 'PATH', 'PWD']");
  const open =
    "import os\nfor i in range(200):\n  try:\n    os.fstat(i)\n    print(i, end=' ')\n  except OSError: pass";
  expect(await says(open)).toBe("0 1 2 3");
  expect(await says("import os\nprint(os.getuid(), os.getgid(), os.getgroups(), os.uname().nodename)")).toMatch(
    /^65534 65534 \[(65534)?\] ballast$/
  );
});

native("nothing outside /tmp can be written, and all of /tmp together is bounded", async () => {
  const source =
    "import os\nfor p in ('/usr/x', '/x', '/job/x', '/dev/x', '/etc/x', '/usr/lib/x'):\n" +
    "  try: open(p, 'w'); print(p)\n  except OSError as e: print(e.errno, end=' ')";
  expect(await says(source)).toBe("30 30 30 30 30 30");
  const fill =
    "n = 0\ntry:\n  while True: open(f'/tmp/{n}', 'w').write('x' * 100_000); n += 1\nexcept OSError as e: print(n, e.errno)";
  expect(await says(fill)).toBe("10 28");
  expect(await says("open('/tmp/a', 'w').write('x' * 2 ** 21)")).toMatch(/File too large|No space/);
});

native("there is no network, to loopback neither", async () => {
  let knocks = 0;
  const server = createServer((socket) => {
    knocks++;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const {port} = server.address() as {port: number};
  const families = ["AF_INET", "AF_INET6", "AF_NETLINK", "AF_PACKET", "AF_VSOCK"];
  const source =
    `import socket\nfor name in ${JSON.stringify(families)}:\n  try:\n    s = socket.socket(getattr(socket, name), socket.SOCK_STREAM)\n` +
    `    s.connect(('127.0.0.1', ${port}))\n    print(name)\n  except OSError as e: print(e.errno, end=' ')`;
  expect(await says(source)).toBe("13 13 13 13 13");
  expect(await says("import socket\na, b = socket.socketpair()\na.send(b'x')\nprint(b.recv(1))")).toBe("b'x'");
  server.close();
  expect(knocks).toBe(0);
});

native("the parent cannot be killed, traced or looked into, nor namespaces and mounts made", async () => {
  const source = `
import ctypes, errno, os
libc = ctypes.CDLL(None, use_errno=True)
def call(name, *args):
    ctypes.set_errno(0)
    return errno.errorcode.get(ctypes.get_errno(), 0) if getattr(libc, name)(*args) != -1 else errno.errorcode[ctypes.get_errno()]
print(call("ptrace", 16, 1, 0, 0), call("process_vm_readv", 1, None, 0, None, 0, 0), call("unshare", 0x10000000),
      call("setns", 0, 0), call("mount", None, b"/tmp", b"tmpfs", 0, None), call("memfd_create", b"x", 0),
      call("bpf", 0, None, 0) if hasattr(libc, "bpf") else "EPERM", call("syscall", 425, 1, None), call("syscall", 435, None, 0),
      call("chroot", b"/tmp"), call("ioctl", 0, 0x5412, b"x"))
for pid in (1, os.getppid(), 2 ** 21):
    try: os.kill(pid, 9)
    except OSError as e: print(errno.errorcode[e.errno])
`;
  const said = (await says(source)).split(/\s+/);
  expect(said.slice(0, 11)).toEqual([...Array<string>(8).fill("EPERM"), "ENOSYS", "EPERM", "EPERM"]);
  expect(process.exitCode ?? 0).toBe(0);
});

native("symbolic and hard links lead nowhere", async () => {
  writeFileSync(join(scratch, "secret"), "secret");
  mkdirSync(join(scratch, "open"), {mode: 0o755});
  writeFileSync(join(scratch, "open", "data"), "data");
  const source = `
import os
os.symlink(${JSON.stringify(join(scratch, "secret"))}, "/tmp/s")
for way in (lambda: open("/tmp/s"), lambda: os.link("/data/data", "/tmp/h"), lambda: open("/data/data", "w"), lambda: open("/data/../secret")):
    try: way(); print("done", end=" ")
    except OSError as e: print(e.errno, end=" ")
print(open("/data/data").read())
`;
  chmodSync(scratch, 0o755);
  const run = await bubblewrap!.run({
    argv: ["/usr/bin/python3", "-I", "-S", "-c", source],
    folders: {"/data": join(scratch, "open")},
    limits
  });
  expect(run.stdout.trim()).toBe("2 18 30 2 data");
  expect(readFileSync(join(scratch, "open", "data"), "utf8")).toBe("data");
});

native("a folder under a directory that only its owner may enter is read nevertheless", async () => {
  chmodSync(scratch, 0o700);
  mkdirSync(join(scratch, "deep", "er"), {recursive: true});
  writeFileSync(join(scratch, "deep", "er", "module.py"), "print('found')");
  const run = await bubblewrap!.run({
    argv: ["/usr/bin/python3", "-I", "-S", "/deep/er/module.py"],
    folders: {"/deep": join(scratch, "deep"), "/again": join(scratch, "deep", "er")},
    limits
  });
  expect([run.stdout, run.stderr]).toEqual(["found\n", ""]);
});

native("a daemon that left its session ends with the program", async () => {
  const source =
    "import os, time\nif os.fork() == 0:\n  os.setsid()\n  if os.fork() == 0:\n    for i in range(8):\n      try: os.close(i)\n" +
    "      except OSError: pass\n    time.sleep(77.125)\n  os._exit(0)\nos.wait()\nprint('left')";
  const run = await python(source);
  expect([run.outcome, run.stdout, run.usage.wall < 9000]).toEqual(["done", "left\n", true]);
  expect((await says("import os\nprint(len([p for p in range(2, 40) if not os.kill(p, 0)]))")).length).toBeGreaterThan(
    0
  );
});

native("exit codes are told as they are and forge no outcome", async () => {
  for (const code of [0, 1, 2, 42, 127])
    expect(await python(`import os\nos._exit(${code})`)).toMatchObject({outcome: "done", code});
  // As if signals had ended it: no time was used up, so it is no timeout.
  for (const code of [137, 152])
    expect((await python(`import os\nos._exit(${code})`, {cpu: 100})).outcome).toBe("done");
  const aborted = await python("import os\nos.abort()");
  expect([aborted.outcome, aborted.code, aborted.signal]).toEqual(["done", null, "SIGABRT"]);
});

native("stdout is not the channel, and the status of the sandbox cannot be written", async () => {
  const source =
    "import os\nprint('{ \"exit-code\": 0 }')\nfor i in (5, 6, 7, 8):\n  try: os.write(i, b'{ \"exit-code\": 0 }')\n  except OSError: pass\nos._exit(3)";
  expect(await python(source)).toMatchObject({outcome: "done", code: 3, channel: ""});
});

native("time zone and locale are those of nobody", async () => {
  expect(
    await says("import time, locale\nprint(time.tzname, time.timezone, locale.setlocale(locale.LC_ALL, ''))")
  ).toBe("('UTC', 'UTC') 0 C.UTF-8");
  expect(await says("import time\ntime.clock_settime(time.CLOCK_REALTIME, 0)")).toContain("PermissionError");
});

native("a session talks line by line, and says how it ended", async () => {
  const echo = "import os\nfor line in os.fdopen(4):\n  os.write(3, line.upper().encode())";
  const session = bubblewrap!.start({argv: ["/usr/bin/python3", "-I", "-S", "-c", echo], limits});
  session.send("one");
  session.send("two");
  expect([await session.receive(), await session.receive()]).toEqual(["ONE", "TWO"]);
  expect((await session.end()).outcome).toBe("done");
  expect(await session.receive()).toBe(null);
  const flood = bubblewrap!.start({argv: ["/bin/sh", "-c", "yes >&3"], limits});
  let lines = 0;
  while ((await flood.receive()) !== null) lines++;
  expect([lines, (await flood.end()).outcome]).toEqual([25_000, "output-limit"]);
  const stopped = bubblewrap!.start({argv: ["/bin/sleep", "60"], limits});
  expect((await stopped.end()).outcome).toBe("done");
});

native("what cannot be run is an error of the caller", async () => {
  await expect(bubblewrap!.run({argv: []})).rejects.toThrow("expected a program to run");
  await expect(bubblewrap!.run({argv: ["/bin/true"], files: {"../x": ""}})).rejects.toThrow("expected a file name");
  await expect(bubblewrap!.run({argv: ["/bin/true"], folders: {"/x": join(scratch, "none")}})).rejects.toThrow("none");
});

native("1,000 hostile programs in a row leave nothing behind", () => survive(bubblewrap!, 1000), 300_000);
