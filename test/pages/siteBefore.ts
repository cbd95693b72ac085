import {mkdir, readdir, readFile, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {expect} from "vitest";
import {buildSite} from "../../lib/run/site.js";
import {writeDataset} from "./fixture.js";
import {openBuilt} from "./openSite.js";
import {readPages} from "./readPages.js";

/**
 * Builds a site over a data set without runs, whose text may not be published, to be built over: what its pages say, and the
 * samples that it counts.
 */
export async function siteBefore(
  chromium: string,
  folder: string,
  out: string
): Promise<{texts: Record<string, string>; kept: number; curves: unknown}> {
  const data = join(folder, "before");
  await mkdir(data);
  await writeDataset(data, {n: 5, name: "before"});
  const card = join(data, "data-card.json");
  await writeFile(card, JSON.stringify({...JSON.parse(await readFile(card, "utf8")), publishText: false}));
  await buildSite({data, out});
  const site = await openBuilt(chromium, out);
  try {
    const texts = await readPages(site);
    expect(site.errors).toEqual([]);
    return {
      texts,
      kept: await keptOf(out),
      curves: JSON.parse(await readFile(await carried(out, "curves.json"), "utf8"))
    };
  } finally {
    await site.close();
  }
}

/** Samples that a built site counts as kept. */
export async function keptOf(site: string): Promise<number> {
  const card = JSON.parse(await readFile(await carried(site, "card.json"), "utf8")) as {counts: {kept: number}};
  return card.counts.kept;
}

/** A file that a built site carries, whatever hash is in its name. */
async function carried(site: string, name: string): Promise<string> {
  const [stem, ending] = name.split(".");
  const folder = join(site, "_file", "data");
  const names = await readdir(folder);
  return join(
    folder,
    names.find((file) => file.startsWith(`${stem}.`) && file.endsWith(`.${ending}`))!
  );
}
