/** A file of samples of one tier. */
export interface Shard {
  readonly tier: string;
  readonly path: string;
  readonly rows: number;
  /** needed where weights are shares of tokens */
  readonly tokens?: number;
}

/** The shards of one tier in the order of their paths: its rows count through all of them. */
export interface TierShards {
  readonly tier: string;
  readonly shards: readonly Shard[];
  readonly rows: number;
  /** null where a shard does not tell its tokens */
  readonly tokens: number | null;
  /** index of the shard that holds a row of the tier */
  shardOf(row: number): number;
  /** the first row of each shard, and the end */
  readonly offsets: Float64Array;
}

/**
 * Shards by tier, both in the order of their names' code units, so that the order of the list changes nothing. Shards
 * without rows are left out.
 *
 * @throws RangeError for a path given twice, or for rows or tokens that are no counts
 */
export function tierShards(shards: readonly Shard[]): TierShards[] {
  const paths = new Set<string>();
  const byTier = new Map<string, Shard[]>();
  for (const shard of shards) {
    const {tier, path, rows, tokens} = shard;
    if (paths.has(path)) throw new RangeError(`shards: expected each path once, got ${path} again`);
    paths.add(path);
    for (const [field, value] of [["rows", rows] as const, ["tokens", tokens ?? 0] as const])
      if (!Number.isSafeInteger(value) || value < 0)
        throw new RangeError(`${path}: ${field}: expected a whole number of at least 0, got ${value}`);
    if (!byTier.has(tier)) byTier.set(tier, []);
    if (rows > 0) byTier.get(tier)!.push(shard);
  }
  return [...byTier.keys()].sort(compare).map((tier) => oneTier(tier, byTier.get(tier)!));
}

function oneTier(tier: string, unsorted: readonly Shard[]): TierShards {
  const shards = [...unsorted].sort((a, b) => compare(a.path, b.path));
  const offsets = new Float64Array(shards.length + 1);
  for (const [i, {rows}] of shards.entries()) offsets[i + 1] = offsets[i] + rows;
  const rows = offsets[shards.length];
  const known = shards.every(({tokens}) => tokens !== undefined);
  // Where to begin looking: the shard in which each of as many equal parts of the rows begins.
  const parts = 2 * shards.length;
  const guide = new Uint32Array(parts);
  for (let part = 0, i = 0; part < parts; part++) {
    while (offsets[i + 1] <= Math.floor((part / parts) * rows)) i++;
    guide[part] = i;
  }
  const scale = parts / rows;
  return {
    tier,
    shards,
    rows,
    tokens: known ? shards.reduce((sum, {tokens}) => sum + tokens!, 0) : null,
    offsets,
    shardOf(row) {
      let i = guide[Math.min(parts - 1, Math.floor(row * scale))];
      while (offsets[i + 1] <= row) i++;
      while (offsets[i] > row) i--;
      return i;
    }
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
