import {spawn} from "node:child_process";
import {mkdir, mkdtemp, readdir, readFile, rm, writeFile} from "node:fs/promises";
import {createRequire} from "node:module";
import {createServer, type AddressInfo} from "node:net";
import {tmpdir} from "node:os";
import {delimiter, dirname, join, resolve} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {artefactFiles} from "../../lib/run/artefactFiles.js";
import {buildSite} from "../../lib/run/site.js";
import {layOut} from "../../lib/run/siteFolder.js";
import {findChromium} from "./chromium.js";
import {writeDataset, writeRuns} from "./fixture.js";
import {openBuilt} from "./openSite.js";
import {readPages} from "./readPages.js";

const chromium = findChromium();

/** Milliseconds: sites are built here, on a machine that may do other work beside. */
const patience = 240_000;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ballast-rebuild-"));
  await writeDataset(join(folder, "small"), {n: 5, name: "small"});
  const card = join(folder, "small", "data-card.json");
  await writeFile(card, JSON.stringify({...JSON.parse(await readFile(card, "utf8")), publishText: false}));
  await writeDataset(join(folder, "large"), {n: 21, name: "large"});
  await writeRuns(join(folder, "large"));
});

afterAll(() => rm(folder, {recursive: true, force: true}));

/** A file that a built site carries, whatever hash is in its name. */
async function carried(site: string, name: string): Promise<string> {
  const [stem, ending] = name.split(".");
  const names = await readdir(join(site, "_file", "data"));
  return join(
    site,
    "_file",
    "data",
    names.find((file) => file.startsWith(`${stem}.`) && file.endsWith(`.${ending}`))!
  );
}

test(
  "a site over another data set shows the other figures, and a page of the user's own stays where it is",
  {timeout: patience},
  async () => {
    const site = join(folder, "site");
    const pages = join(folder, "pages");
    await mkdir(pages);
    await writeFile(join(pages, "mine.md"), "# Mine\n\n```js\ndisplay(Inputs.range([0, 1]))\n```\n");
    const kept = async () =>
      (JSON.parse(await readFile(await carried(site, "card.json"), "utf8")) as {counts: {kept: number}}).counts.kept;
    await buildSite({data: join(folder, "small"), out: site});
    expect(await kept()).toBe(20);
    if (chromium !== null) await expectUnmeasured(site);
    expect(JSON.parse(await readFile(await carried(site, "curves.json"), "utf8"))).toEqual([]);
    await buildSite({data: join(folder, "large"), out: site, pages});
    expect(await kept()).toBe(84);
    expect(await readFile(join(site, "mine.html"), "utf8")).toContain("Mine");
    expect(await readdir(pages)).toEqual(["mine.md"]);
    expect((await readdir(folder)).filter((name) => name.startsWith("site."))).toEqual([]);
  }
);

/** What the pages say over a data set without runs, whose text may not be published. */
async function expectUnmeasured(folder: string): Promise<void> {
  const site = await openBuilt(chromium!, folder);
  try {
    const texts = await readPages(site);
    expect(texts[""]).toContain("came without a runs table");
    expect(texts.shards).toContain("20 samples were kept and 12 rejected");
    expect(texts.shards).toContain("does not allow the samples' text to be published");
    expect(texts.verification).toContain("text not published");
    expect(texts.duplicates).toMatch(/4 of [\d,]+ samples \([\d.]+ %\) were removed as duplicates, in 2 clusters/);
    expect(texts.duplicates).toContain("text not published");
    expect(texts.leakage).toContain("No sample of 20 has 13 words in a row from a held-out text.");
    expect(texts.leakage).toContain("text not published");
    expect(texts.curves).toContain("No runs came with this data");
    expect(texts.mixer).toContain("There is no runs table, so nothing was fitted");
    expect(Object.values(texts).filter((text) => text.includes("window.broken"))).toEqual([]);
    expect(site.errors).toEqual([]);
  } finally {
    await site.close();
  }
}

test("a site is not built over a folder of other files", async () => {
  await expect(buildSite({data: join(folder, "small"), out: join(folder, "large")})).rejects.toThrow(
    /large: expected an empty folder or a site built before, found other files/
  );
});

test("a site over nothing names what is missing", async () => {
  await expect(buildSite({data: join(folder, "none"), out: join(folder, "other")})).rejects.toThrow(
    /none: expected a data set's folder or a runs table, got nothing there/
  );
});

test(
  "a preview that is asked for all artefacts at once makes each of them by its loader",
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
      const names = Object.keys(artefactFiles);
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
});
