import {spawn} from "node:child_process";
import {mkdtemp, readdir, readFile, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join, resolve} from "node:path";
import type {BenchRow} from "./row.js";

const root = resolve(import.meta.dirname, "..", "..");

/** The main job as a user starts it, from the command to the first page served. */
export async function bench(): Promise<BenchRow[]> {
  const out = await mkdtemp(join(tmpdir(), "ballast-demo-"));
  const started = performance.now();
  const demo = spawn(process.execPath, [join(root, "bin", "ballast.js"), "demo", "--out", out, "--port", "0"], {
    stdio: ["ignore", "pipe", "ignore"]
  });
  let peak = 0;
  const watch = setInterval(() => void residentMegabytes(demo.pid!).then((mb) => (peak = Math.max(peak, mb))), 250);
  try {
    const url = await new Promise<string>((found, fail) => {
      let text = "";
      demo.stdout.on("data", (chunk: Buffer) => {
        text += chunk.toString();
        const match = /http:\/\/\S+/.exec(text);
        if (match !== null) found(match[0]);
      });
      demo.once("exit", (code) => fail(new Error(`expected the demo to serve its site, but it ended with ${code}`)));
    });
    const {status} = await fetch(url);
    if (status !== 200) throw new Error(`expected the first page, got HTTP ${status}`);
    const seconds = (performance.now() - started) / 1000;
    return [
      {name: "demo, from command to site served", value: seconds, unit: "s", limit: {value: 120, sense: "<="}},
      {
        name: "demo, peak memory of all its processes",
        value: peak / 1000,
        unit: "GB",
        limit: {value: 2, sense: "<="},
        note: peak === 0 ? "not measured: no /proc here" : ""
      }
    ];
  } finally {
    clearInterval(watch);
    demo.kill();
    await rm(out, {recursive: true, force: true});
  }
}

/** Resident memory of a process and all below it, in MB; pages they share are counted once a process. */
async function residentMegabytes(pid: number): Promise<number> {
  const parents = new Map<number, number>();
  const resident = new Map<number, number>();
  for (const name of await readdir("/proc").catch(() => [])) {
    if (!/^\d+$/.test(name)) continue;
    const status = await readFile(`/proc/${name}/status`, "utf8").catch(() => "");
    parents.set(Number(name), Number(/^PPid:\s+(\d+)/m.exec(status)?.[1] ?? 0));
    resident.set(Number(name), Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024);
  }
  let total = 0;
  for (const [process, mb] of resident) {
    let at: number | undefined = process;
    while (at !== undefined && at > 1 && at !== pid) at = parents.get(at);
    if (at === pid) total += mb;
  }
  return total;
}
