import {openEngine, type Engine, type SqlJob, type SqlRun} from "./engine.js";
import type {Dialect} from "./tokens.js";

// Own memory is watched as well: DuckDB's limit counts its buffers, not every string.
const mostResident = 1_200_000_000;
// Rolled-back tables leave memory behind, so that a database is opened anew after some jobs.
const mostJobs = 100;
let open: {dialect: Dialect; engine: Engine; jobs: number} | null = null;
setInterval(() => {
  if (process.memoryUsage.rss() > mostResident) process.exit(99);
}, 50).unref();

process.on("message", (job: SqlJob) => {
  void answer(job).then((run) => process.send!(run));
});
process.on("disconnect", () => process.exit(0));
process.send!("ready");

async function answer(job: SqlJob): Promise<SqlRun> {
  const fresh = open === null;
  const run = await (await engine(job.dialect)).run(job);
  if (run.outcome !== "out-of-memory") return run;
  shut();
  return fresh ? run : (await engine(job.dialect)).run(job);
}

async function engine(dialect: Dialect): Promise<Engine> {
  if (open !== null && (open.dialect !== dialect || open.jobs >= mostJobs)) shut();
  open ??= {dialect, engine: await openEngine(dialect), jobs: 0};
  open.jobs++;
  return open.engine;
}

function shut(): void {
  open?.engine.close();
  open = null;
}
