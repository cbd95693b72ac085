/** What a purge may remove at most before somebody has looked. */
export interface DedupGuard {
  /** largest share of all rows that one cluster may lose */
  cluster: number;
  /** largest share of its rows that one source may lose */
  source: number;
  /** rows that must be lost for either to count: shares of a handful say nothing */
  least: number;
}

/**
 * One cluster of more than a tenth of all rows is one text over and over: worth a look, whatever it is. Generators have been seen to
 * repeat themselves in 60 to 75 % of their rows (ragas issue 809, deepeval issue 1925), while purges that went wrong took
 * 97 % and more of a source (marin issue 6854): nine tenths lies between.
 */
export const defaultGuard: DedupGuard = {cluster: 0.1, source: 0.9, least: 100};

/** What one source loses, or one cluster. */
export interface Loss {
  name: string;
  lost: number;
  rows: number;
}

/** Those that lose more than the guard allows, in words. */
export function overGuard(
  {cluster, source, least}: DedupGuard,
  {
    clusters,
    sources,
    unit = "rows"
  }: {
    clusters: readonly Loss[];
    sources: readonly Loss[];
    /** what is lost: `lost`, `rows` and `least` count them */
    unit?: string;
  }
): string[] {
  const over =
    (share: number) =>
    ({lost, rows}: Loss) =>
      lost >= least && lost > share * rows;
  return [
    ...clusters
      .filter(over(cluster))
      .map(
        ({name, lost, rows}) => `the cluster of ${name} would lose ${lost} of all ${rows} ${unit}, more than ${cluster}`
      ),
    ...sources
      .filter(over(source))
      .map(({name, lost, rows}) => `${name} would lose ${lost} of its ${rows} ${unit}, more than ${source}`)
  ];
}
