/**
 * Single plans for normal inspection, general level II, AQL 1.0 %: lots from so many items on, items to look at, defects at
 * which a lot still passes. To be shown beside a plan of ours; they protect a supplier's average, not a bound on one lot.
 *
 * Source: ISO 2859-1:1999, tables 1 and 2-A.
 */
const isoPlans = [
  {letter: "H", from: 281, n: 50, accept: 1},
  {letter: "J", from: 501, n: 80, accept: 2},
  {letter: "K", from: 1201, n: 125, accept: 3},
  {letter: "L", from: 3201, n: 200, accept: 5},
  {letter: "M", from: 10_001, n: 315, accept: 7},
  {letter: "N", from: 35_001, n: 500, accept: 10},
  {letter: "P", from: 150_001, n: 800, accept: 14},
  {letter: "Q", from: 500_001, n: 1250, accept: 21}
] as const;

/** The plan for a lot of so many items; null for lots under 281, for which the standard sends to another AQL's. */
export function isoPlan(lot: number): (typeof isoPlans)[number] | null {
  return isoPlans.findLast(({from}) => lot >= from) ?? null;
}
