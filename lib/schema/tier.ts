import {z} from "zod";

/** The tiers, from the most to the least trusted. */
export const tiers = ["T0", "T1", "T2", "T3"] as const;

/** T0 human; T1 human, lightly completed and verified; T2 verified synthetic; T3 bulk synthetic, filtered. */
export const Tier = z.enum(tiers);

export type Tier = z.infer<typeof Tier>;
