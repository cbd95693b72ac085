import {existsSync, statSync} from "node:fs";
import {readdir} from "node:fs/promises";
import {extname, join, resolve} from "node:path";
import {packageFolder} from "../io/assets.js";
import {sha256, sha256File} from "../io/sha256.js";

/** The files that the notebook's figures come from; null or none where there is no such file. */
export interface Artefacts {
  kind: "demo" | "dataset" | "runs";
  /** the folder or file that was pointed at, absolute */
  source: string;
  /** data-card.json */
  card: string | null;
  /** Parquet files of kept samples, sorted */
  shards: readonly string[];
  rejects: readonly string[];
  runs: string | null;
  fit: string | null;
  plan: string | null;
  /** verification.json and evidence.parquet, as `ballast verify` writes them */
  verification: string | null;
  evidence: string | null;
  /** meta/clusters.parquet: what was removed as a duplicate of what */
  clusters: string | null;
  /** meta/seeds.parquet and meta/heldout.parquet: what samples grew from, and what none of them may have */
  seeds: string | null;
  heldOut: string | null;
  /** contamination.json, as `ballast contamination` writes it, and every trace in meta/contamination.parquet */
  contamination: string | null;
  traces: string | null;
  /** meta/requests.parquet: what models were asked */
  requests: string | null;
  /** meta/votes.parquet: what judges said of each draft */
  votes: string | null;
  /** calibration.json, as `ballast verify GOLD --calibrate` writes it */
  calibration: string | null;
  /** meta/calibration.json: the reports of that kind that the recipe names */
  calibrations: string | null;
  /** privacy.json, as `ballast privacy` writes it */
  privacy: string | null;
  /** sha256 over all of these files: the same bytes, the same key */
  key: string;
}

/** Formats of a runs table. */
const runsFormats = [".parquet", ".csv", ".tsv", ".jsonl", ".ndjson"] as const;

/**
 * Finds the artefacts: those of `BALLAST_DIR`, a data set's folder or a runs table; else of the built-in demo, which is
 * made first, or found whole in its store. Whoever comes second waits for the first.
 *
 * @param options.data in place of BALLAST_DIR
 * @param options.log gets what the demo says of its progress
 * @throws TypeError where the folder holds nothing to show
 */
export async function artefacts({
  data = process.env.BALLAST_DIR || undefined,
  log = () => {}
}: {data?: string; log?: (line: string) => void} = {}): Promise<Artefacts> {
  if (data === undefined) return {...(await ofFolder(await demo(log))), kind: "demo"};
  const source = resolve(data);
  if (!existsSync(source))
    throw new TypeError(`${source}: expected a data set's folder or a runs table, got nothing there`);
  if (statSync(source).isDirectory()) return ofFolder(source);
  if (!(runsFormats as readonly string[]).includes(extname(source)))
    throw new TypeError(`${source}: expected a folder, or a table ending in ${runsFormats.join(", ")}`);
  return keyed({...fixed(() => null), kind: "runs", source, runs: source, shards: [], rejects: []});
}

/** Where the built-in demo lies: a checkout keeps it beside its sources; an installed package may not be written to. */
export function demoFolder(): string {
  return join(existsSync(join(packageFolder, "lib")) ? packageFolder : process.cwd(), ".ballast", "demo");
}

/** Makes the built-in demo, whole. */
async function demo(log: (line: string) => void): Promise<string> {
  const out = demoFolder();
  const {makeDemo} = await import("./demo.js");
  await makeDemo({out, log, wait: true});
  return out;
}

async function ofFolder(source: string): Promise<Artefacts> {
  const at = (name: string) => (existsSync(join(source, name)) ? join(source, name) : null);
  const runs = runsFormats.map((extension) => at(`runs${extension}`)).find((path) => path !== null) ?? null;
  const [shards, rejects] = await Promise.all(["data", "rejects"].map((name) => parquetBelow(join(source, name))));
  const found = {...fixed(at), kind: "dataset" as const, source, runs, shards, rejects};
  const {card, verification, contamination, privacy, calibration} = found;
  const reports = [verification, contamination, privacy, calibration];
  if (shards.length === 0 && [card, runs, ...reports].every((path) => path === null))
    throw new TypeError(
      `${source}: expected data-card.json, data/…/*.parquet, verification.json, contamination.json, privacy.json, calibration.json or a runs table, found none of them`
    );
  return keyed(found);
}

/** Files that have one name each. */
function fixed(at: (name: string) => string | null) {
  return {
    card: at("data-card.json"),
    fit: at("fit.json"),
    plan: at("plan.json"),
    verification: at("verification.json"),
    evidence: at("evidence.parquet"),
    clusters: at("meta/clusters.parquet"),
    seeds: at("meta/seeds.parquet"),
    heldOut: at("meta/heldout.parquet"),
    contamination: at("contamination.json") ?? at("meta/contamination.json"),
    traces: at("meta/contamination.parquet"),
    requests: at("meta/requests.parquet"),
    votes: at("meta/votes.parquet"),
    calibration: at("calibration.json"),
    calibrations: at("meta/calibration.json"),
    privacy: at("privacy.json")
  };
}

async function parquetBelow(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return [];
  const names = await readdir(folder, {recursive: true});
  return names
    .filter((name) => name.endsWith(".parquet"))
    .map((name) => join(folder, name))
    .sort();
}

async function keyed(found: Omit<Artefacts, "key">): Promise<Artefacts> {
  const {kind: _, source: __, shards, rejects, ...others} = found;
  const files = [...shards, ...rejects, ...Object.values(others)].filter((path) => path !== null);
  const hashes = await Promise.all(files.map(sha256File));
  return {...found, key: sha256(hashes.join("\n"))};
}
