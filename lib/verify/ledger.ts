import {show} from "./ledger/decimal.js";
import {amountOf, balances, Imbalance, isDate, readJournal, readTable, split, type Entry} from "./ledger/journal.js";
import {openSections} from "./sections.js";
import {verdict, type Evidence, type Verifier} from "./verifier.js";

const self = {id: "ledger", family: "double-entry", version: "1"};
const maxText = 2_000_000;

/**
 * Keeps the books of a text again, exactly, and compares its closing statements.
 *
 *     @ledger
 *     2024-01-01 open Assets:Cash USD
 *     2024-01-01 open Equity:Opening
 *     2024-01-01 open Expenses:Food
 *     2024-01-02 * "Opening balance"
 *       Assets:Cash  100.00 USD
 *       Equity:Opening
 *     2024-01-05 * "Shop" "Milk"
 *       Expenses:Food  4.50 USD
 *       Assets:Cash  -4.50 USD
 *     2024-02-01 balance Assets:Cash  95.50 USD
 *     @claims
 *     Trial balance as of 2024-12-31
 *       Assets:Cash  95.50 USD
 *       …
 *
 * The journal is a strict part of what Beancount, Ledger and hledger read: `open ACCOUNT [COMMODITY,…]`, `close`, `balance`
 * (as the day begins), `commodity`, and transactions whose postings have an amount, a cost in braces, a price after @ or @@;
 * one may leave its amount out. In `@ledger markdown` it is a table of debits and credits. A transaction sums to zero for each
 * commodity, lots at cost; dates ascend; where any account is opened, all are before they are used. `@claims`, and a
 * `reference` of the same form, holds statements: "Trial balance as of DAY" (debits positive, every account that is not at
 * zero), "Balance sheet as of DAY" and "Income statement from DAY to DAY" (equity, liabilities and income positive where they
 * are in credit; "Net income AMOUNT" too). "Total X" is X with all accounts under it, as is X alone.
 *
 * It does not guard against a transaction that is posted to the wrong account, nor against a price that nobody paid. Reasons:
 * unreadable, wrong-date, wrong-order, not-open, wrong-commodity, unbalanced, wrong-balance, wrong-statement.
 */
export const ledger: Verifier = {
  ...self,
  verify(sample) {
    return Promise.resolve(judge(sample));
  }
};

function judge({text, reference}: Evidence) {
  const say = (reason: string, detail = "") => verdict(self, reason, {detail: detail.slice(0, 300)});
  const opened = openSections(text, {main: "ledger", others: ["task", "claims"], most: maxText});
  if (typeof opened === "string") return say("unreadable", opened);
  const {section, sections} = opened;
  try {
    const entries = section.words[0] === "markdown" ? readTable(section.body) : readJournal(section.body);
    checkClaims(sections.get("claims")?.body ?? "", entries);
    checkClaims(reference ?? "", entries);
    return say("");
  } catch (error) {
    if (!(error instanceof Imbalance)) throw error;
    return say(error.reason, error.message);
  }
}

type Statement = {kind: "trial" | "sheet" | "income"; entries: readonly Entry[]; named: string[]} | null;

function checkClaims(body: string, entries: readonly Entry[]): void {
  let statement: Statement = null;
  for (const raw of body.split("\n")) {
    const line = raw.trim();
    if (line === "") continue;
    const heading = /^(?:(Trial balance|Balance sheet) as of (\S+?)|Income statement from (\S+) to (\S+?)):?$/i.exec(
      line
    );
    if (heading !== null) {
      complete(statement);
      const [, name, day, from = "0000-01-01", to] = heading;
      const until = day ?? to;
      if (!isDate(until) || (heading[3] !== undefined && !isDate(from)))
        throw new Imbalance("wrong-date", `${line}: expected days of the calendar`);
      const kind = name === undefined ? "income" : /^trial/i.test(name) ? "trial" : "sheet";
      statement = {kind, entries: entries.filter(({date}) => date <= until && date >= from), named: []};
      continue;
    }
    if (statement === null)
      throw new Imbalance("unreadable", `expected a statement's heading, got ${JSON.stringify(line.slice(0, 60))}`);
    checkLine(line, statement);
  }
  complete(statement);
}

function checkLine(line: string, {kind, entries, named}: NonNullable<Statement>): void {
  const [label, written] = split(line.replace(/:\s+(?=[-+\d$€£¥])/, "  "));
  const stated = amountOf(written);
  if (stated === null)
    throw new Imbalance("unreadable", `expected an account and an amount, got ${JSON.stringify(line.slice(0, 80))}`);
  const of = (account: string) => balances(entries, account).get(stated.commodity) ?? 0n;
  const account = label.replace(/^Total /i, "");
  const earned = -["Income", "Revenue", "Revenues", "Expenses"].map(of).reduce((a, b) => a + b, 0n);
  const credit = kind !== "trial" && /^(?:Liabilities|Equity|Income|Revenues?)\b/.test(account);
  if (!/^Net (?:income|profit)$/i.test(label)) {
    if (
      !entries.some((entry) => entry.account === account || entry.account.startsWith(`${account}:`)) &&
      stated.amount !== 0n
    )
      throw new Imbalance("wrong-statement", `${account} has no entries`);
    named.push(account);
  }
  const real = /^Net (?:income|profit)$/i.test(label) ? earned : credit ? -of(account) : of(account);
  if (real !== stated.amount)
    throw new Imbalance(
      "wrong-statement",
      `${label}: expected ${show(real)} ${stated.commodity}, got ${show(stated.amount)}`
    );
}

/** A trial balance leaves no account out. */
function complete(statement: Statement): void {
  if (statement?.kind !== "trial") return;
  for (const account of new Set(statement.entries.map((entry) => entry.account))) {
    if (statement.named.some((name) => account === name || account.startsWith(`${name}:`))) continue;
    if ([...balances(statement.entries, account).values()].some((sum) => sum !== 0n))
      throw new Imbalance("wrong-statement", `the trial balance leaves out ${account}`);
  }
}
