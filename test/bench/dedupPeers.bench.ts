import {execFile} from "node:child_process";
import {mkdtemp, readdir, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {promisify} from "node:util";
import {readParquet, writeParquet} from "../../lib/io/parquet.js";
import {wilson} from "../../lib/stats/proportion.js";
import {compiledCommand} from "./peers/compiled.js";
import {plantedDocuments, type PlantedPair} from "./peers/documents.js";
import {peersPython} from "./peers/environment.js";
import type {BenchRow} from "./row.js";

const run = promisify(execFile);
const script = (name: string) => new URL(`./peers/${name}`, import.meta.url).pathname;

/** Documents that every tool is given. The fast ones get `blocks` times as many besides, or they would only start up. */
const block = 8_000;
const blocks = 125;
/** Each tool is timed so often, in turn with the others, and its least time counts: a slow minute of the machine is nobody's. */
const turns = 2;

interface Tool {
  name: string;
  /** the package it needs of the environment */
  needs?: string;
  many: boolean;
  /** the command over a Parquet file with the columns id and text, and where its kept rows come to lie */
  command(input: string, out: string, cores: number): {command: string[]; kept: string};
  /** how many times as long as ours it must take at least; datasketch's as its examples have it, shingle by shingle */
  limit?: number;
}

interface Measured {
  wall: number;
  cpu: number;
  memory: number;
  kept: Set<number>;
}

/**
 * Exact and near duplicates out of one Parquet file into another, process start included: `ballast dedup` beside four
 * peers, each at 5-word shingles and 112 hashes in 14 bands of 8 (ours at its own default), on one core and on two.
 */
export async function bench(): Promise<BenchRow[]> {
  const {python, missing} = await peersPython();
  const folder = await mkdtemp(join(tmpdir(), "ballast-peers-"));
  const rows: BenchRow[] = [];
  try {
    const parts = Array.from({length: blocks}, (_, seed) => plantedDocuments(block, seed));
    const few = join(folder, "few.parquet");
    const many = join(folder, "many.parquet");
    const texts = parts.flatMap((part) => part.texts).map((text, id) => ({id: String(id), text}));
    await writeParquet(few, {id: "VARCHAR", text: "VARCHAR"}, texts.slice(0, block));
    await writeParquet(many, {id: "VARCHAR", text: "VARCHAR"}, texts);
    const pairs = parts[0].pairs;
    const all = tools(python, await compiledCommand());
    const there = all.filter(({needs}) => needs === undefined || !missing.has(needs));
    const recalls = new Map<string, number>();
    for (const cores of [1, 2]) {
      let ours = NaN;
      const out = join(folder, "out");
      const least = new Map<string, Measured>();
      for (let turn = 0; turn < turns; turn++) {
        for (const tool of there) {
          const measured = await measure(tool, tool.many ? many : few, out, cores);
          const before = least.get(tool.name);
          const time = cores === 1 ? "cpu" : "wall";
          if (before === undefined || measured[time] < before[time]) least.set(tool.name, measured);
        }
      }
      for (const tool of there) {
        const measured = least.get(tool.name)!;
        // The same documents for all: recall is counted on those, the first time round.
        const small = tool.many ? (cores === 1 ? await measure(tool, few, out, cores) : undefined) : measured;
        const count = tool.many ? texts.length : block;
        // One core: processor time, since other programs may share it. Two: what a clock shows.
        const rate = count / (cores === 1 ? measured.cpu : measured.wall);
        const on = cores === 1 ? "one core" : "two cores";
        const word = small === undefined ? null : found(pairs, small.kept);
        if (word !== null && cores === 1) recalls.set(tool.name, word.recall);
        rows.push({
          name: `Duplicates out of Parquet, ${on}: ${tool.name}`,
          value: rate,
          unit: "documents/s",
          note:
            `${count.toLocaleString("en")} documents of 500 bytes: ${measured.wall.toFixed(1)} s, ` +
            (cores === 1 ? `${measured.cpu.toFixed(1)} s of processor, ` : "") +
            `${Math.round(measured.memory / 1e6)} MB in its largest process` +
            (word === null ? "" : `; ${word.note}`)
        });
        if (tool === there[0]) ours = rate;
        else
          rows.push({
            name: `Rate of ballast dedup over that of ${tool.name}, ${on}`,
            value: ours / rate,
            unit: "×",
            limit: tool.limit === undefined ? undefined : {value: tool.limit, sense: ">="}
          });
      }
    }
    const [ours, ...others] = [...recalls.values()];
    if (others.length > 0)
      rows.push({
        name: "Recall of ballast dedup less the best peer's, planted pairs with 0.8 ≤ J < 1",
        value: ours - Math.max(...others),
        unit: "",
        limit: {value: 0, sense: ">="},
        note: [...recalls].map(([name, recall]) => `${name} ${recall.toFixed(4)}`).join(", ")
      });
    for (const [peer, reason] of missing)
      rows.push({name: `${peer} could not be installed`, value: 1, unit: "", limit: {value: 0, sense: "<="}, note: reason}); // prettier-ignore
    return rows;
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}

function tools(python: string, ballast: string): Tool[] {
  const peer = (file: string, ...more: string[]): Tool["command"] => {
    return (input, out, cores) => {
      const kept = join(out, "kept.parquet");
      return {command: [python, script(file), input, kept, String(cores), ...more], kept};
    };
  };
  return [
    {
      name: "ballast dedup",
      many: true,
      command: (input, out) => ({
        command: [process.execPath, ballast, "dedup", input, "--out", out, "--json"],
        kept: join(out, "kept.parquet")
      })
    },
    {name: "rensa 0.5.0", needs: "rensa", many: true, command: peer("rensa.py"), limit: 2},
    {name: "datasketch 2.0.0", needs: "datasketch", many: false, command: peer("datasketch.py", "each"), limit: 50},
    {name: "datasketch 2.0.0 by update_batch", needs: "datasketch", many: false, command: peer("datasketch.py", "batch")}, // prettier-ignore
    {name: "text-dedup 0.4.0", needs: "text-dedup", many: false, command: peer("textDedup.py"), limit: 10},
    {name: "datatrove 0.10.1", needs: "datatrove", many: false, command: peer("datatrove.py"), limit: 10}
  ];
}

async function measure(tool: Tool, input: string, out: string, cores: number): Promise<Measured> {
  await rm(out, {recursive: true, force: true});
  await run("mkdir", ["-p", out]);
  const {command, kept} = tool.command(input, out, cores);
  const pinned = ["taskset", "-c", cores === 1 ? "0" : "0,1", ...command];
  const {stdout} = await run("python3", [script("timed.py"), ...pinned], {maxBuffer: 1e8});
  const usage = JSON.parse(stdout) as Omit<Measured, "kept">;
  // datatrove writes a folder, a file a task.
  const files = await readdir(kept).then(
    (names) => names.map((name) => join(kept, name)),
    () => [kept]
  );
  const ids = new Set<number>();
  for (const file of files)
    for await (const batch of readParquet(file, {select: "id"})) for (const {id} of batch) ids.add(Number(id));
  return {...usage, kept: ids};
}

/** What of the planted pairs a tool found: of a pair that it did not find, both are kept. */
function found(pairs: readonly PlantedPair[], kept: ReadonlySet<number>): {recall: number; note: string} {
  const near = pairs.filter((pair) => pair.jaccard >= 0.8 && pair.jaccard < 1);
  const far = pairs.filter((pair) => pair.jaccard < 0.8);
  const hits = (some: readonly PlantedPair[]) => some.filter((p) => !kept.has(p.first) || !kept.has(p.second)).length;
  const [low, high] = wilson(hits(near), near.length);
  const recall = hits(near) / near.length;
  return {
    recall,
    note:
      `recall of ${near.length} pairs with 0.8 ≤ J < 1: ${recall.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}], ` +
      `removed of ${far.length} pairs with J < 0.8: ${hits(far)}`
  };
}
