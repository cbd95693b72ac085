import type {Usage} from "../sandbox/program.js";

/** From a sandbox to the same one, which adds what each of its runs took to this usage. */
export function counting(usage: Usage) {
  return <Job, Run extends {usage: Usage}>(sandbox: {run(job: Job): Promise<Run>}) => ({
    async run(job: Job): Promise<Run> {
      const run = await sandbox.run(job);
      usage.wall += run.usage.wall;
      usage.cpu += run.usage.cpu;
      usage.memory = Math.max(usage.memory, run.usage.memory);
      usage.programs += run.usage.programs;
      return run;
    }
  });
}
