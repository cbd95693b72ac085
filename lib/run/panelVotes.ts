import type {DuckDBConnection} from "@duckdb/node-api";
import {literal, rows} from "../io/duckdb.js";
import {groupBy} from "../stats/groupBy.js";

/** What a judge said of a draft: "none" where it was asked and its vote does not count, null where it was not asked. */
type Word = "pass" | "fail" | "none" | null;

/** Drafts of which each judge of a critic said the same. */
export interface PanelVotes {
  words: readonly Word[];
  /** whether the critic passed them; null where its verdict is in no file of the data set */
  passed: boolean | null;
  cases: number;
}

/** How many judges a pattern of votes has room for, two bits each. */
const mostJudges = 60;
const wordOf: readonly Word[] = [null, "pass", "fail", "none"];

/**
 * The votes of a data set counted by what all judges of a critic said of a draft, by critic: its judges, sorted, and the
 * patterns. What is grouped by draft are numbers of fixed width, which DuckDB can spill; in memory stay the patterns.
 *
 * @param votes and drafts: what a query reads from; drafts have `origin` and `verdicts`
 */
export async function panelVotes(
  connection: DuckDBConnection,
  {votes, drafts}: {votes: string; drafts: string}
): Promise<Map<string, {judges: string[]; patterns: PanelVotes[]}>> {
  const named = (await rows(connection, `SELECT DISTINCT critic, judge FROM ${votes} ORDER BY critic, judge`)) as {
    critic: string;
    judge: string;
  }[];
  if (named.length === 0) return new Map();
  const byCritic = groupBy(named, ({critic}) => critic);
  const units = [...byCritic].flatMap(([critic, list]) => {
    if (list.length > mostJudges)
      throw new RangeError(`${critic}: expected at most ${mostJudges} judges, got ${list.length}`);
    return list.map(({judge}, i) => `(${literal(critic)}, ${literal(judge)}, ${4n ** BigInt(i)}::HUGEINT)`);
  });
  const counted = (await rows(
    connection,
    `WITH units(critic, judge, unit) AS (VALUES ${units.join(", ")}),
     asked AS (
       SELECT origin, critic, sum(unit * CASE answer WHEN 'pass' THEN 1 WHEN 'fail' THEN 2 ELSE 3 END) AS said
       FROM ${votes} JOIN units USING (critic, judge) GROUP BY origin, critic),
     given AS (SELECT origin, verdict.verifier AS critic, verdict.ok AS passed FROM (SELECT origin, unnest(verdicts) AS verdict FROM ${drafts}))
     SELECT critic, said::VARCHAR AS said, passed, count(*) AS cases
     FROM asked LEFT JOIN given USING (origin, critic) GROUP BY ALL ORDER BY critic, said, passed`
  )) as {critic: string; said: string; passed: boolean | null; cases: number}[];
  return new Map(
    [...groupBy(counted, ({critic}) => critic)].map(([critic, list]) => {
      const judges = byCritic.get(critic)!.map(({judge}) => judge);
      const patterns = list.map(({said, passed, cases}) => {
        const code = BigInt(said);
        return {words: judges.map((_, i) => wordOf[Number((code >> BigInt(2 * i)) & 3n)]), passed, cases};
      });
      return [critic, {judges, patterns}];
    })
  );
}
