import type {DuckDBConnection} from "@duckdb/node-api";
import {literal, rows} from "../io/duckdb.js";
import {rate, type Rate} from "../stats/judgeRates.js";
import type {VotePattern} from "../stats/votePatterns.js";
import {criticErrors, type CriticErrors} from "./criticErrors.js";
import {panelVotes, type PanelVotes} from "./panelVotes.js";

/** Votes of one judge for one critic. */
export interface JudgeVotes {
  critic: string;
  judge: string;
  model: string;
  family: string;
  pass: number;
  fail: number;
  abstain: number;
  void: number;
}

/** What judges said of a data set's drafts, counted. */
export interface CriticVotes {
  /** drafts that judges were asked about */
  drafts: number;
  judges: JudgeVotes[];
  /** void votes by why they are */
  voids: {critic: string; judge: string; reason: string; votes: number}[];
  critics: CriticAgreement[];
}

/** How judges of one critic agree, and what that says of their errors where they err independently. */
export interface CriticAgreement {
  critic: string;
  /** drafts that the critic asked judges about */
  drafts: number;
  /** share of drafts of which two judges say the same, where both votes count */
  pairs: {a: string; b: string; same: Rate}[];
  errors: CriticErrors | null;
}

/** Counts the votes of meta/votes.parquet, by critic. */
export async function criticVotes(connection: DuckDBConnection, path: string): Promise<CriticVotes> {
  const votes = `read_parquet(${literal(path)})`;
  const ask = (sql: string) => rows(connection, sql);
  const words = ["pass", "fail", "abstain", "void"].map((word) => `count(*) FILTER (answer = '${word}') AS ${word}`);
  const judges = (await ask(
    `SELECT critic, judge, min(model) AS model, min(family) AS family, ${words.join(", ")}
     FROM ${votes} GROUP BY critic, judge ORDER BY critic, judge`
  )) as unknown as JudgeVotes[];
  const voids = await ask(
    `SELECT critic, judge, reason, count(*) AS votes FROM ${votes} WHERE answer = 'void' GROUP BY ALL ORDER BY critic, judge, votes DESC, reason`
  );
  const [{drafts}] = await ask(`SELECT count(DISTINCT origin) AS drafts FROM ${votes}`);
  // What the panels made of the votes is counted elsewhere.
  const none = "(SELECT '' AS origin, []::STRUCT(verifier VARCHAR, ok BOOLEAN)[] AS verdicts WHERE false)";
  const critics = [...(await panelVotes(connection, {votes, drafts: none}))].map(([critic, panel]) =>
    agreement(critic, panel.judges, panel.patterns.map(counting))
  );
  return {drafts: drafts as number, judges, voids: voids as unknown as CriticVotes["voids"], critics};
}

/** A vote that does not count says as little as none. */
function counting({words, cases}: PanelVotes): VotePattern<string> {
  return {words: words.map((word) => (word === "none" ? null : word)), cases};
}

function agreement(critic: string, ids: readonly string[], patterns: readonly VotePattern<string>[]): CriticAgreement {
  const cases = (of: readonly VotePattern<string>[]) => of.reduce((sum, one) => sum + one.cases, 0);
  return {
    critic,
    drafts: cases(patterns),
    pairs: ids.flatMap((a, i) =>
      ids.slice(i + 1).map((b, j) => {
        const both = patterns.filter(({words}) => words[i] !== null && words[i + 1 + j] !== null);
        return {a, b, same: rate(cases(both.filter(({words}) => words[i] === words[i + 1 + j])), cases(both))};
      })
    ),
    errors: criticErrors(critic, ids, patterns)
  };
}
