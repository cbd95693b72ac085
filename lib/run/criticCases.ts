import type {DuckDBConnection} from "@duckdb/node-api";
import {literal, rows} from "../io/duckdb.js";
import type {Vote} from "../schema/vote.js";
import type {Artefacts} from "./artefacts.js";
import {quotedText, type QuotedPart} from "./quotedText.js";

/** Cases that a page holds at most. */
const most = 200;

/** A draft on which judges of one critic stand on both sides. */
export interface CriticCase {
  origin: string;
  critic: string;
  domain: string;
  generator: string;
  /** first 16 digits of the seed's sha256 */
  seed: string;
  /** tier of a kept draft; null where it was refused */
  tier: string | null;
  /** why it was refused; empty where it was not */
  reason: string;
  /** what the panel made of its votes; reason is empty where it passed */
  verdict: {reason: string; score: number | null} | null;
  /** quote and detail are empty where text may not be published */
  votes: Omit<Vote, "critic">[];
  /** parts number the votes whose quotes they hold; null where text may not be published, or is not there */
  text: QuotedPart[] | null;
  source: QuotedPart[] | null;
}

/** Drafts on which judges disagree. */
export interface Disagreements {
  /** cases, one a draft and critic, and the drafts that they are of */
  cases: number;
  drafts: number;
  /** drafts of them that are kept in T2 or T3: what people are asked about */
  queue: number;
  shown: CriticCase[];
}

/**
 * The drafts that one judge passes and another fails, for the same critic; those with the smallest md5 of seed, origin and
 * critic with all that is known of them, the surest judges on both sides first.
 *
 * @param options.text whether text may be published
 */
export async function criticCases(
  connection: DuckDBConnection,
  {votes, shards, rejects, seeds}: Pick<Artefacts, "shards" | "rejects" | "seeds"> & {votes: string},
  {text, seed = 1}: {text: boolean; seed?: number}
): Promise<Disagreements> {
  const said = `read_parquet(${literal(votes)})`;
  await connection.run(`
    CREATE TEMP TABLE split AS SELECT origin, critic FROM ${said} WHERE answer IN ('pass', 'fail')
    GROUP BY origin, critic HAVING count(DISTINCT answer) > 1`);
  await connection.run(`
    CREATE TEMP TABLE chosen AS SELECT * FROM split
    ORDER BY md5(${literal(`${seed}:`)} || origin || ':' || critic), origin, critic LIMIT ${most}`);
  const files = (paths: readonly string[]) => `read_parquet([${paths.map(literal).join(", ")}], union_by_name = true)`;
  const columns = "origin, text, seed, domain, generator, verdicts";
  const drafts = [
    "SELECT '' AS origin, '' AS text, '' AS seed, '' AS domain, '' AS generator, NULL AS verdicts, '' AS tier, '' AS reason WHERE false",
    ...(shards.length === 0 ? [] : [`SELECT ${columns}, tier, '' AS reason FROM ${files(shards)}`]),
    ...(rejects.length === 0 ? [] : [`SELECT ${columns}, NULL AS tier, reason FROM ${files(rejects)}`])
  ].join(" UNION ALL ");
  const ask = (sql: string) => rows(connection, sql);
  const [{cases, of, queue}] = await ask(
    `SELECT (SELECT count(*) FROM split) AS cases, (SELECT count(DISTINCT origin) FROM split) AS of,
       (SELECT count(*) FROM (${drafts}) WHERE tier IN ('T2', 'T3') AND origin IN (SELECT origin FROM split)) AS queue`
  );
  const found = await ask(`
    SELECT c.origin, c.critic, d.domain, d.generator, left(d.seed, 16) AS seed, d.tier, d.reason, d.text, s.text AS source,
      list_transform(list_filter(d.verdicts, v -> v.verifier = c.critic), v -> {'reason': v.reason, 'score': v.score}) AS verdicts
    FROM chosen AS c LEFT JOIN (SELECT * FROM (${drafts}) WHERE origin IN (SELECT origin FROM chosen)) AS d ON d.origin = c.origin
      LEFT JOIN ${seeds === null ? "(SELECT '' AS sha256, '' AS text WHERE false)" : `(SELECT sha256, text FROM read_parquet(${literal(seeds)}))`} AS s ON s.sha256 = d.seed
    ORDER BY c.origin, c.critic`);
  const words = (await ask(`
    SELECT origin, critic, judge, model, family, answer, confidence, quote, reason, detail FROM ${said}
    WHERE (origin, critic) IN (SELECT (origin, critic) FROM chosen) ORDER BY ALL`)) as unknown as (Vote & {
    origin: string;
  })[];
  const shown = (found as unknown as Found[]).map(({text: own, source, verdicts, tier, reason, ...about}) => {
    const panel = words.filter(({origin, critic}) => origin === about.origin && critic === about.critic);
    const quotes = panel.map(({quote}) => quote);
    return {
      ...about,
      ...{tier, reason: reason ?? "", verdict: verdicts?.[0] ?? null},
      votes: panel.map(({origin: _, critic: __, quote, detail, ...vote}) => ({
        ...vote,
        ...(text ? {quote, detail} : {quote: "", detail: ""})
      })),
      text: text && own !== null ? quotedText(own, quotes) : null,
      source: text && source !== null ? quotedText(source, quotes) : null
    };
  });
  return {
    ...{cases: cases as number, drafts: of as number, queue: queue as number},
    shown: shown.sort((a, b) => certainty(b) - certainty(a))
  };
}

type Found = Omit<CriticCase, "votes" | "text" | "source" | "verdict"> & {
  text: string | null;
  source: string | null;
  verdicts: {reason: string; score: number | null}[] | null;
};

/** How sure the surest judge of the less sure side is. */
function certainty({votes}: Pick<CriticCase, "votes">): number {
  const surest = (side: string) =>
    Math.max(...votes.map(({answer, confidence}) => (answer === side ? (confidence ?? 1) : 0)));
  return Math.min(surest("pass"), surest("fail"));
}
