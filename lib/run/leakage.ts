import type {Artefacts} from "./artefacts.js";
import {copies, type ComparedSample, type Copies} from "./leakageCopies.js";
import {heldOutTraces, type HeldOutTraces} from "./leakageHeldOut.js";
import {createPiiCounts, type PiiCount} from "./leakagePii.js";
import {leakageReports, type LeakageReports} from "./leakageReports.js";
import {openTexts, type Looked} from "./leakageTexts.js";

/** What a data set gives away, as a page shows it. */
export interface Leakage {
  /** null where there are no samples */
  samples: Looked | null;
  /** null without held-out texts of the data set's own */
  heldOut: HeldOutTraces | null;
  /** null without seeds */
  copies: Copies | null;
  pii: PiiCount[] | null;
  /** what commands found */
  reports: LeakageReports;
}

/** Characters of samples that are looked at (some ten seconds a million words), and of seeds that they are compared with. */
const mostSamples = 20_000_000;
const mostSeeds = 200_000_000;

/**
 * What a data set's samples have of its held-out texts and of its seeds, its personal data in counts, and what `ballast
 * contamination` and `ballast privacy` found in it. A data set that is larger than a page is worth waiting for is looked
 * at in part, and says so.
 *
 * @param options.text whether text may be published
 */
export async function leakage(found: Artefacts, {text}: {text: boolean}): Promise<Leakage> {
  const {shards, seeds, heldOut} = found;
  const reports = await leakageReports(found);
  if (shards.length === 0) return {samples: null, heldOut: null, copies: null, pii: null, reports};
  const texts = await openTexts(shards, {
    columns: "origin AS at, generator, tier, spans",
    key: "origin",
    most: mostSamples
  });
  const samples = texts.rows as () => AsyncGenerator<ComparedSample>;
  async function* generated() {
    // Samples of T0 are the seeds themselves.
    for await (const sample of samples()) if (sample.tier !== "T0") yield sample;
  }
  try {
    const counts = createPiiCounts();
    for await (const sample of samples()) counts.add(sample);
    return {
      samples: {of: texts.of, looked: texts.looked},
      heldOut: heldOut === null ? null : await heldOutTraces(heldOut, samples, {text}),
      copies: seeds === null ? null : await compared(seeds, generated, text),
      pii: counts.result(),
      reports
    };
  } finally {
    texts.close();
  }
}

async function compared(path: string, samples: () => AsyncIterable<ComparedSample>, text: boolean): Promise<Copies> {
  const seeds = await openTexts([path], {
    ...{columns: "sha256", key: "sha256", most: mostSeeds},
    where: "kind <> 'simulator'"
  });
  try {
    return await copies(samples, seeds, {text});
  } finally {
    seeds.close();
  }
}
