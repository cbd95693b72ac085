import {existsSync} from "node:fs";
import {join} from "node:path";
import type {DuckDBConnection} from "@duckdb/node-api";
import {literal, rows} from "../io/duckdb.js";
import type {AuditPlan} from "../schema/audit.js";
import {DataCard} from "../schema/card.js";
import type {Tier} from "../schema/tier.js";
import {readFile} from "node:fs/promises";
import {datasetFiles, shardsOf} from "./datasetFiles.js";
import {joinedHash} from "./shardCard.js";

/** The part of a frame with one tier, generator and domain, or those of a tier on which judges disagree. */
export interface FrameGroup {
  stratum: string;
  tier: Tier;
  generator: string;
  domain: string;
  disagreement: boolean;
  size: number;
}

/** What samples can be drawn from: the table `frame` of a connection, and what is in it. */
export interface AuditFrame {
  card: DataCard;
  frame: AuditPlan["frame"];
  votes: boolean;
  groups: FrameGroup[];
}

/**
 * Puts the kept samples of T2 and T3 of a data set into the table `frame` (id, origin, tier, generator, domain, stratum).
 * Where meta/votes.parquet tells what judges said, samples that one judge lets pass and another does not, for the same
 * critic, are a stratum of their own.
 *
 * @throws TypeError where the folder holds no data set; RangeError where it holds no such sample
 */
export async function auditFrame(connection: DuckDBConnection, folder: string): Promise<AuditFrame> {
  const text = await readFile(join(folder, "data-card.json"), "utf8").catch(() => null);
  if (text === null) throw new TypeError(`${folder}: expected a data set with data-card.json, got none`);
  const card = DataCard.parse(JSON.parse(text));
  const shards = shardsOf(await datasetFiles(folder)).filter((path) => /^data\/[^/]+\/T[23]\//.test(path));
  if (shards.length === 0) throw new RangeError(`${folder}: expected kept samples of T2 or T3, got none`);
  const votesPath = join(folder, "meta", "votes.parquet");
  const votes = existsSync(votesPath);
  const split = votes
    ? `SELECT DISTINCT origin FROM (
         SELECT origin, critic FROM read_parquet(${literal(votesPath)}) WHERE answer IN ('pass', 'fail')
         GROUP BY origin, critic HAVING count(DISTINCT answer) > 1)`
    : "SELECT '' AS origin WHERE false";
  await connection.run(`
    CREATE OR REPLACE TEMP TABLE frame AS
      SELECT id, f.origin, tier, generator, domain, split.origin IS NOT NULL AS disagreement,
        CASE WHEN split.origin IS NULL THEN tier || '/' || generator || '/' || domain ELSE 'disagreement/' || tier END AS stratum
      FROM read_parquet([${shards.map((path) => literal(join(folder, path))).join(", ")}]) AS f
        LEFT JOIN (${split}) AS split ON split.origin = f.origin`);
  const groups = (await rows(
    connection,
    `SELECT stratum, tier, CASE WHEN disagreement THEN '' ELSE generator END AS generator,
       CASE WHEN disagreement THEN '' ELSE domain END AS domain, disagreement, count(*) AS size
     FROM frame GROUP BY ALL ORDER BY disagreement, stratum`
  )) as unknown as FrameGroup[];
  return {
    card,
    frame: {
      sha256: await joinedHash(
        connection,
        "SELECT id || ' ' || origin || ' ' || tier || ' ' || generator || ' ' || domain AS hash FROM frame ORDER BY origin"
      ),
      rows: groups.reduce((sum, {size}) => sum + size, 0)
    },
    votes,
    groups
  };
}
