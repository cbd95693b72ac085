import {spawn} from "node:child_process";
import {once} from "node:events";
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join, resolve} from "node:path";
import {setTimeout as wait} from "node:timers/promises";
import {afterAll, expect, test} from "vitest";
import {check} from "../../lib/run/check.js";
import {createRandom} from "../../lib/text/random.js";
import {serveModels} from "../endpoints/modelServer.js";
import {askedModel, askingRecipe, filesOf, writeNotes} from "./askedModels.js";

const folder = mkdtempSync(join(tmpdir(), "ballast-killed-"));
afterAll(() => rmSync(folder, {recursive: true, force: true}));

const ballast = resolve(import.meta.dirname, "../../bin/ballast.js");
const kills = 10;

/** Requests under way when a run was killed: a server cannot tell them, as answers wait in sockets until they are read. */
function asksWithoutEnd(ledger: string): number {
  const lines = readFileSync(ledger, "utf8")
    .split("\n")
    .filter((line) => line.endsWith("}"));
  const open = new Set<string>();
  for (const line of lines) {
    const {ask, end, free} = JSON.parse(line) as {ask?: string; end?: string; free?: string};
    if (ask !== undefined) open.add(ask);
    for (const key of [end, free]) if (key !== undefined) open.delete(key);
  }
  return open.size;
}

test("a run of 5,000 requests that is killed ten times ends with the same bytes, and pays for what was under way at most", async () => {
  const server = await serveModels(askedModel, {latency: 20, keep: 0});
  try {
    // Facts and a question of each document; of seven in ten questions three judgements.
    writeNotes(folder, 1230);
    const run = (answers: string, out: string) => {
      const recipe = join(folder, `${answers}.yaml`);
      writeFileSync(recipe, askingRecipe(server.url, "perSeed: 1", `answers: ${answers}`));
      return spawn(process.execPath, [ballast, "run", recipe, "--out", join(folder, out), "--workers", "1"], {
        env: {...process.env, ASKED_KEY: "sk-asked-secret"},
        stdio: ["ignore", "ignore", "inherit"]
      });
    };
    expect((await once(run("whole", "one"), "exit"))[0]).toBe(0);
    const requests = server.counts.chat;
    expect(requests).toBeGreaterThan(4900);

    const random = createRandom("kill");
    const moments = Array.from({length: kills}, () => Math.floor(requests * random())).sort((a, b) => a - b);
    let underWay = 0;
    for (const moment of moments) {
      const child = run("killed", "two");
      const ended = once(child, "exit");
      let over = false;
      void ended.then(() => (over = true));
      while (server.counts.chat - requests < moment && !over) await wait(1);
      child.kill("SIGKILL");
      await ended;
      underWay += asksWithoutEnd(join(folder, "killed-spent/asked.jsonl"));
    }
    expect((await once(run("killed", "two"), "exit"))[0]).toBe(0);
    const sent = server.counts.chat - requests;
    process.stderr.write(
      `${requests} requests; killed ${kills} times ${sent}, ${underWay} of them under way at a kill\n`
    );
    expect(sent).toBeLessThanOrEqual(requests + underWay);
    // The recipe itself is part of a data set, and names the folder of its answers.
    const same = ([path]: [string, string]) => !/recipe\.yaml|manifest\.json|data-card\.json/.test(path);
    expect(filesOf(join(folder, "two")).filter(same)).toEqual(filesOf(join(folder, "one")).filter(same));
    expect((await check(join(folder, "two"))).findings).toEqual([]);
  } finally {
    server.close();
  }
});
