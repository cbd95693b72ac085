import {closeSync, existsSync, mkdirSync, openSync, readFileSync, writeSync} from "node:fs";
import {dirname} from "node:path";
import {z} from "zod";
import {writeAtomic} from "../io/atomic.js";
import type {Cost} from "./cost.js";

const count = z.number().min(0);
const cost = {tokens: count, money: count, currency: z.string().nullable()};

const Line = z.union([
  z.strictObject({ask: z.string(), endpoint: z.string(), ...cost}),
  z.strictObject({free: z.string()}),
  z.strictObject({end: z.string(), estimated: z.boolean(), lost: z.boolean(), ...cost}),
  z.strictObject({
    spent: z.strictObject({
      tokens: count,
      money: z.record(z.string(), count),
      requests: count,
      estimated: count,
      lost: count
    })
  })
]);

/** What was spent until now; money in billionths, by currency. */
export type Spent = Extract<z.infer<typeof Line>, {spent: unknown}>["spent"];

/** A request that was sent, or was about to be, when its process ended. */
interface OpenAsk extends Cost {
  key: string;
  endpoint: string;
}

/** A ledger on disk: what may be spent is written before a request goes out, what it took when it is back. */
interface LedgerFile {
  ask(key: string, endpoint: string, cost: Cost): void;
  end(key: string, cost: Cost, how: {estimated: boolean; lost: boolean}): void;
  /** it took nothing */
  free(key: string): void;
  close(): void;
}

/** Adds a request that has ended to what was spent. */
export function addSpent(
  spent: Spent,
  {tokens, money, currency}: Cost,
  how: {estimated: boolean; lost: boolean}
): void {
  spent.requests++;
  spent.tokens += tokens;
  if (currency !== null) spent.money[currency] = (spent.money[currency] ?? 0) + money;
  if (how.estimated) spent.estimated++;
  if (how.lost) spent.lost++;
}

/**
 * Opens a ledger file and writes it anew as one line with all that was spent. A last line that was cut off by a kill is
 * one whose request was not sent, or whose end is looked for anew: it is passed over.
 *
 * One process at a time: the caller holds a lock. Lines are safe from kill −9; a power cut can lose the last of them.
 *
 * @param settle what a request that was under way at the end took; "lost" where nobody knows, "free" where it took nothing
 * @throws TypeError `path:line: …` for a line that is none of ours; Error where it cannot be written
 */
export async function openLedgerFile(
  path: string,
  settle: (ask: OpenAsk) => {cost: Cost; estimated: boolean} | "lost" | "free"
): Promise<{spent: Spent; file: LedgerFile}> {
  const {spent, open} = existsSync(path) ? fold(path, readFileSync(path, "utf8")) : {spent: nothing(), open: []};
  for (const ask of open) {
    const found = settle(ask);
    if (found === "lost") addSpent(spent, ask, {estimated: true, lost: true});
    else if (found !== "free") addSpent(spent, found.cost, {estimated: found.estimated, lost: false});
  }
  mkdirSync(dirname(path), {recursive: true});
  await writeAtomic(path, `${JSON.stringify({spent})}\n`);
  const file = openSync(path, "a", 0o600);
  const write = (line: z.infer<typeof Line>) => void writeSync(file, `${JSON.stringify(line)}\n`);
  return {
    spent,
    file: {
      ask: (key, endpoint, {tokens, money, currency}) => write({ask: key, endpoint, tokens, money, currency}),
      end: (key, {tokens, money, currency}, {estimated, lost}) =>
        write({end: key, estimated, lost, tokens, money, currency}),
      free: (key) => write({free: key}),
      close: () => closeSync(file)
    }
  };
}

/** Nothing spent yet. */
export function nothing(): Spent {
  return {tokens: 0, money: {}, requests: 0, estimated: 0, lost: 0};
}

function fold(path: string, text: string): {spent: Spent; open: OpenAsk[]} {
  const lines = text.split("\n");
  let spent = nothing();
  const open = new Map<string, OpenAsk>();
  // What follows the last line feed is a line that was cut off.
  lines.slice(0, -1).forEach((line, i) => {
    const {data} = Line.safeParse(parsed(line));
    if (data === undefined)
      throw new TypeError(`${path}:${i + 1}: expected a line of a ledger, got ${JSON.stringify(line.slice(0, 60))}`);
    if ("spent" in data) spent = data.spent;
    else if ("ask" in data) open.set(data.ask, {...data, key: data.ask});
    else if ("free" in data) open.delete(data.free);
    else {
      open.delete(data.end);
      addSpent(spent, data, data);
    }
  });
  return {spent, open: [...open.values()]};
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
