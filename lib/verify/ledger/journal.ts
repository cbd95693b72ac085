import {markdown} from "../sql/tables.js";
import {decimal, one, show, times} from "./decimal.js";

/** Why a journal is refused. */
export class Imbalance extends Error {
  constructor(
    readonly reason: string,
    detail: string
  ) {
    super(detail);
  }
}

/** One change of an account. */
export interface Entry {
  date: string;
  account: string;
  amount: bigint;
  commodity: string;
}

const accountForm =
  /^(?:Assets|Liabilities|Equity|Income|Revenues?|Expenses)(?::[A-Z0-9][\p{L}\p{N}-]*(?: [\p{L}\p{N}-]+)*)*$/u;
const maxLines = 20_000;

interface Account {
  closed: string | null;
  commodities: readonly string[];
}

/**
 * Reads a journal of plain-text accounting, checks it on the way, and returns its entries (see ledger.ts for the format).
 *
 * @throws Imbalance at the first line that is wrong
 */
export function readJournal(body: string): Entry[] {
  const lines = body.split("\n");
  if (lines.length > maxLines) throw new Imbalance("unreadable", `more than ${maxLines} lines`);
  const strict = lines.some((line) => /^\d{4}-\d\d-\d\d open /.test(line));
  const accounts = new Map<string, Account>();
  const entries: Entry[] = [];
  let last = "";
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i].replace(/\s+;.*$/, "").trimEnd();
    if (line === "" || /^[;#*]/.test(line)) continue;
    const fail = (reason: string, detail: string): never => {
      throw new Imbalance(reason, `line ${i + 1}: ${detail}`);
    };
    const dated = /^(\d{4}[-/]\d\d[-/]\d\d) (.+)$/.exec(line);
    if (dated === null) return fail("unreadable", `expected a date, got ${JSON.stringify(line.slice(0, 60))}`);
    const date = dated[1].replaceAll("/", "-");
    if (!isDate(date)) fail("wrong-date", `${date} is no day`);
    if (date < last) fail("wrong-order", `${date} after ${last}`);
    last = date;
    const use = (account: string, commodity: string | null) => {
      if (!accountForm.test(account))
        fail("unreadable", `expected an account, got ${JSON.stringify(account.slice(0, 60))}`);
      const known = accounts.get(account);
      if (strict && known === undefined) fail("not-open", `${account} was not opened`);
      if (known?.closed !== null && known !== undefined) fail("not-open", `${account} was closed on ${known.closed}`);
      if (
        commodity !== null &&
        known !== undefined &&
        known.commodities.length > 0 &&
        !known.commodities.includes(commodity)
      )
        fail("wrong-commodity", `${account} holds ${known.commodities.join(", ")}, got ${commodity}`);
    };
    const [directive, ...rest] = dated[2].split(/ +/);
    const subject = dated[2].slice(directive.length).trim();
    if (directive === "open") {
      const [, account = "", commodities = ""] =
        /^(.*?)(?:\s+((?:[A-Z][A-Z0-9'._-]*|[$€£¥])(?:,[A-Z][A-Z0-9'._-]*)*))?$/.exec(subject) ?? [];
      if (!accountForm.test(account))
        fail("unreadable", `expected an account, got ${JSON.stringify(account.slice(0, 60))}`);
      if (accounts.has(account)) fail("not-open", `${account} is opened twice`);
      accounts.set(account, {closed: null, commodities: commodities === "" ? [] : commodities.split(",")});
    } else if (directive === "close") {
      use(subject, null);
      const known = accounts.get(subject);
      if (known === undefined) return fail("not-open", `${subject} was not opened`);
      const left = balances(entries, subject);
      for (const [commodity, amount] of left)
        if (amount !== 0n) fail("wrong-balance", `${subject} is closed with ${show(amount)} ${commodity}`);
      known.closed = date;
    } else if (directive === "balance") {
      const [account, written] = split(subject);
      use(account, null);
      const stated = amountOf(written);
      if (stated === null) return fail("unreadable", `expected an amount, got ${JSON.stringify(written)}`);
      // As the day begins: what the same day brings counts after it.
      const real =
        balances(
          entries.filter((entry) => entry.date < date),
          account
        ).get(stated.commodity) ?? 0n;
      if (real !== stated.amount)
        fail("wrong-balance", `${account}: expected ${show(real)} ${stated.commodity}, got ${show(stated.amount)}`);
    } else if (directive === "commodity" && rest.length === 1) continue;
    else {
      const from = i;
      const postings: {account: string; written: string}[] = [];
      while (i + 1 < lines.length && /^\s+\S/.test(lines[i + 1])) {
        const posting = lines[++i].replace(/\s+;.*$/, "").trim();
        if (posting === "" || posting.startsWith(";")) continue;
        const [account, written] = split(posting.replace(/^[*!] /, ""));
        postings.push({account, written});
      }
      for (const entry of transaction(date, postings, from + 1)) {
        use(entry.account, entry.commodity);
        entries.push(entry);
      }
    }
  }
  if (entries.length === 0) throw new Imbalance("unreadable", "expected at least one transaction");
  return entries;
}

function transaction(date: string, postings: readonly {account: string; written: string}[], line: number): Entry[] {
  const fail = (reason: string, detail: string): never => {
    throw new Imbalance(reason, `transaction at line ${line}: ${detail}`);
  };
  if (postings.length < 2) fail("unreadable", `expected at least two postings, got ${postings.length}`);
  const sums = new Map<string, bigint>();
  const entries: Entry[] = [];
  let open: string | null = null;
  for (const {account, written} of postings) {
    if (written === "") {
      if (open !== null) fail("unreadable", "two postings without an amount");
      open = account;
      continue;
    }
    const [, units, cost, price] = /^([^{@]+?)\s*(\{[^{}]*\}|\{\{[^{}]*\}\})?\s*(@@?[^@]+)?$/.exec(written) ?? [];
    const amount = amountOf(units ?? "");
    if (amount === null) return fail("unreadable", `expected an amount, got ${JSON.stringify(written.slice(0, 60))}`);
    let weight = amount;
    // What a lot cost balances, not the price of the day; a total stands for all units, with their sign.
    const rated = cost ?? price;
    if (rated !== undefined) {
      const total = rated.startsWith("{{") || rated.startsWith("@@");
      const rate = amountOf(rated.replace(/^(?:\{\{?|@@?)\s*|\s*\}\}?$/g, "").replace(/,? *\d{4}-\d\d-\d\d$/, ""));
      if (rate === null || rate.amount < 0n)
        return fail("unreadable", `expected a cost or price, got ${rated.slice(0, 60)}`);
      const sign = amount.amount < 0n ? -one : one;
      weight = {commodity: rate.commodity, amount: times(rate.amount, total ? sign : amount.amount)};
    }
    sums.set(weight.commodity, (sums.get(weight.commodity) ?? 0n) + weight.amount);
    entries.push({date, account, ...amount});
  }
  const left = [...sums].filter(([, sum]) => sum !== 0n);
  if (open !== null) for (const [commodity, sum] of left) entries.push({date, account: open, amount: -sum, commodity});
  else if (left.length > 0)
    fail("unbalanced", `off by ${left.map(([commodity, sum]) => `${show(sum)} ${commodity}`).join(", ")}`);
  return entries;
}

/**
 * Reads a journal in a Markdown table with columns Entry, Date, Account, Debit and Credit in any order (others are prose; a
 * commodity in parentheses after Debit, USD elsewhere); rows of the same entry balance.
 *
 * @throws Imbalance
 */
export function readTable(body: string): Entry[] {
  let records: string[][];
  try {
    records = markdown(body.split("\n").filter((line) => line.trim() !== ""));
  } catch (error) {
    throw new Imbalance("unreadable", (error as Error).message);
  }
  const [header, ...rows] = records;
  if (rows.length > maxLines) throw new Imbalance("unreadable", `more than ${maxLines} rows`);
  const at = (name: string) => header.findIndex((cell) => new RegExp(`^${name}\\b`, "i").test(cell));
  const [entry, day, account, debit, credit] = ["(?:Entry|No|#)", "Date", "Account", "Debit", "Credit"].map(at);
  if ([day, account, debit, credit].includes(-1))
    throw new Imbalance("unreadable", "expected columns Date, Account, Debit and Credit");
  const commodity = /\(([^()]+)\)/.exec(header[debit])?.[1] ?? "USD";
  const groups = new Map<string, Entry[]>();
  let last = "";
  for (const [i, row] of rows.entries()) {
    const fail = (reason: string, detail: string): never => {
      throw new Imbalance(reason, `row ${i + 1}: ${detail}`);
    };
    if (row.length !== header.length) fail("unreadable", `expected ${header.length} cells, got ${row.length}`);
    const date = row[day].replaceAll("/", "-");
    if (!isDate(date)) fail("wrong-date", `${date} is no day`);
    if (date < last) fail("wrong-order", `${date} after ${last}`);
    last = date;
    const [paid, got] = [row[debit], row[credit]].map((cell) => (/^[-–—]?$/.test(cell) ? 0n : decimal(cell)));
    if (paid === null || got === null || paid < 0n || got < 0n || (paid === 0n) === (got === 0n))
      return fail("unreadable", "expected a debit or a credit");
    if (row[account] === "") fail("unreadable", "expected an account");
    const key = entry < 0 ? date : row[entry];
    groups.set(key, [...(groups.get(key) ?? []), {date, account: row[account], amount: paid - got, commodity}]);
  }
  for (const [key, entries] of groups) {
    const sum = entries.reduce((total, {amount}) => total + amount, 0n);
    if (sum !== 0n)
      throw new Imbalance("unbalanced", `entry ${key}: debits less credits are ${show(sum)} ${commodity}`);
  }
  return [...groups.values()].flat();
}

/** Sums of an account and those under it, by commodity. */
export function balances(entries: readonly Entry[], account: string): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const {account: at, amount, commodity} of entries)
    if (at === account || at.startsWith(`${account}:`)) sums.set(commodity, (sums.get(commodity) ?? 0n) + amount);
  return sums;
}

/** An amount with its commodity: "4.50 USD", "$4.50", "-$4". */
export function amountOf(text: string): {amount: bigint; commodity: string} | null {
  const [, sign = "", symbol, digits] = /^([+-]?)([$€£¥])([\d,.]+)$/.exec(text.trim()) ?? [];
  const [, plain, commodity] = /^([+-]?[\d,.]+) ?([A-Z][A-Z0-9'._-]{0,23}|[$€£¥])$/.exec(text.trim()) ?? [];
  const amount = decimal(symbol === undefined ? (plain ?? "") : sign + digits);
  return amount === null ? null : {amount, commodity: symbol ?? commodity};
}

/** A name and what stands after two spaces, a tab, or before an amount. */
export function split(text: string): [string, string] {
  const match = /^(.*?)(?:(?: {2,}|\t+)(.*)| ([+-]?[$€£¥]?\d.*))?$/.exec(text);
  return [match?.[1].trim() ?? "", (match?.[2] ?? match?.[3] ?? "").trim()];
}

/** Whether a text YYYY-MM-DD is a day of the calendar. */
export function isDate(text: string): boolean {
  const date = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  return date !== null && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
