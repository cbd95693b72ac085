/** The tiers with their names and colours, which the style sheet sets for light and dark. */
export const tierInfo = {
  T0: {label: "human", color: "var(--t0)"},
  T1: {label: "human, lightly completed", color: "var(--t1)"},
  T2: {label: "verified synthetic", color: "var(--t2)"},
  T3: {label: "bulk synthetic", color: "var(--t3)"}
} as const;

export const tierIds = Object.keys(tierInfo) as (keyof typeof tierInfo)[];

/** A Plot colour scale by tier. */
export const tierScale = {domain: tierIds, range: tierIds.map((tier) => tierInfo[tier].color)};

/** Entries of a legend by tier. */
export const tierLegend = tierIds.map((tier) => ({
  label: `${tier} ${tierInfo[tier].label}`,
  color: tierInfo[tier].color
}));

const palette = ["var(--s0)", "var(--s1)", "var(--s2)", "var(--s3)", "var(--s4)", "var(--s5)"];

/** A colour for each name, in order; the same names get the same colours. */
export function seriesScale(names: readonly string[]): {domain: string[]; range: string[]} {
  return {domain: [...names], range: names.map((_, i) => palette[i % palette.length])};
}

/** Entries of a legend by name. */
export function seriesLegend(names: readonly string[]): {label: string; color: string}[] {
  return names.map((label, i) => ({label, color: palette[i % palette.length]}));
}
