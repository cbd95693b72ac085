import {literal, rows, withDuckDB} from "../io/duckdb.js";
import type {DataCard} from "../schema/card.js";
import type {Artefacts} from "./artefacts.js";
import {criticCases, type Disagreements} from "./criticCases.js";
import {criticReports, type CriticReport} from "./criticReports.js";
import {criticVotes, type CriticVotes} from "./criticVotes.js";

/** Judges of a data set, as a page shows them. */
export interface Critics {
  /** null where the data set has no votes */
  votes: CriticVotes | null;
  /** what panels made of their votes, by critic; the reason is empty where they passed a draft */
  verdicts: {critic: string; reason: string; drafts: number}[];
  disagreements: Disagreements | null;
  /** what the data card says of judges; null without a card, or where no model was asked */
  card: Pick<NonNullable<DataCard["models"]>, "calibration" | "yields" | "agreement"> | null;
  /** samples on which judges disagree that people were to look at, and those they looked at; null without an audit */
  audit: {chosen: number; looked: number} | null;
  /** on gold sets */
  reports: CriticReport[];
}

/**
 * What judges said of a data set, how far they agree, how they did where the truth is known, and the drafts on which they
 * disagree; null where there are neither votes nor calibrations.
 *
 * @param options.text whether text may be published
 */
export async function critics(
  found: Artefacts,
  {card, text}: {card: DataCard | null; text: boolean}
): Promise<Critics | null> {
  const {votes: path, shards, rejects, seeds} = found;
  const reports = await criticReports(found);
  if (path === null && reports.length === 0) return null;
  const models = card?.models ?? null;
  const facts = {card: models === null ? null : figuresOf(models), audit: auditOf(card), reports};
  if (path === null) return {votes: null, verdicts: [], disagreements: null, ...facts};
  return withDuckDB(async (connection) => {
    const votes = await criticVotes(connection, path);
    const files = [...shards, ...rejects].map(literal).join(", ");
    const verdicts =
      files === ""
        ? []
        : await rows(
            connection,
            `SELECT v.verifier AS critic, v.reason AS reason, count(*) AS drafts
             FROM (SELECT unnest(verdicts) AS v FROM read_parquet([${files}], union_by_name = true))
             WHERE v.verifier IN (SELECT critic FROM read_parquet(${literal(path)})) GROUP BY ALL ORDER BY critic, drafts DESC, reason`
          );
    const disagreements = await criticCases(connection, {votes: path, shards, rejects, seeds}, {text});
    return {votes, verdicts: verdicts as Critics["verdicts"], disagreements, ...facts};
  });
}

function figuresOf({calibration, yields, agreement}: NonNullable<DataCard["models"]>): NonNullable<Critics["card"]> {
  return {calibration, yields, agreement};
}

function auditOf(card: DataCard | null): Critics["audit"] {
  const strata = card?.audit?.strata.filter(({disagreement}) => disagreement) ?? [];
  if (card?.audit === undefined) return null;
  const sum = (of: (stratum: (typeof strata)[number]) => number) => strata.reduce((total, one) => total + of(one), 0);
  return {chosen: sum(({chosen}) => chosen), looked: sum(({looked}) => looked)};
}
