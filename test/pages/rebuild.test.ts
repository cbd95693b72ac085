import {spawn} from "node:child_process";
import {mkdtemp, readdir, readFile, rm} from "node:fs/promises";
import {createRequire} from "node:module";
import {createServer, type AddressInfo} from "node:net";
import {tmpdir} from "node:os";
import {delimiter, dirname, join, resolve} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {artefactFiles} from "../../lib/run/artefactFiles.js";
import {buildSite} from "../../lib/run/site.js";
import {layOut} from "../../lib/run/siteFolder.js";
import {writeDataset, writeRuns} from "./fixture.js";

/** Milliseconds: sites are built here, on a machine that may do other work beside. */
const patience = 240_000;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ballast-rebuild-"));
  await writeDataset(join(folder, "large"), {n: 21, name: "large"});
  await writeRuns(join(folder, "large"));
});

afterAll(() => rm(folder, {recursive: true, force: true}));

test("a site is not built over a folder of other files", async () => {
  await expect(buildSite({data: join(folder, "large"), out: join(folder, "large")})).rejects.toThrow(
    /large: expected an empty folder or a site built before, found other files/
  );
});

test("a site over nothing names what is missing", async () => {
  await expect(buildSite({data: join(folder, "none"), out: join(folder, "other")})).rejects.toThrow(
    /none: expected a data set's folder or a runs table, got nothing there/
  );
});

test(
  "a preview that is asked for several artefacts at once makes each of them by its loader",
  {timeout: patience},
  async () => {
    const work = join(folder, "preview");
    await layOut(work);
    const require = createRequire(import.meta.url);
    const bin = join(dirname(require.resolve("@observablehq/framework/package.json")), "dist", "bin", "observable.js");
    const preview = spawn(process.execPath, [bin, "preview", "--no-open", "--port", String(await freePort())], {
      cwd: work,
      env: {
        ...process.env,
        PATH: [resolve("node_modules/.bin"), process.env.PATH].join(delimiter),
        BALLAST_DIR: join(folder, "large"),
        OBSERVABLE_TELEMETRY_DISABLE: "true"
      },
      stdio: ["ignore", "pipe", "pipe"]
    });
    try {
      const url = await new Promise<string>((found, fail) => {
        let text = "";
        const read = (chunk: Buffer) => {
          text += chunk.toString();
          const match = /http:\/\/127\.0\.0\.1:\d+\//.exec(text);
          if (match) found(match[0]);
        };
        preview.stdout.on("data", read);
        preview.stderr.on("data", read);
        preview.once("exit", () => fail(new Error(`expected a preview, got:\n${text}`)));
      });
      // One of each kind: a process a loader.
      const names = ["card.json", "laws.json", "leakage.json", "shards.parquet", "verified.json"];
      const answers = await Promise.all(names.map((name) => fetch(`${url}_file/data/${name}`)));
      expect(answers.map(({status}) => status)).toEqual(names.map(() => 200));
      const card = (await answers[names.indexOf("card.json")].json()) as {name: string};
      expect(card.name).toBe("large");
      const parquet = Buffer.from(await answers[names.indexOf("shards.parquet")].arrayBuffer());
      expect(parquet.subarray(0, 4).toString()).toBe("PAR1");
      await writeDataset(join(folder, "large"), {n: 3, name: "renamed"});
      await expect
        .poll(async () => ((await (await fetch(`${url}_file/data/card.json`)).json()) as {name: string}).name, {
          timeout: 30_000,
          interval: 1000
        })
        .toBe("renamed");
    } finally {
      preview.kill();
    }
  }
);

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const {port} = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

test("every artefact has its loader, of the same name", async () => {
  const loaders = await readdir(resolve("loaders"));
  expect(loaders.sort()).toEqual(
    Object.keys(artefactFiles)
      .map((name) => `${name}.ts`)
      .sort()
  );
  // Those that write an artefact of the data name the one that they are named after.
  for (const name of loaders) {
    const [, written] = /pipeArtefact\("([^"]+)"/.exec(await readFile(resolve("loaders", name), "utf8")) ?? [];
    if (written !== undefined) expect(`${written}.ts`).toBe(name);
  }
});
