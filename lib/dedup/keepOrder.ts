import {tiers, type Tier} from "../schema/tier.js";

/** What decides which of several duplicates stays. */
export interface Standing {
  /** the best tier its origin allows */
  ceiling: Tier;
  /** whether every verifier that promotes its kind said yes */
  verified: boolean;
  /** sha256 of the text */
  id: string;
  /** unique within the set, so that equal texts have an order too */
  key: string;
}

/** The keep rule: highest tier ceiling, then verified, then smallest hash, then smallest key. Negative: `a` is kept. */
export function keepOrder(a: Standing, b: Standing): number {
  return (
    tiers.indexOf(a.ceiling) - tiers.indexOf(b.ceiling) ||
    Number(b.verified) - Number(a.verified) ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : a.key < b.key ? -1 : a.key > b.key ? 1 : 0)
  );
}
