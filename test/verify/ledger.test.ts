import {expect, test} from "vitest";
import {createRandom, type Random} from "../../lib/text/random.js";
import {ledger} from "../../lib/verify/ledger.js";
import type {Evidence} from "../../lib/verify/verifier.js";
import {judge} from "./evidence.js";
import {plantErrors} from "./planted.js";

const evidence = (text: string): Evidence => ({
  text,
  kind: "journal",
  domain: "finance",
  generator: "test",
  family: "test"
});
const reasonOf = async (text: string) => (await judge(ledger, text, "journal")).reason;
const money = (cents: number) =>
  `${cents < 0 ? "-" : ""}${Math.floor(Math.abs(cents) / 100)}.${String(Math.abs(cents) % 100).padStart(2, "0")}`;

// Counts in cents, without the verifier's code.
function made(random: Random): string {
  const accounts = ["Assets:Cash", "Assets:Bank", "Expenses:Food", "Expenses:Rent", "Income:Work"];
  const sums = new Map(accounts.map((account) => [account, 0]));
  const lines = accounts.map((account) => `2024-01-01 open ${account} USD`);
  const n = 2 + random.int(6);
  for (let i = 0; i < n; i++) {
    const [from, to, third] = random.shuffle(accounts);
    const [a, b] = [1 + random.int(90_000), 1 + random.int(9000)];
    lines.push(
      `2024-0${2 + i}-1${random.int(10)} * "Entry ${i}"`,
      `  ${to}  ${money(a)} USD`,
      `  ${third}  ${money(b)} USD`,
      random() < 0.3 ? `  ${from}` : `  ${from}  ${money(-a - b)} USD`
    );
    for (const [account, change] of [
      [to, a],
      [third, b],
      [from, -a - b]
    ] as const)
      sums.set(account, sums.get(account)! + change);
  }
  lines.push(`2024-10-01 balance Assets:Cash  ${money(sums.get("Assets:Cash")!)} USD`);
  return [
    "@ledger",
    ...lines,
    "@claims",
    "Trial balance as of 2024-12-31",
    ...accounts.map((account) => `  ${account}  ${money(sums.get(account)!)} USD`)
  ].join("\n");
}

test("1,000 journals pass; with a digit of an amount changed none does", async () => {
  const random = createRandom("journals");
  function* cases() {
    for (let i = 0; i < 1000; i++) {
      const clean = made(random);
      const places = [...clean.matchAll(/(?<= {2}-?[\d.]*)\d(?=[\d.]* USD)/g)].map(({index}) => index);
      const at = random.pick(places);
      yield {
        clean: evidence(clean),
        corrupt: evidence(clean.slice(0, at) + ((Number(clean[at]) + 1 + random.int(9)) % 10) + clean.slice(at + 1))
      };
    }
  }
  const {refused, missed, caught} = await plantErrors(ledger, cases());
  expect(refused).toEqual([]);
  expect(missed).toEqual([]);
  expect(caught).toBe(1000);
});

const books = `@ledger
2024-01-01 open Assets:Cash USD
2024-01-01 open Assets:Broker
2024-01-01 open Equity:Opening
2024-01-01 open Income:Gains
2024-01-01 open Expenses:Food
2024-01-02 * "Opening"
  Assets:Cash  1,000.00 USD
  Equity:Opening
2024-01-03 * "Buy"
  Assets:Broker  10 ACME {5.00 USD}
  Assets:Cash  -50.00 USD
2024-02-03 * "Sell" ; with a gain
  Assets:Broker  -10 ACME {5.00 USD} @ 6.50 USD
  Assets:Cash  65.00 USD
  Income:Gains  -15.00 USD
2024-02-03 balance Assets:Cash  950.00 USD
2024-02-05 * "Lunch in Oslo"
  Expenses:Food  100 NOK @@ 9.50 USD
  Assets:Cash  -9.50 USD
2024-03-01 close Assets:Broker
@claims
Balance sheet as of 2024-02-28
  Assets:Cash  1005.50 USD
  Total Equity  1000.00 USD
Income statement from 2024-01-01 to 2024-02-04:
  Income:Gains  15.00 USD
  Net income  15.00 USD`;

test("lots at cost, prices, balances and statements are kept", async () => {
  expect(await judge(ledger, books, "journal")).toMatchObject({ok: true, detail: ""});
});

test.each([
  ["-15.00 USD", "-15.01 USD", "unbalanced"],
  ["balance Assets:Cash  950.00", "balance Assets:Cash  1015.00", "wrong-balance"],
  ["2024-01-03 *", "2024-02-30 *", "wrong-date"],
  ["2024-01-03 *", "2024-03-03 *", "wrong-order"],
  ["2024-01-01 open Expenses:Food\n", "", "not-open"],
  ["open Assets:Cash USD", "open Assets:Cash EUR", "wrong-commodity"],
  ["  Assets:Broker  -10 ACME {5.00 USD} @", "  Assets:Broker  -9 ACME {5.00 USD} @", "unbalanced"],
  [
    "-10 ACME {5.00 USD} @ 6.50 USD\n  Assets:Cash  65.00 USD\n  Income:Gains  -15.00 USD",
    "-9 ACME {5.00 USD}\n  Assets:Cash  45.00 USD",
    "wrong-balance"
  ],
  ["1005.50", "1005.51", "wrong-statement"],
  ["Net income  15.00", "Net income  -15.00", "wrong-statement"],
  ["1,000.00", "1,00.00", "unreadable"],
  ["@ledger", "@journal", "unreadable"]
])("%s written as %s is refused as %s", async (from, to, reason) => {
  expect(books).toContain(from);
  expect(await reasonOf(books.replace(from, to))).toBe(reason);
});

test("sums are exact where doubles are not, and a trial balance leaves nobody out", async () => {
  const tenths =
    '@ledger\n2024-01-01 * "x"\n  Assets:A  0.1 USD\n  Assets:B  0.2 USD\n  Assets:C  -0.3 USD\n@claims\nTrial balance as of 2024-01-01\n  Assets:A  0.10 USD\n  Assets:B  0.20 USD\n';
  expect(await reasonOf(`${tenths}  Assets:C  -0.30 USD`)).toBe("");
  expect(await reasonOf(tenths)).toBe("wrong-statement");
});

test("a table of debits and credits is kept too", async () => {
  const table =
    "@ledger markdown\n| No | Date | Account | Debit (EUR) | Credit (EUR) |\n|---|---|---|---:|---:|\n| 1 | 2024-01-02 | Cash | 1,200.00 | |\n| 1 | 2024-01-02 | Capital | | 1,200.00 |\n| 2 | 2024-01-03 | Rent | 300 | - |\n| 2 | 2024-01-03 | Cash | | 300 |\n@claims\nTrial balance as of 2024-12-31\n  Cash  900 EUR\n  Capital  -1200 EUR\n  Rent  300 EUR";
  expect(await judge(ledger, table, "journal")).toMatchObject({ok: true, detail: ""});
  expect(await reasonOf(table.replace("| 300 | - |", "| 310 | - |"))).toBe("unbalanced");
  expect(await reasonOf(table.replace("Cash  900", "Cash  1500"))).toBe("wrong-statement");
});
