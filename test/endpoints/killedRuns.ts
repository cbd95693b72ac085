import {build} from "esbuild";
import {spawn} from "node:child_process";
import {once} from "node:events";
import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {setTimeout as wait} from "node:timers/promises";
import type {LedgerFigures} from "../../lib/endpoints/ledger.js";
import {sha256} from "../../lib/io/sha256.js";
import {canonicalJson} from "../../lib/text/json.js";
import {createRandom} from "../../lib/text/random.js";
import {serveModels} from "./modelServer.js";

export interface KilledRuns {
  /** whether each question has come to what the server says to it */
  same: boolean;
  /** requests that the server got of the killed run */
  asked: number;
  /** tokens that the server has billed for, and what the ledger has in the end */
  billed: number;
  budget: LedgerFigures;
}

/** Requests that a run has under way at once, at most. */
export const together = 32;

/** A run of `count` questions that is killed with SIGKILL at `kills` random moments and goes on. */
export async function killedRuns(count: number, kills: number, seed: number): Promise<KilledRuns> {
  const folder = mkdtempSync(join(tmpdir(), "ballast-killed-"));
  const program = join(import.meta.dirname, `../../node_modules/.cache/modelsAsking-${process.pid}.mjs`);
  await build({
    ...{entryPoints: [join(import.meta.dirname, "modelsAsking.ts")], outfile: program, logLevel: "warning"},
    ...{bundle: true, platform: "node", format: "esm"}
  });
  const random = createRandom(seed, "kills");
  let billed = 0;
  const server = await serveModels(
    async ({body: {messages}}) => {
      const number = Number(/\d+/.exec(messages[0].content)![0]);
      await wait(5 + (number % 11));
      const said = saidTo(number);
      billed += said.usage.input + said.usage.output;
      return said;
    },
    {keep: 0}
  );
  const run = async (until: number): Promise<string | null> => {
    const child = spawn(process.execPath, [program, server.url, folder, String(count)], {
      stdio: ["ignore", "pipe", "inherit"]
    });
    let said = "";
    child.stdout.on("data", (part: Buffer) => (said += String(part)));
    const ended = once(child, "close");
    while (child.exitCode === null && server.counts.chat < until) await Promise.race([ended, wait(2)]);
    if (child.exitCode === null) child.kill("SIGKILL");
    await ended;
    return said === "" ? null : said;
  };
  try {
    for (let kill = 0; kill < kills; kill++)
      await run(server.counts.chat + 1 + Math.floor((random() * 2 * count) / (kills + 1)));
    const {hash, budget} = JSON.parse((await run(Infinity))!) as {hash: string; budget: LedgerFigures};
    const expected = Array.from({length: count}, (_, number) => {
      const {text, usage} = saidTo(number);
      return {took: {requests: 1, ...usage}, ok: true, value: text};
    });
    return {same: hash === sha256(canonicalJson(expected)), asked: server.counts.chat, billed, budget};
  } finally {
    server.close();
    rmSync(folder, {recursive: true, force: true});
    rmSync(program, {force: true});
  }
}

function saidTo(number: number) {
  return {
    text: `Answer ${number}, of ${number * number} words.`,
    usage: {input: 10 + (number % 3), output: 1 + (number % 50)}
  };
}
