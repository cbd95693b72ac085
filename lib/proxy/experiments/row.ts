import type {Run} from "../../schema/run.js";
import type {Tier} from "../../schema/tier.js";

/** A run from what an experiment knows of it: tiers that are left out have no share. */
export function row({
  shares,
  ...run
}: Omit<Run, "share_T0" | "share_T1" | "share_T2" | "share_T3"> & {shares: Partial<Record<Tier, number>>}): Run {
  const {T0 = 0, T1 = 0, T2 = 0, T3 = 0} = shares;
  return {...run, share_T0: T0, share_T1: T1, share_T2: T2, share_T3: T3};
}
