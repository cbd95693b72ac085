import {spawn} from "node:child_process";
import {mkdtemp, readFile, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {literal, withDuckDB} from "../../lib/io/duckdb.js";
import {parquetOptions} from "../../lib/io/parquet.js";
import type {DedupedFiles} from "../../lib/run/dedupFiles.js";
import {createRandom} from "../../lib/text/random.js";
import {compiledCommand} from "./peers/compiled.js";
import type {BenchRow} from "./row.js";

const million = 1_000_000;

/**
 * The growth of `ballast dedup` on two threads, Parquet in to Parquet out. Ten million documents take minutes and 5 GB of
 * disk, as do files that are hard on it: set BALLAST_BENCH_LARGE=1 for them.
 */
export async function bench(): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), "ballast-dedup-bench-"));
  const large = process.env.BALLAST_BENCH_LARGE === "1";
  const sizes = [million / 10, million, ...(large ? [10 * million] : [])];
  const rows: BenchRow[] = [];
  const command = await compiledCommand();
  const dedup = (args: readonly string[]) => watched([command, "dedup", ...args, "--json"]);
  try {
    for (const size of sizes) {
      const file = join(folder, `${size}.parquet`);
      await documents(file, size);
      const {result, seconds, cpu, memory} = await dedup([file, "--out", join(folder, "out"), "--workers", "2"]);
      const name = `Purge of ${size.toLocaleString("en-US")} documents of 500 bytes, Parquet to Parquet, two threads`;
      // One in 20 is a copy of its neighbour, another has one phrase of twelve changed, J = .84 or so.
      const note = `${(cpu / 1).toFixed(0)} s of CPU; found ${(result.exact / (size / 20)).toFixed(4)} of the exact and ${(result.near / (size / 20)).toFixed(4)} of the near duplicates`;
      rows.push({name, value: seconds, unit: "s", note});
      rows.push({name: `Memory of it at most`, value: memory / 2 ** 30, unit: "GiB", limit: {value: 4, sense: "<="}});
      if (size === million) rows.push(...(await increment(dedup, folder, file, size)));
      await rm(file);
    }
    if (large) rows.push(...(await extremes(dedup, folder)));
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
  return rows;
}

/** What a hundredth more costs, against an index of the rest. */
async function increment(
  dedup: (args: readonly string[]) => Promise<Watched>,
  folder: string,
  file: string,
  size: number
): Promise<BenchRow[]> {
  const index = join(folder, "index");
  const out = join(folder, "indexed");
  const whole = await dedup([file, "--out", out, "--index", index, "--workers", "2"]);
  const more = join(folder, "more.parquet");
  await documents(more, size / 100, 7 * size);
  const added = await dedup([more, "--out", out, "--index", index, "--workers", "2"]);
  return [
    {
      name: "One per cent more, matched against the index of the rest and added to it: share of the CPU time of the rest",
      value: added.cpu / whole.cpu,
      unit: "",
      note: `${added.cpu.toFixed(1)} s against ${whole.cpu.toFixed(1)} s, about a second of each being the start`
    }
  ];
}

/** One text ten million times, and texts of a hundred megabytes, whole and by their spans. */
async function extremes(dedup: (args: readonly string[]) => Promise<Watched>, folder: string): Promise<BenchRow[]> {
  const file = join(folder, "extreme.parquet");
  const out = join(folder, "extreme");
  const words = (seed: string, count: string) =>
    `array_to_string(list_transform(range(${count}), i -> 'w' || hash(i * 131 + ${seed}) % 50000), ' ')`;
  const write = (sql: string) =>
    withDuckDB((connection) => connection.run(`COPY (${sql}) TO ${literal(file)} (${parquetOptions})`), {
      threads: 2,
      memory: "8GB"
    });
  const row = ({seconds, cpu, memory, result}: Watched, name: string): BenchRow => ({
    ...{name, value: seconds, unit: "s"},
    note: `${cpu.toFixed(0)} s of CPU, ${(memory / 2 ** 30).toFixed(2)} GiB at most; ${result.kept.toLocaleString("en-US")} kept`
  });
  const rows: BenchRow[] = [];
  await write(`SELECT range AS id, ${words("7", "70")} AS text FROM range(${10 * million})`);
  const willing = ["--cluster-share", "1", "--source-share", "1"];
  rows.push(row(await dedup([file, "--out", out, "--workers", "2", ...willing]), "Purge of one document that is there 10,000,000 times")); // prettier-ignore
  await write(`SELECT range AS id, ${words("range % 4", "17500000")} AS text FROM range(8)`);
  rows.push(row(await dedup([file, "--out", out, "--workers", "2"]), "Purge of eight documents of 100 MB, four of them twice")); // prettier-ignore
  rows.push(row(await dedup([file, "--out", out, "--by", "span", ...willing]), "The same by spans of 50 tokens"));
  return rows;
}

/** Texts of 12 phrases of 6 or 7 words, of which there are 20,000: as in prose, much of a text is said elsewhere too. */
async function documents(path: string, count: number, from = 0): Promise<void> {
  const random = createRandom("dedup bench");
  const letters = "abcdefghiklmnoprstuvw";
  const word = () => Array.from({length: 2 + random.int(8)}, () => letters[random.int(letters.length)]).join("");
  const phrases = Array.from({length: 20_000}, () => Array.from({length: 6 + random.int(2)}, word).join(" "));
  await withDuckDB(
    async (connection) => {
      await connection.run(`CREATE TABLE phrases AS SELECT [${phrases.map(literal).join(", ")}] AS list`);
      const picks = Array.from({length: 12}, (_, i) => {
        const of = i === 11 ? "n" : "source";
        return `list[1 + (hash(${of} * 16 + ${i}) % 20000)::INTEGER]`;
      });
      await connection.run(
        `COPY (SELECT n AS id, concat_ws(' ', ${picks.map((pick, i) => (i === 11 ? `CASE WHEN n % 20 = 19 THEN ${pick.replace("n *", "(n - 1) *")} ELSE ${pick} END` : pick)).join(", ")}) AS text
         FROM (SELECT range AS n, CASE WHEN range % 20 IN (9, 19) THEN range - 1 ELSE range END AS source
           FROM range(${from}, ${from + count})), phrases) TO ${literal(path)} (${parquetOptions})`
      );
    },
    {threads: 2, memory: "2GB"}
  );
}

interface Watched {
  result: DedupedFiles;
  seconds: number;
  cpu: number;
  memory: number;
}

/** Runs the command and watches it: seconds, seconds of CPU, and the most memory it held, all its threads together. */
async function watched(args: readonly string[]): Promise<Watched> {
  const start = performance.now();
  const child = spawn(process.execPath, args, {stdio: ["ignore", "pipe", "inherit"]});
  let memory = 0;
  let cpu = 0;
  const watch = setInterval(() => {
    void Promise.all([readFile(`/proc/${child.pid}/status`, "utf8"), readFile(`/proc/${child.pid}/stat`, "utf8")]).then(
      ([status, stat]) => {
        memory = Math.max(memory, 1024 * Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0));
        const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
        // User and system time, in hundredths of a second.
        cpu = (Number(fields[11]) + Number(fields[12])) / 100;
      },
      () => {}
    );
  }, 100);
  let printed = "";
  child.stdout.setEncoding("utf8").on("data", (part: string) => (printed += part));
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  clearInterval(watch);
  if (code !== 0) throw new Error(`${args.join(" ")}: exit ${code}`);
  return {result: JSON.parse(printed) as DedupedFiles, seconds: (performance.now() - start) / 1000, cpu, memory};
}
